"""Tests of votes, outcomes of items and the kinds of line that documents print with a label."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace

import pytest

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.documents.meeting_document import Cut, DocumentKind, Edition
from ahtc_tui.domain.drafts.contacts import build_interest_draft
from ahtc_tui.domain.drafts.groups import build_seat_draft
from ahtc_tui.domain.drafts.meetings import build_item_edit, build_meeting_draft
from ahtc_tui.domain.drafts.minutes import build_agenda_draft, build_attendance_draft
from ahtc_tui.domain.errors import BadInput, NotFound, Refused
from ahtc_tui.domain.i18n import Language
from ahtc_tui.domain.meetings.attended_items import add_arrival, add_departure, format_items, is_present_at
from ahtc_tui.domain.meetings.kinds import ItemOutcome, LineKind
from ahtc_tui.domain.meetings.model import LineRow
from ahtc_tui.domain.minutes.checks import GapKind
from ahtc_tui.domain.settings.parser import VoteStyle
from ahtc_tui.services.contacts.interests import add_interest
from ahtc_tui.services.documents.composition import compose_document
from ahtc_tui.services.groups.seats import edit_seat, give_seat
from ahtc_tui.services.history import undo_step
from ahtc_tui.services.meetings import agenda, attendance
from ahtc_tui.services.meetings import service as meetings
from ahtc_tui.services.minutes import carry_forward, live_minutes
from ahtc_tui.services.minutes import service as minutes
from ahtc_tui.services.minutes.checks import list_gaps
from ahtc_tui.services.minutes.roll_call import voter_interests
from ahtc_tui.services.record_lookup import find_group_key
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY, make_line, make_party

NAMES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")


@pytest.fixture
def meeting(workspace: Workspace) -> str:
    """A meeting of a board with a quorum of two, eight members, a deputy, and two items."""
    group = make_party(workspace, "Board", "board", kind="group")
    members = {name: make_party(workspace, name.title(), name, kind="person") for name in NAMES}
    with workspace.database.write("seat the board") as ledger:
        ledger.update("groups", group, {"quorum": 2})
        for name, party in members.items():
            ledger.add("seats", {"ref": f"board/{name}", "group": group, "party": party, "role": "member"})
    make_party(workspace, "Stand-in", "stand-in", kind="person")
    ref = meetings.add_meeting(
        workspace, build_meeting_draft({"group": "board", "starts": "2013-11-28 10:00"}, workspace.today())
    ).ref
    for title in ("Training", "Data sets"):
        agenda.add_item(workspace, ref, build_agenda_draft({"title": title}))
    return ref


def attend(workspace: Workspace, ref: str, name: str, **values: object) -> None:
    attendance.set_attendance(workspace, ref, name, build_attendance_draft(values))


def print_minutes(workspace: Workspace, ref: str, language: Language = Language.EN) -> list[str]:
    document = compose_document(
        workspace, DocumentKind.MINUTES, ref, Edition(Cut.CIRCULATED, Marking.OFFICIAL, language)
    )
    return [f"{line.number} {line.text}".strip() for item in document.agenda for line in item.lines]


def test_a_vote_without_a_quorum_is_refused_and_writes_nothing(workspace: Workspace, meeting: str) -> None:
    attend(workspace, meeting, "First", state="present")
    with pytest.raises(Refused, match="needs 2 members, and 1 are present"):
        minutes.add_lines(workspace, meeting, "n: heard. v: 5-2-1 adopt the course", 1)
    assert meetings.show_meeting(workspace, meeting).lines == ()


def test_a_deputy_counts_for_the_quorum_of_a_vote(workspace: Workspace, meeting: str) -> None:
    attend(workspace, meeting, "First", state="present")
    attend(workspace, meeting, "Stand-in", state="deputy", deputy_for="Second")
    line = make_line(workspace, meeting, "v: 5-2-1 adopt the course", 1)
    assert (line.kind, line.votes, line.text) == (LineKind.VOTE, "5-2-1", "adopt the course")


def test_a_vote_with_more_counts_than_members_present_is_a_gap(workspace: Workspace, meeting: str) -> None:
    attend(workspace, meeting, "First", state="present")
    attend(workspace, meeting, "Second", state="present")
    make_line(workspace, meeting, "v: 5-2-1 adopt the course", 1)
    make_line(workspace, meeting, "v: 1-1-0 adopt the data set", 2)
    gaps = [(gap.kind, gap.line) for gap in list_gaps(workspace, meeting)]
    assert [gap for gap in gaps if gap[0] is not GapKind.NO_ATTENDANCE] == [(GapKind.TOO_MANY_VOTES, "1.1")]


def test_a_vote_is_no_gap_while_no_attendance_is_recorded(workspace: Workspace, meeting: str) -> None:
    with workspace.database.write("remove the quorum") as ledger:
        key = find_group_key(ledger.cursor, "board")
        assert key is not None
        ledger.update("groups", key, {"quorum": None})
    make_line(workspace, meeting, "v: 5-2-1 adopt the course", 1)
    kinds = {gap.kind for gap in list_gaps(workspace, meeting)}
    assert kinds == {GapKind.NO_ATTENDANCE, GapKind.NOTHING_RECORDED}


def test_who_left_before_an_item_does_not_count_for_its_vote(workspace: Workspace, meeting: str) -> None:
    attend(workspace, meeting, "First", state="present")
    attend(workspace, meeting, "Second", state="present")
    attend(workspace, meeting, "Second", left=1)
    make_line(workspace, meeting, "v: 2-0-0", 1)
    with pytest.raises(Refused, match="1 are present"):
        make_line(workspace, meeting, "v: 1-0-0", 2)
    sitting = live_minutes.show_live_meeting(workspace, meeting)
    assert (sitting.voting, sitting.voting_by_item) == (2, (2, 1))


def test_a_note_cannot_become_a_vote_without_a_quorum(workspace: Workspace, meeting: str) -> None:
    line = make_line(workspace, meeting, "n: 5-2-1 adopt the course", 1)
    with pytest.raises(Refused, match="quorum"):
        minutes.change_line_kind(workspace, meeting, line.key, LineKind.VOTE)


@pytest.mark.parametrize("typed", ["v: adopt", "v:", "v: five-two", "v: 1234-1 x", "v: 2013-12-10 adopted"])
def test_a_vote_without_counts_is_not_understood(workspace: Workspace, meeting: str, typed: str) -> None:
    with pytest.raises(BadInput):
        make_line(workspace, meeting, typed, 1)


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("v: 5-2-1 Adopt the course.", "1.1 Vote: Adopt the course. 5 for, 2 against, 1 abstention. Carried."),
        ("v: 3–3", "1.1 Vote: 3 for, 3 against, 0 abstentions. The votes were equal."),
        ("V: 0 - 4 - 0: adopt", "1.1 Vote: adopt. 0 for, 4 against, 0 abstentions. Not carried."),
        ("dissent: Gwent disagreed", "1.1 Dissent: Gwent disagreed"),
        ("delegated: The chair may sign", "1.1 Delegation: The chair may sign"),
        ("pmn: The dates were sent", "1.1 Post-meeting note: The dates were sent"),
    ],
)
def test_lines_of_these_kinds_begin_with_their_label(
    workspace: Workspace, meeting: str, typed: str, printed: str
) -> None:
    for name in ("First", "Second"):
        attend(workspace, meeting, name, state="present")
    make_line(workspace, meeting, typed, 1)
    assert print_minutes(workspace, meeting) == [printed]


def test_the_office_can_print_the_outcome_of_a_vote_alone(workspace: Workspace, meeting: str) -> None:
    for name in ("First", "Second"):
        attend(workspace, meeting, name, state="present")
    make_line(workspace, meeting, "v: 5-2-1 Adopt the course", 1, "Mabwysiadu'r cwrs")
    office = replace(workspace, vote_style=VoteStyle.OUTCOME)
    assert print_minutes(office, meeting) == ["1.1 Vote: Adopt the course. Carried."]
    welsh = "1.1 Pleidlais: Mabwysiadu'r cwrs. 5 o blaid, 2 yn erbyn, 1 yn ymatal. Derbyniwyd y cynnig."
    assert print_minutes(workspace, meeting, Language.CY) == [welsh]


def test_an_edit_of_a_vote_changes_its_counts_only_where_they_are_typed(workspace: Workspace, meeting: str) -> None:
    for name in ("First", "Second"):
        attend(workspace, meeting, name, state="present")
    line = make_line(workspace, meeting, "v: 5-2-1 adopt the course", 1)
    assert line.typed_text == "5-2-1 adopt the course"
    edited = minutes.edit_line(workspace, meeting, line.key, "adopt both courses")
    assert (edited.votes, edited.text) == ("5-2-1", "adopt both courses")
    edited = minutes.edit_line(workspace, meeting, line.key, "4-3 adopt both courses")
    assert (edited.votes, edited.text) == ("4-3-0", "adopt both courses")
    note = minutes.change_line_kind(workspace, meeting, line.key, LineKind.NOTE)
    assert (note.votes, note.text) == (None, "4-3-0 adopt both courses")
    undo_step(workspace)
    assert meetings.show_meeting(workspace, meeting).lines[0].votes == "4-3-0"


def test_a_deferred_item_is_carried_forward_and_an_item_that_was_noted_is_not(
    workspace: Workspace, meeting: str
) -> None:
    agenda.edit_item(workspace, meeting, 1, build_item_edit({"outcome": "noted"}))
    for outcome in (*ItemOutcome, None, ItemOutcome.NOTED, ItemOutcome.AGREED, ItemOutcome.DEFERRED):
        assert agenda.set_next_outcome(workspace, meeting, 2).outcome is outcome
    carried = [(row.goes_forward, row.reason) for row in carry_forward.list_carried_items(workspace, meeting)]
    assert carried == [(False, "discussed, with no open actions"), (True, "deferred")]
    assert print_minutes(workspace, meeting) == ["Outcome: noted.", "Outcome: deferred."]


def test_attendance_that_was_recorded_by_mistake_is_removed(workspace: Workspace, meeting: str) -> None:
    attend(workspace, meeting, "First", state="present")
    attend(workspace, meeting, "A visitor", state="in_attendance")
    assert attendance.remove_attendance(workspace, meeting, "a visitor".capitalize()) == "A visitor"
    assert attendance.remove_attendance(workspace, meeting, "first") == "First"
    assert meetings.show_meeting(workspace, meeting).attendance == ()
    undo_step(workspace)
    assert [row.name for row in meetings.show_meeting(workspace, meeting).attendance] == ["First"]


def test_late_arrival_and_early_departure_are_kept_together(workspace: Workspace, meeting: str) -> None:
    attend(workspace, meeting, "First", state="apologies", reason="on leave")
    attend(workspace, meeting, "First", arrived=2)
    (row,) = meetings.show_meeting(workspace, meeting).attendance
    assert (row.state.value, row.items, row.reason) == ("part", "2-", None)
    attend(workspace, meeting, "First", left=2)
    assert meetings.show_meeting(workspace, meeting).attendance[0].items == "2-2"


@pytest.mark.parametrize(
    ("items", "present", "words"),
    [
        ("2-4", (2, 3, 4), "items 2 to 4"),
        ("3", (3,), "item 3"),
        ("1, 3-4", (1, 3, 4), "items 1, 3–4"),
        ("3-", (3, 4, 5), "from item 3"),
        ("-2", (1, 2), "to item 2"),
        ("1, 4-", (1, 4, 5), "items 1, 4–"),
    ],
)
def test_items_of_an_attendee_may_be_open_at_either_end(items: str, present: tuple[int, ...], words: str) -> None:
    assert tuple(position for position in range(1, 6) if is_present_at(items, position)) == present
    assert format_items(items) == words


def test_a_departure_before_the_recorded_arrival_replaces_it() -> None:
    assert (add_departure("3-", 2), add_arrival("-2", 4), add_departure(None, 3)) == ("-2", "4-", "-3")


def minute_vote(workspace: Workspace, ref: str, typed: str) -> LineRow:
    return minutes.add_lines(workspace, ref, f"v: {typed}", 1)[0]


def seat_board(workspace: Workspace, ref: str, *names: str) -> None:
    for name in names:
        attend(workspace, ref, name, state="present")


def test_a_roll_call_counts_one_vote_a_seat(workspace: Workspace, meeting: str) -> None:
    seat_board(workspace, meeting, "First", "Second", "Third", "Fourth")
    line = minute_vote(workspace, meeting, "for @first @second; against @third; abstain @fourth adopt the course")
    assert (line.votes, line.text) == ("2-1-1", "adopt the course")
    assert line.shown_text == (
        "adopt the course (2 for, 1 against, 1 abstention. Carried. For: First, Second. Against: Third."
        " Abstained: Fourth.)"
    )
    edited = minutes.edit_line(workspace, meeting, line.key, "2-1-1 adopt both courses")
    assert (edited.text, edited.roll_call) == ("adopt both courses", line.roll_call)


def test_the_casting_vote_of_the_chair_decides_equal_votes(workspace: Workspace, meeting: str) -> None:
    seat_board(workspace, meeting, "First", "Second", "Third")
    edit_seat(workspace, "board/third", build_seat_draft({"role": "chair"}, TODAY))
    with pytest.raises(Refused, match="First is not in the chair"):
        minute_vote(workspace, meeting, "for @first; against @second; casting @first")
    with pytest.raises(Refused, match="not equal, so there is no casting vote"):
        minute_vote(workspace, meeting, "for @first @second; casting @third")
    carried = minute_vote(workspace, meeting, "for @first; against @second; casting @third")
    lost = minute_vote(workspace, meeting, "for @first; against @second; casting against @third")
    assert "Carried on the casting vote of Third." in carried.shown_text
    assert "Not carried, on the casting vote of Third." in lost.shown_text


@pytest.mark.parametrize(
    ("typed", "error", "sentence"),
    [
        ("for @first @first", BadInput, "votes twice"),
        ("for @stand-in", Refused, "Stand-in has no vote in this group"),
        ("for @first; against @third", Refused, "Third is not recorded as present"),
        ("for @nobody-known", NotFound, "nobody-known"),
        ("9-0-0", Refused, "9 votes are counted, but the group has 8 seats with a vote"),
    ],
)
def test_votes_that_no_seat_has_are_refused(
    workspace: Workspace, meeting: str, typed: str, error: type[Exception], sentence: str
) -> None:
    seat_board(workspace, meeting, "First", "Second")
    with pytest.raises(error, match=sentence):
        minute_vote(workspace, meeting, typed)
    assert meetings.show_meeting(workspace, meeting).lines == ()


@pytest.mark.parametrize(
    ("values", "is_refused"),
    [
        ({"voting": "no"}, True),
        ({"to_on": "2013-11-27"}, True),
        ({"from_on": "2013-11-29"}, True),
        ({}, False),
    ],
)
def test_only_a_class_with_a_vote_on_the_day_may_have_more_votes_than_seats(
    workspace: Workspace, meeting: str, values: dict[str, str], is_refused: bool
) -> None:
    give_seat(workspace, "board", "local authorities", build_seat_draft(values, TODAY), org_class=True)
    seat_board(workspace, meeting, "First", "Second")
    with pytest.raises(Refused, match="8 seats with a vote") if is_refused else nullcontext():
        minute_vote(workspace, meeting, "9-0-0")


def test_a_visitor_counts_for_the_quorum_only_beside_a_class_with_a_vote(workspace: Workspace, meeting: str) -> None:
    for name in ("First", "Stand-in"):
        attend(workspace, meeting, name, state="present")
    seat = give_seat(workspace, "board", "charities", build_seat_draft({"to_on": "2013-11-27"}, TODAY), org_class=True)
    assert attendance.count_votes_present(workspace, meeting, None) == 1
    edit_seat(workspace, seat.ref, build_seat_draft({"to_on": "2014-11-27"}, TODAY))
    assert attendance.count_votes_present(workspace, meeting, None) == 2


def test_a_deputy_votes_only_during_the_time_as_deputy(workspace: Workspace, meeting: str) -> None:
    seat_board(workspace, meeting, "First", "Third")
    attend(workspace, meeting, "Stand-in", state="deputy", deputy_for="Second")
    edit_seat(workspace, "board/second", build_seat_draft({"deputy": "Stand-in", "deputy_to": "2013-10-31"}, TODAY))
    with pytest.raises(Refused, match="Stand-in is no longer a deputy"):
        minute_vote(workspace, meeting, "for @stand-in @first")
    edit_seat(workspace, "board/second", build_seat_draft({"deputy_to": "2014-10-31"}, TODAY))
    line = minute_vote(workspace, meeting, "for @stand-in @first")
    assert str(line.roll_call) == "For: Second, First."


def test_a_voter_with_an_interest_in_the_item_is_a_gap(workspace: Workspace, meeting: str) -> None:
    make_party(workspace, "Example Charity", "charity", kind="organisation")
    draft = build_interest_draft(
        {"organisation": "Example Charity", "text": "Trustee", "declared_on": "2013-01-01"}, TODAY
    )
    add_interest(workspace, "First", draft)
    seat_board(workspace, meeting, "First", "Second")
    line = minute_vote(workspace, meeting, "for @first @second fund Example Charity")
    assert voter_interests(workspace, meeting, line.key) == ("Example Charity: First (Trustee)",)
    gaps = [(gap.kind, gap.line) for gap in list_gaps(workspace, meeting)]
    assert (GapKind.VOTED_WITH_INTEREST, "1.1") in gaps


def test_an_interest_in_words_alone_is_a_gap_where_the_item_shares_a_word(workspace: Workspace, meeting: str) -> None:
    add_interest(workspace, "First", build_interest_draft({"text": "Owns the lighthouse"}, TODAY))
    seat_board(workspace, meeting, "First", "Second")
    line = minute_vote(workspace, meeting, "for @first @second repair the lighthouse")
    assert voter_interests(workspace, meeting, line.key) == ("First (Owns the lighthouse)",)
    assert GapKind.VOTED_WITH_INTEREST in {gap.kind for gap in list_gaps(workspace, meeting)}
    other = minute_vote(workspace, meeting, "for @second; against @first adopt the report")
    assert voter_interests(workspace, meeting, other.key) == ()
