"""Tests of agendas: item order, templates, matters arising, papers and the forward plan."""

from __future__ import annotations

import pytest

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.drafts.meetings import (
    build_forward_draft,
    build_item_edit,
    build_meeting_draft,
    build_paper_draft,
    build_template_draft,
)
from ahtc_tui.domain.drafts.minutes import build_agenda_draft
from ahtc_tui.domain.errors import BadInput, NotFound, Refused
from ahtc_tui.domain.meetings.model import MeetingCard
from ahtc_tui.services import doctor
from ahtc_tui.services.actions import service as actions
from ahtc_tui.services.history import list_changes, undo_step
from ahtc_tui.services.meetings import agenda, agenda_template, papers
from ahtc_tui.services.meetings.service import add_meeting, edit_meeting, find_meeting_of_decision, show_meeting
from ahtc_tui.services.minutes import carry_forward
from ahtc_tui.services.privacy.marking_limit import limit_marking
from ahtc_tui.services.search import search_records
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY, make_line, read_live_rows

OPENING = ["Welcome", "Apologies for absence", "Declarations of interest", "Minutes of the last meeting"]
CLOSING = ["Any other business", "Date of the next meeting"]


def add_test_meeting(office: Workspace, starts: str = "2014-02-11 10:00", **fields: str) -> str:
    """Add a meeting of the Leadership Group; returns its reference."""
    return add_meeting(office, build_meeting_draft({"group": "LG", "starts": starts, **fields}, TODAY)).ref


def add_items(office: Workspace, ref: str, *titles: str) -> None:
    for title in titles:
        agenda.add_item(office, ref, build_agenda_draft({"title": title}))


def list_titles(office: Workspace, ref: str) -> list[str]:
    """Return the titles of an agenda; checks that its numbers run from 1."""
    card = show_meeting(office, ref)
    assert [item.position for item in card.agenda] == list(range(1, len(card.agenda) + 1))
    return [item.title for item in card.agenda]


def list_matters_arising(card: MeetingCard) -> list[tuple[str, str | None, str]]:
    return [(matter.ref, matter.lead, str(matter.due or "")) for item in card.agenda for matter in item.matters]


def test_the_template_surrounds_the_items_and_is_applied_once(wales: Workspace) -> None:
    ref = add_test_meeting(wales)
    add_items(wales, ref, "Training")
    assert agenda_template.apply_template(wales, ref) == 7
    add_items(wales, ref, "Data sets")
    assert list_titles(wales, ref) == [*OPENING, "Matters arising", "Training", "Data sets", *CLOSING]
    before = read_live_rows(wales)
    assert agenda_template.apply_template(wales, ref) == 0
    assert read_live_rows(wales) == before
    assert doctor.find_faults(wales) == []


@pytest.mark.parametrize("title", ["Declarations of interest", "Any other business", "Date of the next meeting"])
def test_a_removed_template_item_is_restored_in_its_place(wales: Workspace, title: str) -> None:
    ref = add_test_meeting(wales)
    add_items(wales, ref, "Training")
    agenda_template.apply_template(wales, ref)
    before = list_titles(wales, ref)
    agenda.remove_item(wales, ref, before.index(title) + 1)
    assert agenda_template.apply_template(wales, ref) == 1
    assert list_titles(wales, ref) == before


def test_a_new_meeting_starts_with_the_template_of_its_group(wales: Workspace) -> None:
    before = read_live_rows(wales)
    assert list_titles(wales, add_test_meeting(wales)) == []
    undo_step(wales)
    draft = build_template_draft({"title": "Chair's report", "presenter": "AHTC", "minutes": 10})
    assert [row.position for row in agenda_template.add_to_template(wales, "LG", draft)] == list(range(1, 9))
    agenda_template.remove_from_template(wales, "LG", 2)
    assert agenda_template.show_template(wales, "LG")[1]
    ref = add_test_meeting(wales)
    assert list_titles(wales, ref) == [OPENING[0], *OPENING[2:], "Matters arising", "Chair's report", *CLOSING]
    assert show_meeting(wales, ref).agenda[4].presenter == "Anti Human Trafficking Co-ordinator"
    for _step in range(3):
        undo_step(wales)
    assert read_live_rows(wales) == before


