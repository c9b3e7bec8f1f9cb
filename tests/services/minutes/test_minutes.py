"""What a note-taker types at a meeting, and what becomes of it."""

from __future__ import annotations

from datetime import date

import pytest

from ahtc_tui.domain.drafts.actions import action_draft
from ahtc_tui.domain.drafts.meetings import meeting_draft
from ahtc_tui.domain.drafts.minutes import agenda_draft, attendance_draft
from ahtc_tui.domain.errors import BadInput, NotFound, Refused
from ahtc_tui.domain.meetings.model import LineKind, MeetingState, Presence
from ahtc_tui.domain.minutes.model import Carried
from ahtc_tui.services import doctor, history
from ahtc_tui.services.actions import service as actions
from ahtc_tui.services.meetings import attendance
from ahtc_tui.services.meetings import service as meetings
from ahtc_tui.services.minutes import carry_forward, live_minutes
from ahtc_tui.services.minutes import service as minutes
from ahtc_tui.services.search import find
from ahtc_tui.services.workspace import Workspace


@pytest.fixture
def meeting(wales: Workspace) -> str:
    """A Leadership Group on 10 December 2013 with five items."""
    draft = meeting_draft({"group": "LG", "starts": "2013-12-10 10:00", "minutes": "90"}, wales.today())
    ref = meetings.add_meeting(wales, draft).ref
    for title in ("Welcome", "Minutes", "Training", "Data sets", "AOB"):
        minutes.add_item(wales, ref, agenda_draft({"title": title, "minutes": 10}))
    return ref


def next_meeting(workspace: Workspace) -> str:
    draft = meeting_draft({"group": "LG", "starts": "2014-03-10 10:00"}, workspace.today())
    return meetings.add_meeting(workspace, draft).ref


def test_an_action_typed_with_an_owner_and_a_date_is_a_row_of_the_log(wales: Workspace, meeting: str) -> None:
    line = minutes.add_line(wales, meeting, "a: share the pack with ACPO @jeff due end jan", 3)
    assert (line.item, line.kind, line.text) == (3, LineKind.ACTION, "share the pack with ACPO")
    row = actions.show_action(wales, line.action or "").row
    assert (row.ref, row.lead, row.meeting) == (f"{meeting}/01", "Jeff Farrar", meeting)
    assert row.due is not None
    assert row.due.latest == date(2014, 1, 31), "the date counts from the day of the meeting"


def test_a_second_owner_supports(wales: Workspace, meeting: str) -> None:
    line = minutes.add_line(wales, meeting, "a: agree dates @ahtc @spoc.gwent", 3)
    row = actions.show_action(wales, line.action or "").row
    assert row.lead == "Anti Human Trafficking Co-ordinator"
    assert row.support == ("Single Point of Contact, Gwent Police",)


def test_an_owner_whom_nobody_answers_to_stays_in_the_words(wales: Workspace, meeting: str) -> None:
    line = minutes.add_line(wales, meeting, "a: find a room @nobodyatall", 1)
    assert line.text == "find a room @nobodyatall", "the minutes say what the log says"
    assert actions.show_action(wales, line.action or "").row.title == "find a room @nobodyatall"


def test_lines_go_under_the_item_last_spoken_of(wales: Workspace, meeting: str) -> None:
    minutes.add_line(wales, meeting, "two courses held", 3)
    assert minutes.add_line(wales, meeting, "d: adopted for all forces").item == 3


def test_a_decision_stands_in_the_register_and_is_found(wales: Workspace, meeting: str) -> None:
    line = minutes.add_line(wales, meeting, "p: mabwysiadu'r cwrs", 3)
    assert line.decision == "D-2013-01/1"
    assert [hit.ref for hit in find(wales, "mabwysiadu") if hit.kind == "decision"] == ["D-2013-01/1"]


def test_words_typed_behind_a_welsh_letter_are_welsh_and_stay_so(wales: Workspace, meeting: str) -> None:
    line = minutes.add_line(wales, meeting, "p: mabwysiadu'r cwrs", 3)
    assert line.text_cy == "mabwysiadu'r cwrs"
    line = minutes.edit_line(wales, meeting, line.key, "the course is adopted")
    assert (line.text, line.text_cy) == ("the course is adopted", "mabwysiadu'r cwrs")
    line = minutes.edit_line(wales, meeting, line.key, "the course is not adopted")
    assert line.text_cy is None, "it says something else now"
    assert minutes.add_line(wales, meeting, "d: adopted by all", 3).text_cy is None


