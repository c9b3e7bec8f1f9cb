"""Tests of taking minutes: typed lines and the actions and decisions that they create."""

from __future__ import annotations

from datetime import date

import pytest

from ahtc_tui.domain.drafts.actions import build_action_draft
from ahtc_tui.domain.drafts.meetings import build_meeting_draft
from ahtc_tui.domain.drafts.minutes import build_agenda_draft, build_attendance_draft
from ahtc_tui.domain.errors import BadInput, NotFound, Refused
from ahtc_tui.domain.i18n import Language, use_language
from ahtc_tui.domain.meetings.kinds import LineKind, MeetingState, Presence
from ahtc_tui.domain.minutes.model import Carried, UnfinishedLine
from ahtc_tui.services import doctor, history
from ahtc_tui.services.actions import service as actions
from ahtc_tui.services.meetings import attendance
from ahtc_tui.services.meetings import service as meetings
from ahtc_tui.services.meetings.agenda import add_item
from ahtc_tui.services.minutes import carry_forward, live_minutes
from ahtc_tui.services.minutes import service as minutes
from ahtc_tui.services.search import search_records
from ahtc_tui.services.workspace import Workspace
from tests.builders import make_line


@pytest.fixture
def meeting(wales: Workspace) -> str:
    """A Leadership Group on 10 December 2013 with five agenda items."""
    draft = build_meeting_draft({"group": "LG", "starts": "2013-12-10 10:00", "minutes": "90"}, wales.today())
    ref = meetings.add_meeting(wales, draft).ref
    for title in ("Welcome", "Minutes", "Training", "Data sets", "AOB"):
        add_item(wales, ref, build_agenda_draft({"title": title, "minutes": 10}))
    return ref


def add_next_meeting(workspace: Workspace) -> str:
    draft = build_meeting_draft({"group": "LG", "starts": "2014-03-10 10:00"}, workspace.today())
    return meetings.add_meeting(workspace, draft).ref


def test_an_action_line_with_owner_and_date_is_added_to_the_log(wales: Workspace, meeting: str) -> None:
    line = make_line(wales, meeting, "a: share the pack with ACPO @jeff due end jan", 3)
    assert (line.item, line.kind, line.text) == (3, LineKind.ACTION, "share the pack with ACPO")
    row = actions.show_action(wales, line.action or "").row
    assert (row.ref, row.lead, row.meeting) == (f"{meeting}/01", "Jeff Farrar", meeting)
    assert row.due is not None
    assert row.due.latest == date(2014, 1, 31), "the date counts from the day of the meeting"


def test_a_second_owner_is_a_supporter(wales: Workspace, meeting: str) -> None:
    line = make_line(wales, meeting, "a: agree dates @ahtc @spoc.gwent", 3)
    row = actions.show_action(wales, line.action or "").row
    assert row.lead == "Anti Human Trafficking Co-ordinator"
    assert row.support == ("Single Point of Contact, Gwent Police",)


def test_an_unknown_owner_stays_in_the_text(wales: Workspace, meeting: str) -> None:
    line = make_line(wales, meeting, "a: find a room @nobodyatall", 1)
    assert line.text == "find a room @nobodyatall", "the minutes have the text of the log"
    assert actions.show_action(wales, line.action or "").row.title == "find a room @nobodyatall"


def test_lines_are_added_under_the_last_item(wales: Workspace, meeting: str) -> None:
    make_line(wales, meeting, "two courses held", 3)
    assert make_line(wales, meeting, "d: adopted for all forces").item == 3


def test_a_decision_line_is_in_the_register_and_searchable(wales: Workspace, meeting: str) -> None:
    line = make_line(wales, meeting, "p: mabwysiadu'r cwrs", 3)
    assert line.decision == "D-2013-01/1"
    assert [hit.ref for hit in search_records(wales, "mabwysiadu") if hit.kind == "decision"] == ["D-2013-01/1"]


def test_text_after_a_welsh_prefix_is_stored_as_welsh(wales: Workspace, meeting: str) -> None:
    line = make_line(wales, meeting, "p: mabwysiadu'r cwrs", 3)
    assert line.text_cy == "mabwysiadu'r cwrs"
    line = minutes.edit_line(wales, meeting, line.key, "the course is adopted")
    assert (line.text, line.text_cy) == ("the course is adopted", "mabwysiadu'r cwrs")
    line = minutes.edit_line(wales, meeting, line.key, "the course is not adopted")
    assert line.text_cy is None, "the text has changed"
    assert make_line(wales, meeting, "d: adopted by all", 3).text_cy is None


