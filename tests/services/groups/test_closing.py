"""The end of a group: its seats, coming meetings and open actions in one step."""

from __future__ import annotations

import pytest

from ahtc_tui.domain.drafts.meetings import build_meeting_draft
from ahtc_tui.domain.errors import BadInput, Refused
from ahtc_tui.services.actions.service import show_action
from ahtc_tui.services.groups.closing import close_group, preview_group_end
from ahtc_tui.services.groups.seats import list_seats
from ahtc_tui.services.groups.service import edit_group, show_group
from ahtc_tui.services.history import undo_step
from ahtc_tui.services.meetings.service import add_meeting, show_meeting
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY, make_action, make_party
from tests.services.groups.test_group_writing import make_group_draft


@pytest.fixture
def meeting(wales: Workspace) -> str:
    """A coming meeting of the Leadership Group, with an action of the group."""
    make_action(wales, "Write to the forces", group="leadership-group", lead="bawso")
    draft = build_meeting_draft({"group": "leadership-group", "starts": "2014-01-28 10:00"}, TODAY)
    return add_meeting(wales, draft).ref


def test_the_preview_lists_what_would_end_and_changes_nothing(wales: Workspace, meeting: str) -> None:
    end = preview_group_end(wales, "leadership-group")
    assert len(end.seats) == 6
    assert [text.split()[0] for text in end.meetings] == [meeting]
    assert any("Write to the forces" in text for text in end.actions)
    assert show_group(wales, "leadership-group").row.state == "established"


def test_one_step_ends_everything_and_one_undo_brings_it_back(wales: Workspace, meeting: str) -> None:
    make_party(wales, "Next Group", "next-group", kind="group")
    ref = next(text.split()[0] for text in preview_group_end(wales, "leadership-group").actions if "Write" in text)
    close_group(wales, "leadership-group", actions_to="next-group")
    assert show_group(wales, "leadership-group").row.state == "closed"
    assert {str(seat.to_on) for seat in list_seats(wales, "leadership-group")} == {"31 December 2013"}
    assert show_meeting(wales, meeting).row.state == "cancelled"
    card = show_action(wales, ref)
    assert (card.group, card.row.lead) == ("Next Group", "Bawso")
    undo_step(wales)
    assert show_group(wales, "leadership-group").row.state == "established"
    assert show_meeting(wales, meeting).row.state == "confirmed"
    assert {seat.to_on for seat in list_seats(wales, "leadership-group")} == {None}


def test_a_closed_group_is_not_closed_again_and_takes_over_nothing_from_itself(wales: Workspace) -> None:
    with pytest.raises(BadInput, match="another group"):
        close_group(wales, "leadership-group", actions_to="leadership-group")
    close_group(wales, "leadership-group")
    with pytest.raises(Refused, match="closed already"):
        close_group(wales, "leadership-group")


def test_an_edit_does_not_close_a_group_that_has_work_to_decide_about(wales: Workspace, meeting: str) -> None:
    with pytest.raises(Refused, match="still has 6 seats, 1 coming meeting, 2 open actions"):
        edit_group(wales, "leadership-group", make_group_draft(state="closed"))
    assert show_group(wales, "leadership-group").row.state == "established"
    make_party(wales, "Idle Group", "idle-group", kind="group")
    assert edit_group(wales, "idle-group", make_group_draft(state="closed")).state == "closed"
    assert edit_group(wales, "idle-group", make_group_draft(state="closed", note="As minuted")).state == "closed"