def test_a_note_becomes_an_action_and_a_decision_and_a_note_again(wales: Workspace, meeting: str) -> None:
    key = minutes.add_line(wales, meeting, "n: the pack goes to ACPO", 3).key
    as_action = minutes.turn_line(wales, meeting, key, LineKind.ACTION)
    assert as_action.action == f"{meeting}/01"
    as_decision = minutes.turn_line(wales, meeting, key, LineKind.DECISION)
    assert (as_decision.action, as_decision.decision) == (None, "D-2013-01/1")
    assert minutes.turn_line(wales, meeting, key, LineKind.NOTE).decision is None
    assert minutes.edit_line(wales, meeting, key, "n: the pack went to ACPO").text == "the pack went to ACPO"
    with pytest.raises(NotFound):
        actions.show_action(wales, f"{meeting}/01")
    assert doctor.faults(wales) == []


def test_a_line_turned_round_again_is_the_action_that_it_was(wales: Workspace, meeting: str) -> None:
    key = minutes.add_line(wales, meeting, "n: share the pack @jeff @ahtc due end jan", 3).key
    made = minutes.turn_line(wales, meeting, key, LineKind.ACTION)
    assert made.text == "share the pack"
    minutes.turn_line(wales, meeting, key, LineKind.DECISION)
    minutes.turn_line(wales, meeting, key, LineKind.NOTE)
    assert minutes.turn_line(wales, meeting, key, LineKind.ACTION).action == made.action
    row = actions.show_action(wales, made.action or "").row
    assert (row.lead, row.support) == ("Jeff Farrar", ("Anti Human Trafficking Co-ordinator",))
    assert row.due is not None
    assert row.due.latest == date(2014, 1, 31)
    assert minutes.turn_line(wales, meeting, key, LineKind.DECISION).decision == "D-2013-01/1"
    assert doctor.faults(wales) == []


def test_one_line_is_one_undo_with_the_action_that_it_made(wales: Workspace, meeting: str) -> None:
    minutes.add_line(wales, meeting, "a: share the pack @jeff", 3)
    history.undo(wales)
    assert meetings.show_meeting(wales, meeting).lines == ()
    with pytest.raises(NotFound):
        actions.show_action(wales, f"{meeting}/01")
    history.redo(wales)
    assert actions.show_action(wales, f"{meeting}/01").row.lead == "Jeff Farrar"


def test_a_removed_line_takes_its_action_along(wales: Workspace, meeting: str) -> None:
    line = minutes.add_line(wales, meeting, "a: share the pack", 3)
    minutes.remove_line(wales, meeting, line.key)
    assert meetings.show_meeting(wales, meeting).lines == ()
    with pytest.raises(NotFound):
        minutes.turn_line(wales, meeting, line.key, LineKind.NOTE)


def test_an_empty_line_and_an_item_that_is_not_there_are_refused(wales: Workspace, meeting: str) -> None:
    with pytest.raises(BadInput, match="needs words"):
        minutes.add_line(wales, meeting, "a:   @jeff", 1)
    with pytest.raises(NotFound, match="no item 9"):
        minutes.add_line(wales, meeting, "n: heard", 9)
    assert meetings.show_meeting(wales, meeting).lines == ()


def test_a_cancelled_meeting_has_no_minutes(wales: Workspace, meeting: str) -> None:
    meetings.cancel_meeting(wales, meeting)
    with pytest.raises(Refused, match="has no minutes"):
        minutes.add_line(wales, meeting, "n: heard", 1)


def test_attendance_is_said_once_and_may_be_put_right(wales: Workspace, meeting: str) -> None:
    attendance.set_attendance(
        wales, meeting, "Jeff Farrar", attendance_draft({"state": "apologies", "reason": "leave"})
    )
    row = attendance.set_attendance(wales, meeting, "jeff", attendance_draft({"state": "part", "items": "2-4"}))
    assert (row.name, row.state, row.items, row.reason) == ("Jeff Farrar", Presence.PART, "2-4", None)
    assert len(meetings.show_meeting(wales, meeting).attendance) == 1


def test_a_deputy_and_a_walk_in_are_kept(wales: Workspace, meeting: str) -> None:
    draft = attendance_draft({"state": "deputy", "deputy_for": "Jeff Farrar"})
    assert attendance.set_attendance(wales, meeting, "SPOC Gwent", draft).deputy_for == "Jeff Farrar"
    walked_in = attendance.set_attendance(wales, meeting, "A  visitor", attendance_draft({"state": "in attendance"}))
    assert (walked_in.name, walked_in.state) == ("A visitor", Presence.IN_ATTENDANCE)


def test_everybody_invited_is_marked_at_once_but_those_who_are_marked(wales: Workspace, meeting: str) -> None:
    attendance.set_attendance(wales, meeting, "Jeff Farrar", attendance_draft({"state": "apologies"}))
    assert attendance.mark_the_rest(wales, meeting, attendance_draft({"state": "present"})) == 2
    states = {row.name: row.state for row in meetings.show_meeting(wales, meeting).attendance}
    assert states["Jeff Farrar"] is Presence.APOLOGIES
    assert list(states.values()).count(Presence.PRESENT) == 2