def test_a_line_changes_its_kind(wales: Workspace, meeting: str) -> None:
    key = make_line(wales, meeting, "n: the pack goes to ACPO", 3).key
    as_action = minutes.change_line_kind(wales, meeting, key, LineKind.ACTION)
    assert as_action.action == f"{meeting}/01"
    as_decision = minutes.change_line_kind(wales, meeting, key, LineKind.DECISION)
    assert (as_decision.action, as_decision.decision) == (None, "D-2013-01/1")
    assert minutes.change_line_kind(wales, meeting, key, LineKind.NOTE).decision is None
    assert minutes.edit_line(wales, meeting, key, "n: the pack went to ACPO").text == "the pack went to ACPO"
    with pytest.raises(NotFound):
        actions.show_action(wales, f"{meeting}/01")
    assert doctor.find_faults(wales) == []


@pytest.mark.parametrize("language", [Language.EN, Language.CY])
def test_changing_the_kind_back_restores_the_action(wales: Workspace, meeting: str, language: Language) -> None:
    with use_language(language):
        check_kinds_and_back(wales, meeting)


def check_kinds_and_back(wales: Workspace, meeting: str) -> None:
    """Check that an action that was a decision and a note meanwhile has its text, owners and date again."""
    key = make_line(wales, meeting, "n: share the pack @jeff @ahtc due end jan", 3).key
    action_line = minutes.change_line_kind(wales, meeting, key, LineKind.ACTION)
    assert action_line.text == "share the pack"
    minutes.change_line_kind(wales, meeting, key, LineKind.DECISION)
    minutes.change_line_kind(wales, meeting, key, LineKind.NOTE)
    assert minutes.change_line_kind(wales, meeting, key, LineKind.ACTION).action == action_line.action
    row = actions.show_action(wales, action_line.action or "").row
    assert (row.title, row.lead, row.support) == (
        "share the pack",
        "Jeff Farrar",
        ("Anti Human Trafficking Co-ordinator",),
    )
    assert row.due is not None
    assert row.due.latest == date(2014, 1, 31)
    assert minutes.change_line_kind(wales, meeting, key, LineKind.DECISION).decision == "D-2013-01/1"
    assert doctor.find_faults(wales) == []


def test_owner_and_date_return_to_the_text_of_a_line_that_is_no_action(wales: Workspace, meeting: str) -> None:
    key = make_line(wales, meeting, "a: share the pack @jeff @ahtc due end jan", 3).key
    decision = minutes.change_line_kind(wales, meeting, key, LineKind.DECISION)
    assert decision.text == "share the pack @jeff-farrar @ahtc due end jan"
    action = minutes.change_line_kind(wales, meeting, key, LineKind.ACTION)
    row = actions.show_action(wales, action.action or "").row
    assert (action.text, row.lead, str(row.due)) == ("share the pack", "Jeff Farrar", "end jan")


def test_one_undo_removes_a_line_and_its_action(wales: Workspace, meeting: str) -> None:
    make_line(wales, meeting, "a: share the pack @jeff", 3)
    history.undo_step(wales)
    assert meetings.show_meeting(wales, meeting).lines == ()
    with pytest.raises(NotFound):
        actions.show_action(wales, f"{meeting}/01")
    history.redo_step(wales)
    assert actions.show_action(wales, f"{meeting}/01").row.lead == "Jeff Farrar"


def test_removing_a_line_removes_its_action(wales: Workspace, meeting: str) -> None:
    line = make_line(wales, meeting, "a: share the pack", 3)
    minutes.remove_line(wales, meeting, line.key)
    assert meetings.show_meeting(wales, meeting).lines == ()
    with pytest.raises(NotFound):
        minutes.change_line_kind(wales, meeting, line.key, LineKind.NOTE)


