"""Tests of agreed minutes: what is locked, and what stays as it was printed after later changes."""

from __future__ import annotations

import pytest

from ahtc_tui.domain.documents.meeting_document import DocumentKind, Edition
from ahtc_tui.domain.drafts.meetings import build_item_edit, build_meeting_draft, build_paper_draft
from ahtc_tui.domain.drafts.minutes import build_agenda_draft
from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.minutes.lifecycle import MinutesState
from ahtc_tui.services import doctor, history
from ahtc_tui.services.actions import service as actions
from ahtc_tui.services.documents.composition import compose_document
from ahtc_tui.services.meetings import agenda, papers
from ahtc_tui.services.meetings import service as meetings
from ahtc_tui.services.minutes import lifecycle, service
from ahtc_tui.services.workspace import Workspace
from tests.builders import make_action, make_action_draft, make_minuted_meeting


@pytest.fixture
def ref(wales: Workspace) -> str:
    return make_minuted_meeting(wales)


def agree_minutes(workspace: Workspace, ref: str) -> None:
    lifecycle.set_state(workspace, ref, MinutesState.AGREED)


def read_printed_actions(workspace: Workspace, ref: str) -> dict[str, tuple[str, str, str]]:
    """Return text, owners and due date of each action in the minutes."""
    paper = compose_document(workspace, DocumentKind.MINUTES, ref, Edition())
    printed_actions = {action.ref: (action.text, action.lead, action.due) for action in paper.actions}
    lines = (line for item in paper.agenda for line in item.lines if line.ref)
    return printed_actions | {line.ref: (line.text, line.lead, line.due) for line in lines if line.lead}


def test_agreed_minutes_print_the_actions_as_agreed(wales: Workspace, ref: str) -> None:
    make_action(wales, title="Find a room", meeting=ref, lead="Jeff Farrar", support="AHTC", due="28 feb 2014")
    agree_minutes(wales, ref)
    before = read_printed_actions(wales, ref)
    assert before["LG-2013-01/01"] == ("agree dates", "Jeff Farrar", "by 31 January 2014")
    actions.edit_action(
        wales, f"{ref}/01", make_action_draft(title="other words", lead="AHTC", due="1 dec 2014", reason="late")
    )
    actions.edit_action(wales, f"{ref}/02", make_action_draft(title="Find two rooms", lead="", support=""))
    make_action(wales, title="Thought of later", meeting=ref)
    assert read_printed_actions(wales, ref) == before
    lifecycle.amend_paragraph(wales, ref, "1.3", "agree all dates", "Gwent asked")
    assert read_printed_actions(wales, ref) == before | {
        "LG-2013-01/01": ("agree all dates", "Jeff Farrar", "by 31 January 2014")
    }
    lifecycle.set_state(wales, ref, MinutesState.AGREED, subject_to="item 2")
    assert read_printed_actions(wales, ref)["LG-2013-01/01"][0] == "agree all dates"
    lifecycle.set_state(wales, ref, MinutesState.CIRCULATED)
    assert read_printed_actions(wales, ref)["LG-2013-01/01"][:2] == ("agree all dates", "AHTC")
    assert len(read_printed_actions(wales, ref)) == 3
    history.undo_step(wales)
    assert read_printed_actions(wales, ref) == before | {
        "LG-2013-01/01": ("agree all dates", "Jeff Farrar", "by 31 January 2014")
    }
    assert doctor.find_faults(wales) == []


def test_agreed_minutes_lock_the_agenda_and_its_papers(wales: Workspace, ref: str) -> None:
    paper = papers.add_paper(wales, ref, build_paper_draft({"title": "Courses held", "item": 1}, wales.today()))
    with pytest.raises(Refused, match="has minutes and cannot be removed"):
        agenda.remove_item(wales, ref, 1)
    agree_minutes(wales, ref)
    for write in (
        lambda: agenda.add_item(wales, ref, build_agenda_draft({"title": "Late"})),
        lambda: agenda.edit_item(wales, ref, 2, build_item_edit({"title": "Other"})),
        lambda: agenda.move_item(wales, ref, 2, 1),
        lambda: agenda.remove_item(wales, ref, 2),
        lambda: papers.add_paper(wales, ref, build_paper_draft({"title": "Late"}, wales.today())),
        lambda: papers.remove_paper(wales, ref, "P1"),
    ):
        with pytest.raises(Refused, match="agreed and locked"):
            write()
    assert papers.withhold_paper(wales, ref, "P1", "commercial").is_withheld
    assert papers.publish_paper(wales, ref, "P1").published
    assert paper.title == papers.list_papers(wales, ref)[0].title


def test_agreed_minutes_can_be_translated(wales: Workspace, ref: str) -> None:
    agree_minutes(wales, ref)
    service.translate_line(wales, ref, "1.2", "mabwysiedir y cwrs")
    service.translate_item(wales, ref, 1, "Hyfforddiant")
    card = meetings.show_meeting(wales, ref)
    assert (card.lines[1].text_cy, card.lines[1].text) == ("mabwysiedir y cwrs", "the course is adopted")


@pytest.mark.parametrize("state", [MinutesState.CLEARED, MinutesState.CIRCULATED, MinutesState.AGREED])
def test_minutes_of_a_future_meeting_remain_a_draft(wales: Workspace, state: MinutesState) -> None:
    draft = build_meeting_draft({"group": "leadership-group", "starts": "10 mar 2099 10:00"})
    ref = meetings.add_meeting(wales, draft).ref
    with pytest.raises(Refused, match=r"in the future\. It cannot have been held yet"):
        lifecycle.set_state(wales, ref, state)
    assert lifecycle.set_state(wales, ref, MinutesState.DRAFT).state is MinutesState.DRAFT