@pytest.mark.parametrize("items", ["two", "2-", "a-b"])
def test_items_are_numbers(items: str) -> None:
    with pytest.raises(BadInput, match="are no items"):
        attendance_draft({"state": "part", "items": items})


@pytest.mark.parametrize("items", ["4-9", "0", "6"])
def test_items_are_those_of_the_agenda(wales: Workspace, meeting: str, items: str) -> None:
    with pytest.raises(NotFound, match="no item"):
        attendance.set_attendance(wales, meeting, "jeff", attendance_draft({"state": "part", "items": items}))
    with pytest.raises(BadInput, match="goes backwards: write 2-4"):
        attendance_draft({"state": "part", "items": "4-2"})


@pytest.mark.parametrize(
    ("minutes_typed", "sentence"),
    [("abc", 'Minutes is a whole number, not "abc"'), (0, "Minutes is at least 1"), (9999, "Minutes is at most 1440")],
)
def test_a_number_that_is_none_is_said_in_words(minutes_typed: object, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        agenda_draft({"title": "Training", "minutes": minutes_typed})


def test_a_state_that_does_not_exist_is_named(wales: Workspace) -> None:
    with pytest.raises(BadInput, match="present, online, deputy"):
        attendance_draft({"state": "asleep"})


def test_of_twenty_items_exactly_the_open_the_standing_and_the_unreached_go_forward(wales: Workspace) -> None:
    ref = meetings.add_meeting(wales, meeting_draft({"group": "LG", "starts": "2013-12-10 10:00"}, wales.today())).ref
    following = next_meeting(wales)
    for number in range(1, 21):
        standing = number > 17
        minutes.add_item(wales, ref, agenda_draft({"title": f"Item {number}", "standing": standing}))
    for number in range(1, 8):
        minutes.add_line(wales, ref, f"a: work on {number}", number)
    for number in range(8, 16):
        minutes.add_line(wales, ref, f"n: heard {number}", number)
    verdicts, to = carry_forward.close_meeting(wales, ref)
    assert to == following
    agenda = meetings.show_meeting(wales, following).agenda
    wanted = [f"Item {n}" for n in (*range(1, 8), 16, 17, 18, 19, 20)]
    assert [item.title for item in agenda] == wanted
    assert len(agenda) == 12
    reasons = {verdict.item: verdict.reason for verdict in verdicts}
    assert reasons["Item 3"] == f"open: {ref}/03"
    assert reasons["Item 9"] == "done: discussed, no action open"
    assert reasons["Item 16"] == "not reached"
    assert reasons["Item 20"] == "standing item"


def test_an_open_action_under_no_item_is_a_matter_arising(wales: Workspace, meeting: str) -> None:
    following = next_meeting(wales)
    minutes.add_item(wales, following, agenda_draft({"title": "Matters arising", "standing": True}))
    loose = actions.add_action(wales, action_draft({"title": "Find a room", "meeting": meeting}, wales.today())).ref
    done = actions.add_action(wales, action_draft({"title": "Book it", "meeting": meeting}, wales.today())).ref
    actions.close_action(wales, done)
    verdicts, _to = carry_forward.close_meeting(wales, meeting)
    assert verdicts[5:] == [Carried(None, f"{loose} Find a room", True, "open: a matter arising")]
    agenda = meetings.show_meeting(wales, following).agenda
    arising = next(item for item in agenda if item.title == "Matters arising")
    assert loose in [one.ref for one in arising.matters]


def test_carrying_twice_puts_each_item_on_the_agenda_once(wales: Workspace, meeting: str) -> None:
    following = next_meeting(wales)
    carry_forward.carry(wales, meeting, following)
    carry_forward.carry(wales, meeting, following)
    assert len(meetings.show_meeting(wales, following).agenda) == 5


def test_a_carried_item_stays_open_while_the_action_of_the_first_meeting_is(wales: Workspace, meeting: str) -> None:
    following = next_meeting(wales)
    minutes.tick_item(wales, meeting, 1)
    line = minutes.add_line(wales, meeting, "a: share the pack", 3)
    carry_forward.close_meeting(wales, meeting)
    carried = {verdict.item: verdict for verdict in carry_forward.what_goes_forward(wales, following)}
    assert "Welcome" not in carried
    assert carried["Training"].reason == f"open: {line.action}"
    minutes.tick_item(wales, following, carried["Training"].position or 0)
    actions.close_action(wales, line.action or "")
    carried = {verdict.item: verdict for verdict in carry_forward.what_goes_forward(wales, following)}
    assert not carried["Training"].goes_forward


def test_a_closed_meeting_is_held_and_may_not_be_closed_again(wales: Workspace, meeting: str) -> None:
    assert carry_forward.close_meeting(wales, meeting)[1] is None
    assert meetings.show_meeting(wales, meeting).row.state is MeetingState.HELD
    with pytest.raises(Refused, match="held already"):
        carry_forward.close_meeting(wales, meeting)
    history.undo(wales)
    assert meetings.show_meeting(wales, meeting).row.state is MeetingState.CONFIRMED


def test_what_is_open_never_goes_to_a_meeting_that_was_undone(wales: Workspace, meeting: str) -> None:
    next_meeting(wales)
    history.undo(wales)
    assert carry_forward.close_meeting(wales, meeting)[1] is None


def test_a_meeting_is_not_carried_to_itself(wales: Workspace, meeting: str) -> None:
    with pytest.raises(Refused, match="to itself"):
        carry_forward.carry(wales, meeting, meeting)


def test_other_words_in_a_line_are_the_words_of_its_action_too(wales: Workspace, meeting: str) -> None:
    line = minutes.add_line(wales, meeting, "a: share the pack", 3)
    minutes.edit_line(wales, meeting, line.key, "share the course pack @jeff due fri")
    row = actions.show_action(wales, line.action or "").row
    assert (row.title, row.lead, row.ref) == ("share the course pack", "Jeff Farrar", line.action)
    with pytest.raises(Refused, match="by its own key"):
        minutes.edit_line(wales, meeting, line.key, "d: decided")


def test_owners_and_date_put_right_in_the_minutes_are_what_was_agreed(wales: Workspace, meeting: str) -> None:
    line = minutes.add_line(wales, meeting, "a: share the pack @jeff @ahtc due end jan", 3)
    minutes.edit_line(wales, meeting, line.key, "share the pack @ahtc @spoc.gwent @nobodyatall due end feb")
    row = actions.show_action(wales, line.action or "").row
    assert row.title == "share the pack @nobodyatall"
    assert row.lead == "Anti Human Trafficking Co-ordinator"
    assert row.support == ("Single Point of Contact, Gwent Police",)
    assert (row.due, row.slips) == (row.original_due, 0)
    assert row.due is not None
    assert row.due.latest == date(2014, 2, 28)
    edit = action_draft({"due": "2014-05-01", "reason": "illness"}, wales.today())
    actions.edit_action(wales, row.ref, edit)
    minutes.edit_line(wales, meeting, line.key, "share the pack due end march")
    row = actions.show_action(wales, row.ref).row
    assert row.due is not None
    assert row.original_due is not None
    assert (row.due.latest, row.original_due.latest) == (date(2014, 5, 1), date(2014, 3, 31)), "it slipped since"


def test_a_line_moves_among_its_neighbours_and_stays_at_the_end(wales: Workspace, meeting: str) -> None:
    first = minutes.add_line(wales, meeting, "n: first", 3)
    minutes.add_line(wales, meeting, "n: second", 3)
    minutes.move_line(wales, meeting, first.key, 1)
    minutes.move_line(wales, meeting, first.key, 1)
    assert [line.text for line in meetings.show_meeting(wales, meeting).lines] == ["second", "first"]


def test_the_sitting_counts_who_is_there_and_who_is_waited_for(wales: Workspace, meeting: str) -> None:
    attendance.set_attendance(wales, meeting, "Jeff Farrar", attendance_draft({"state": "online"}))
    minutes.add_line(wales, meeting, "n: heard", 1)
    now = live_minutes.sitting(wales, meeting)
    assert (now.present, now.apologies, len(now.waiting), now.quorum) == (1, 0, 2, None)
    assert now.discussed == (True, False, False, False, False)


def test_owners_are_offered_by_the_post_that_they_hold(wales: Workspace, meeting: str) -> None:
    offered = {owner.ref: owner.label for owner in live_minutes.owners(wales, meeting)}
    assert offered["ahtc"] == "Stephen Chapman (AHTC)"
    assert "stephen-chapman" not in offered
    assert live_minutes.owners(wales, meeting)[0].label == "Jeff Farrar", "who is invited comes first"


def test_unfinished_words_survive_and_leave_no_trace_in_the_journal(wales: Workspace, meeting: str) -> None:
    steps = len(history.list_steps(wales))
    live_minutes.keep_unfinished(wales, meeting, "a: half a th")
    assert live_minutes.unfinished(wales, meeting) == "a: half a th"
    live_minutes.keep_unfinished(wales, meeting, "")
    assert live_minutes.unfinished(wales, meeting) == ""
    assert len(history.list_steps(wales)) == steps