def test_empty_lines_and_unknown_items_are_refused(wales: Workspace, meeting: str) -> None:
    with pytest.raises(BadInput, match="needs text"):
        make_line(wales, meeting, "a:   @jeff", 1)
    with pytest.raises(NotFound, match="no item 9"):
        make_line(wales, meeting, "n: heard", 9)
    assert meetings.show_meeting(wales, meeting).lines == ()


def test_a_cancelled_meeting_has_no_minutes(wales: Workspace, meeting: str) -> None:
    meetings.cancel_meeting(wales, meeting)
    with pytest.raises(Refused, match="has no minutes"):
        make_line(wales, meeting, "n: heard", 1)


def test_attendance_can_be_corrected(wales: Workspace, meeting: str) -> None:
    attendance.set_attendance(
        wales, meeting, "Jeff Farrar", build_attendance_draft({"state": "apologies", "reason": "leave"})
    )
    row = attendance.set_attendance(wales, meeting, "jeff", build_attendance_draft({"state": "part", "items": "2-4"}))
    assert (row.name, row.state, row.items, row.reason) == ("Jeff Farrar", Presence.PART, "2-4", None)
    assert len(meetings.show_meeting(wales, meeting).attendance) == 1


def test_a_deputy_and_a_visitor_are_recorded(wales: Workspace, meeting: str) -> None:
    draft = build_attendance_draft({"state": "deputy", "deputy_for": "Jeff Farrar"})
    assert attendance.set_attendance(wales, meeting, "SPOC Gwent", draft).deputy_for == "Jeff Farrar"
    walked_in = attendance.set_attendance(
        wales, meeting, "A  visitor", build_attendance_draft({"state": "in attendance"})
    )
    assert (walked_in.name, walked_in.state) == ("A visitor", Presence.IN_ATTENDANCE)


def test_unmarked_guests_are_marked_at_once(wales: Workspace, meeting: str) -> None:
    attendance.set_attendance(wales, meeting, "Jeff Farrar", build_attendance_draft({"state": "apologies"}))
    assert attendance.mark_remaining(wales, meeting, build_attendance_draft({"state": "present"})) == 2
    states = {row.name: row.state for row in meetings.show_meeting(wales, meeting).attendance}
    assert states["Jeff Farrar"] is Presence.APOLOGIES
    assert list(states.values()).count(Presence.PRESENT) == 2


@pytest.mark.parametrize("items", ["two", "2--3", "a-b"])
def test_item_ranges_need_numbers(items: str) -> None:
    with pytest.raises(BadInput, match="is not a list of items"):
        build_attendance_draft({"state": "part", "items": items})


@pytest.mark.parametrize("items", ["4-9", "0", "6"])
def test_item_ranges_stay_within_the_agenda(wales: Workspace, meeting: str, items: str) -> None:
    with pytest.raises(NotFound, match="no item"):
        attendance.set_attendance(wales, meeting, "jeff", build_attendance_draft({"state": "part", "items": items}))
    with pytest.raises(BadInput, match=r"goes backwards\. Enter 2-4"):
        build_attendance_draft({"state": "part", "items": "4-2"})