def test_standing_items_of_an_agenda_become_the_template(wales: Workspace) -> None:
    ref = add_test_meeting(wales)
    with pytest.raises(Refused, match="no standing items"):
        agenda_template.save_as_template(wales, ref)
    agenda_template.apply_template(wales, ref)
    add_items(wales, ref, "Training")
    agenda.remove_item(wales, ref, 3)
    for _again in range(2):
        kept = agenda_template.save_as_template(wales, ref)
    assert [row.title for row in kept] == [*OPENING[:2], OPENING[3], "Matters arising", *CLOSING]
    with pytest.raises(NotFound, match="no item 9"):
        agenda_template.remove_from_template(wales, "LG", 9)
    assert not agenda_template.show_template(wales, "forum-gwent")[1]


def test_items_are_edited_moved_removed_and_renumbered(wales: Workspace) -> None:
    ref = add_test_meeting(wales)
    add_items(wales, ref, "One", "Two", "Three", "Four")
    agenda.move_item(wales, ref, 4, 2)
    assert list_titles(wales, ref) == ["One", "Four", "Two", "Three"]
    agenda.move_item(wales, ref, 1, 4)
    assert list_titles(wales, ref) == ["Four", "Two", "Three", "One"]
    edit = build_item_edit({"title": "Second", "presenter": "AHTC", "minutes": "15", "section": "Delivery"})
    row = agenda.edit_item(wales, ref, 2, edit)
    assert (row.title, row.minutes, row.section, row.presenter_ref) == ("Second", 15, "Delivery", "ahtc")
    row = agenda.edit_item(wales, ref, 2, build_item_edit({"presenter": "", "minutes": "", "section": ""}))
    assert (row.presenter, row.minutes, row.section) == (None, None, None)
    agenda.remove_item(wales, ref, 1)
    assert list_titles(wales, ref) == ["Second", "Three", "One"]
    undo_step(wales)
    assert list_titles(wales, ref) == ["Four", "Second", "Three", "One"]
    make_line(wales, ref, "n: heard", 3)
    with pytest.raises(Refused, match="has minutes"):
        agenda.remove_item(wales, ref, 3)
    for bad, kind in (({}, BadInput), ({"title": ""}, BadInput), ({"minutes": "0"}, BadInput)):
        with pytest.raises(kind):
            agenda.edit_item(wales, ref, 1, build_item_edit(bad))
    with pytest.raises(NotFound, match="no item 9"):
        agenda.move_item(wales, ref, 1, 9)


def test_an_item_moved_after_the_closing_items_stays_there(wales: Workspace) -> None:
    ref = add_test_meeting(wales)
    agenda_template.apply_template(wales, ref)
    add_items(wales, ref, "Presentation")
    agenda.move_item(wales, ref, 6, 8)
    add_items(wales, ref, "Training")
    assert list_titles(wales, ref)[-4:] == ["Training", *CLOSING, "Presentation"]


def test_items_have_start_times_and_overlong_agendas_are_reported(wales: Workspace) -> None:
    ref = add_test_meeting(wales, minutes="60")
    agenda_template.apply_template(wales, ref)
    agenda.add_item(wales, ref, build_agenda_draft({"title": "Training", "minutes": 25}))
    card = show_meeting(wales, ref)
    assert [f"{item.starts:%H:%M}" for item in card.agenda][-3:] == ["10:35", "11:00", "11:10"]
    assert card.minutes_over == 15


def test_matters_arising_list_open_actions_of_earlier_meetings(wales: Workspace) -> None:
    first = add_test_meeting(wales, "2013-11-12 10:00")
    add_items(wales, first, "Training", "Data sets")
    make_line(wales, first, "a: Agree dates for Gwent @ahtc due 28 feb 2014", 1)
    make_line(wales, first, "a: Ask the boards", 1)
    make_line(wales, first, "a: Book the room", 1)
    actions.close_action(wales, "LG-2013-01/03")
    other_meeting = add_meeting(
        wales, build_meeting_draft({"group": "forum-gwent", "starts": "2013-11-13 10:00"}, TODAY)
    ).ref
    make_line(wales, other_meeting, "a: Not of this group")
    ref = add_test_meeting(wales)
    assert list_matters_arising(show_meeting(wales, ref)) == []
    agenda_template.apply_template(wales, ref)
    waiting = [("LG-2013-01/01", "AHTC", "28 February 2014"), ("LG-2013-01/02", None, "")]
    assert list_matters_arising(show_meeting(wales, ref)) == waiting
    _carried, next_ref = carry_forward.close_meeting(wales, first)
    assert next_ref == ref
    assert list_titles(wales, ref) == [*OPENING, "Matters arising", "Data sets", *CLOSING], (
        "its actions are under Matters arising; what was not reached is before what closes the meeting"
    )
    assert list_matters_arising(show_meeting(wales, ref)) == waiting
    actions.close_action(wales, "LG-2013-01/01")
    assert list_matters_arising(show_meeting(wales, ref)) == waiting[1:]


def test_matters_open_on_the_day_stay_on_that_agenda(wales: Workspace) -> None:
    make_line(wales, add_test_meeting(wales, "2013-11-12 10:00"), "a: Ask the boards")
    held = add_test_meeting(wales, "2013-12-10 10:00")
    agenda_template.apply_template(wales, held)
    actions.close_action(wales, "LG-2013-01/01")
    assert [matter[0] for matter in list_matters_arising(show_meeting(wales, held))] == ["LG-2013-01/01"]


def test_papers_have_a_due_date_and_are_published_or_withheld(wales: Workspace) -> None:
    ref = add_test_meeting(wales)
    add_items(wales, ref, "Training")
    first = papers.add_paper(wales, ref, build_paper_draft({"title": "Courses", "author": "AHTC", "item": 1}, TODAY))
    assert (first.ref, first.item, first.due and first.due.iso) == (f"{ref}/P1", 1, "2014-02-03")
    second = papers.add_paper(wales, ref, build_paper_draft({"title": "Costs", "due": "31 jan 2014"}, TODAY))
    assert (second.ref, second.item, second.due and second.due.iso) == (f"{ref}/P2", None, "2014-01-31")
    assert papers.publish_paper(wales, ref, "1").publication_state == "Published"
    withheld = papers.withhold_paper(wales, ref, "p2", "commercial", "Legal advice from counsel")
    assert withheld.withholding == "Withheld: commercial interests"
    assert withheld.publication_state == "Withheld: commercial interests (Legal advice from counsel)"
    assert papers.withhold_paper(wales, ref, "p2", "policy").withheld_because == "Legal advice from counsel"
    assert [paper.ref for paper in show_meeting(wales, ref).agenda[0].papers] == [first.ref]
    assert find_meeting_of_decision(wales, second.ref) == ref
    assert ("paper", second.ref) in [(hit.kind, hit.ref) for hit in search_records(wales, "counsel")]
    assert len(list_changes(wales, second.ref)) == 4
    agenda.remove_item(wales, ref, 1)
    assert [paper.item for paper in papers.list_papers(wales, ref)] == [None, None]
    papers.remove_paper(wales, ref, first.ref)
    third = papers.add_paper(wales, ref, build_paper_draft({"title": "Later"}, TODAY))
    assert third.ref == f"{ref}/P3", "a reference is never reused"
    with pytest.raises(NotFound, match='no paper "9"'):
        papers.publish_paper(wales, ref, "9")
    with pytest.raises(BadInput, match='no reason "Live police operation"'):
        papers.withhold_paper(wales, ref, "2", "Live police operation")