@pytest.mark.parametrize(
    ("minutes_typed", "sentence"),
    [
        ("abc", '"abc" is not a length of time'),
        (0, "Length must be at least 1"),
        (9999, "Length must be at most 1440"),
    ],
)
def test_an_invalid_number_is_refused_in_one_sentence(minutes_typed: object, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        build_agenda_draft({"title": "Training", "minutes": minutes_typed})


def test_an_unknown_attendance_state_is_refused(wales: Workspace) -> None:
    with pytest.raises(BadInput, match="present, online, deputy"):
        build_attendance_draft({"state": "asleep"})


def test_open_standing_and_unreached_items_go_forward(wales: Workspace) -> None:
    ref = meetings.add_meeting(
        wales, build_meeting_draft({"group": "LG", "starts": "2013-12-10 10:00"}, wales.today())
    ).ref
    following = add_next_meeting(wales)
    for number in range(1, 21):
        is_standing = number > 17
        add_item(wales, ref, build_agenda_draft({"title": f"Item {number}", "standing": is_standing}))
    for number in range(1, 8):
        make_line(wales, ref, f"a: work on {number}", number)
    for number in range(8, 16):
        make_line(wales, ref, f"n: heard {number}", number)
    verdicts, next_ref = carry_forward.close_meeting(wales, ref)
    assert next_ref == following
    agenda = meetings.show_meeting(wales, following).agenda
    titles = [f"Item {n}" for n in (*range(1, 8), 16, 17, 18, 19, 20)]
    assert [item.title for item in agenda] == titles
    assert len(agenda) == 12
    reasons = {verdict.item: verdict.reason for verdict in verdicts}
    assert reasons["Item 3"] == f"open: {ref}/03"
    assert reasons["Item 9"] == "discussed, with no open actions"
    assert reasons["Item 16"] == "not reached"
    assert reasons["Item 20"] == "standing item"


def test_an_open_action_without_an_item_is_a_matter_arising(wales: Workspace, meeting: str) -> None:
    following = add_next_meeting(wales)
    open_ref = actions.add_action(
        wales, build_action_draft({"title": "Find a room", "meeting": meeting}, wales.today())
    ).ref
    closed_ref = actions.add_action(
        wales, build_action_draft({"title": "Book it", "meeting": meeting}, wales.today())
    ).ref
    actions.close_action(wales, closed_ref)
    alone = carry_forward.carry_items(wales, meeting, following)[-1]
    assert alone == Carried(None, f"{open_ref} Find a room", False, "open, and the agenda has no matters arising")
    history.undo_step(wales)
    add_item(wales, following, build_agenda_draft({"title": "Matters arising", "standing": True}))
    verdicts, _to = carry_forward.close_meeting(wales, meeting)
    assert verdicts[5:] == [Carried(None, f"{open_ref} Find a room", True, "open, for matters arising")]
    agenda = meetings.show_meeting(wales, following).agenda
    arising = next(item for item in agenda if item.title == "Matters arising")
    assert open_ref in [matter.ref for matter in arising.matters]


def test_carrying_twice_adds_each_item_once(wales: Workspace, meeting: str) -> None:
    following = add_next_meeting(wales)
    carry_forward.carry_items(wales, meeting, following)
    carry_forward.carry_items(wales, meeting, following)
    assert len(meetings.show_meeting(wales, following).agenda) == 5


def test_a_carried_item_stays_open_with_its_action(wales: Workspace, meeting: str) -> None:
    following = add_next_meeting(wales)
    minutes.tick_item(wales, meeting, 1)
    line = make_line(wales, meeting, "a: share the pack", 3)
    carry_forward.close_meeting(wales, meeting)
    carried = {verdict.item: verdict for verdict in carry_forward.list_carried_items(wales, following)}
    assert "Welcome" not in carried
    assert carried["Training"].reason == f"open: {line.action}"
    minutes.tick_item(wales, following, carried["Training"].position or 0)
    actions.close_action(wales, line.action or "")
    carried = {verdict.item: verdict for verdict in carry_forward.list_carried_items(wales, following)}
    assert not carried["Training"].goes_forward


def test_a_closed_meeting_is_held_and_cannot_be_closed_again(wales: Workspace, meeting: str) -> None:
    assert carry_forward.close_meeting(wales, meeting)[1] is None
    assert meetings.show_meeting(wales, meeting).row.state is MeetingState.HELD
    with pytest.raises(Refused, match="held already"):
        carry_forward.close_meeting(wales, meeting)
    history.undo_step(wales)
    assert meetings.show_meeting(wales, meeting).row.state is MeetingState.CONFIRMED


def test_items_are_not_carried_to_an_undone_meeting(wales: Workspace, meeting: str) -> None:
    add_next_meeting(wales)
    history.undo_step(wales)
    assert carry_forward.close_meeting(wales, meeting)[1] is None


def test_a_meeting_cannot_be_carried_to_itself(wales: Workspace, meeting: str) -> None:
    with pytest.raises(Refused, match="to the same meeting"):
        carry_forward.carry_items(wales, meeting, meeting)


def test_editing_a_line_edits_its_action(wales: Workspace, meeting: str) -> None:
    line = make_line(wales, meeting, "a: share the pack", 3)
    minutes.edit_line(wales, meeting, line.key, "share the course pack @jeff due fri")
    row = actions.show_action(wales, line.action or "").row
    assert (row.title, row.lead, row.ref) == ("share the course pack", "Jeff Farrar", line.action)
    with pytest.raises(Refused, match="use the key of the kind"):
        minutes.edit_line(wales, meeting, line.key, "d: decided")


def test_a_title_changed_in_the_action_stays_when_its_line_is_edited(wales: Workspace, meeting: str) -> None:
    line = make_line(wales, meeting, "a: share the pack", 3)
    ref = line.action or ""
    actions.edit_action(wales, ref, build_action_draft({"title": "Share the pack with the fora"}, wales.today()))
    minutes.edit_line(wales, meeting, line.key, "share the pack with all @jeff")
    row = actions.show_action(wales, ref).row
    assert (row.title, row.lead) == ("Share the pack with the fora", "Jeff Farrar")


def test_correcting_a_line_corrects_owner_and_due_date(wales: Workspace, meeting: str) -> None:
    line = make_line(wales, meeting, "a: share the pack @jeff @ahtc due end jan", 3)
    minutes.edit_line(wales, meeting, line.key, "share the pack @ahtc @spoc.gwent @nobodyatall due end feb")
    row = actions.show_action(wales, line.action or "").row
    assert row.title == "share the pack @nobodyatall"
    assert row.lead == "Anti Human Trafficking Co-ordinator"
    assert row.support == ("Single Point of Contact, Gwent Police",)
    assert (row.due, row.slips) == (row.original_due, 0)
    assert row.due is not None
    assert row.due.latest == date(2014, 2, 28)
    edit = build_action_draft({"due": "2014-05-01", "reason": "illness"}, wales.today())
    actions.edit_action(wales, row.ref, edit)
    minutes.edit_line(wales, meeting, line.key, "share the pack due end march")
    row = actions.show_action(wales, row.ref).row
    assert row.due is not None
    assert row.original_due is not None
    assert (row.due.latest, row.original_due.latest) == (date(2014, 5, 1), date(2014, 3, 31)), (
        "the due date has slipped"
    )


def test_a_line_moves_within_its_item(wales: Workspace, meeting: str) -> None:
    first = make_line(wales, meeting, "n: first", 3)
    make_line(wales, meeting, "n: second", 3)
    minutes.move_line(wales, meeting, first.key, 1)
    minutes.move_line(wales, meeting, first.key, 1)
    assert [line.text for line in meetings.show_meeting(wales, meeting).lines] == ["second", "first"]


def test_the_live_meeting_counts_present_and_waiting(wales: Workspace, meeting: str) -> None:
    attendance.set_attendance(wales, meeting, "Jeff Farrar", build_attendance_draft({"state": "online"}))
    make_line(wales, meeting, "n: heard", 1)
    live_meeting = live_minutes.show_live_meeting(wales, meeting)
    assert (live_meeting.present, live_meeting.apologies, len(live_meeting.waiting), live_meeting.quorum) == (
        1,
        0,
        2,
        None,
    )
    assert live_meeting.discussed == (True, False, False, False, False)


def test_owners_are_listed_by_their_post(wales: Workspace, meeting: str) -> None:
    offered = {owner.ref: owner.label for owner in live_minutes.list_owners(wales, meeting)}
    assert offered["ahtc"] == "Stephen Chapman (AHTC)"
    assert "stephen-chapman" not in offered
    assert live_minutes.list_owners(wales, meeting)[0].label == "Jeff Farrar", "invited parties come first"


def test_unfinished_text_is_saved_outside_the_journal(wales: Workspace, meeting: str) -> None:
    steps = len(history.list_steps(wales))
    line = make_line(wales, meeting, "n: heard", 3)
    steps += 1
    unfinished = UnfinishedLine("a: half a th", None, line.key, welsh=True)
    live_minutes.save_unfinished_line(wales, meeting, unfinished)
    assert live_minutes.read_unfinished_line(wales, meeting) == unfinished
    live_minutes.save_unfinished_line(wales, meeting, UnfinishedLine())
    assert live_minutes.read_unfinished_line(wales, meeting) == UnfinishedLine()
    with wales.database.write("earlier version") as ledger:
        ledger.cursor.execute("INSERT INTO setting (name, value) VALUES (?, 'a: half')", (f"unfinished {meeting}",))
    assert live_minutes.read_unfinished_line(wales, meeting) == UnfinishedLine("a: half")
    assert len(history.list_steps(wales)) == steps