def test_forward_items_move_to_an_agenda_and_back(wales: Workspace) -> None:
    ref = add_test_meeting(wales)
    agenda_template.apply_template(wales, ref)
    agenda.add_forward_item(wales, "LG", build_forward_draft({"title": "Data sets", "presenter": "AHTC"}, TODAY))
    rows = agenda.add_forward_item(
        wales,
        "LG",
        build_forward_draft({"title": "NRM pilot", "minutes": 20, "for_on": "june 2014", "note": "two fora"}, TODAY),
    )
    assert [row.title for row in rows] == ["NRM pilot", "Data sets"], "dated entries come first"
    assert ("forward_item", "leadership-group") in [(hit.kind, hit.ref) for hit in search_records(wales, "pilot")]
    assert agenda.take_forward_item(wales, None, 1, ref) == 6
    item = show_meeting(wales, ref).agenda[5]
    assert (item.title, item.minutes, item.note) == ("NRM pilot", 20, "two fora")
    assert [row.title for row in agenda.list_forward_items(wales, "LG")] == ["Data sets"]
    agenda.postpone_item(wales, ref, 6)
    assert [row.title for row in agenda.list_forward_items(wales, "LG")] == ["NRM pilot", "Data sets"]
    agenda.postpone_item(wales, ref, 5)
    assert [row.title for row in agenda.list_forward_items(wales, "LG")][-1] == "Matters arising"
    assert "Matters arising" not in list_titles(wales, ref)
    assert len(agenda.remove_forward_item(wales, "LG", 3)) == 2
    assert doctor.find_faults(wales) == []
    with pytest.raises(NotFound, match="no item 7"):
        agenda.take_forward_item(wales, "LG", 7, ref)
    with pytest.raises(Refused, match="not a meeting of this group"):
        agenda.take_forward_item(wales, "forum-gwent", 1, ref)


def test_a_meeting_without_a_group_has_no_forward_plan_or_template(wales: Workspace) -> None:
    ref = "ukhtc-visit-2013-06"
    with pytest.raises(Refused, match="not a meeting of a group"):
        agenda.postpone_item(wales, ref, 1)
    with pytest.raises(Refused, match="not a meeting of a group"):
        agenda_template.save_as_template(wales, ref)
    assert agenda.show_agenda(wales, ref).forward == ()


def test_the_card_shows_the_deadlines_of_a_meeting(wales: Workspace) -> None:
    ref = add_test_meeting(wales)
    card = show_meeting(wales, ref)
    days = [str(day) for day in (card.notice_on, card.papers_on, card.draft_on, card.final_on)]
    assert days == ["2014-01-28", "2014-02-03", "2014-02-25", "None"]
    add_test_meeting(wales, "2014-04-16 10:00")
    assert str(show_meeting(wales, ref).final_on) == "2014-04-25", "after Easter"
    edit_meeting(wales, ref, build_meeting_draft({"state": "cancelled"}, TODAY))
    assert show_meeting(wales, ref).papers_on is None
    assert show_meeting(wales, "ne-wales-conference-2013").papers_on is None
    assert show_meeting(wales, add_test_meeting(wales, "june 2014")).papers_on is None


def test_a_paper_of_an_earlier_meeting_has_an_older_marking(wales: Workspace) -> None:
    earlier = add_meeting(wales, build_meeting_draft({"group": "LG", "starts": "2014-04-01 10:00"}, TODAY)).ref
    later = add_meeting(wales, build_meeting_draft({"group": "LG", "starts": "2014-04-02 10:00"}, TODAY)).ref
    draft = build_paper_draft({"title": "Risk register", "marking": "restricted"}, TODAY)
    assert papers.add_paper(wales, earlier, draft).marked_title == "Risk register (RESTRICTED)"
    with pytest.raises(BadInput, match="older marking, for papers dated before 2 April 2014"):
        papers.add_paper(wales, later, draft)
    with limit_marking(wales, Marking.OFFICIAL) as limited:
        assert papers.list_papers(limited, earlier) == []
