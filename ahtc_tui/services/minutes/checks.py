"""Checks for missing entries in the minutes of a meeting, before a copy is issued or the meeting is closed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ahtc_tui.domain.actions.filters import ActionFilter, ActionScope, Sort
from ahtc_tui.domain.actions.model import ActionRow
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.meetings.decisions import read_votes
from ahtc_tui.domain.meetings.kinds import LineKind
from ahtc_tui.domain.meetings.model import MeetingCard
from ahtc_tui.domain.minutes.checks import Gap, GapKind, find_action_gaps, find_attendance_faults, is_empty_decision
from ahtc_tui.services import record_lookup
from ahtc_tui.services.documents.ready_sentences import find_figure_gaps
from ahtc_tui.services.meetings.attendance import count_voting_by_item, find_quorum
from ahtc_tui.services.minutes.roll_call import read_voter_interests
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.actions import queries as stored_actions
from ahtc_tui.store.actions.filter_sql import Page
from ahtc_tui.store.groups.seats import read_overlapping_seats
from ahtc_tui.store.meetings import attendance as stored_attendance
from ahtc_tui.store.meetings.cards import read_card
from ahtc_tui.store.meetings.invitations import read_invited_parties
from ahtc_tui.store.minutes import lifecycle as stored
from ahtc_tui.store.minutes import queries as stored_minutes
from ahtc_tui.store.records.cursor import Cursor


def list_gaps(workspace: Workspace, ref: str) -> list[Gap]:
    """Return all missing entries in the order of the paper; an empty list means that it is complete.

    Raises NotFound.
    """
    with workspace.database.read() as cursor:
        meeting = record_lookup.find_meeting_key(cursor, ref)
        card = read_card(cursor, meeting, workspace.today())
        return [*find_gaps(cursor, meeting, card, workspace.today()), *find_figure_gaps(cursor, workspace, card)]


def find_gaps(cursor: Cursor, meeting: RowKey, meeting_card: MeetingCard, today: date) -> list[Gap]:
    """Do the same as `list_gaps` for a meeting that has been read."""
    action_filter = ActionFilter(which=ActionScope.ALL, meeting=meeting)
    listed = stored_actions.read_actions(cursor, action_filter, Sort.REF, today, Page(None))
    actions = {action.ref: action for _place, action in listed}
    vote_gaps = [
        *_find_vote_gaps(cursor, meeting, meeting_card, today),
        *_find_interest_gaps(cursor, meeting, meeting_card, today),
    ]
    gaps = [*_find_line_gaps(meeting_card, actions), *vote_gaps, *_find_item_gaps(cursor, meeting)]
    gaps.sort(key=lambda gap: (gap.item is None, gap.item or 0, gap.line is not None))
    return [*_find_attendance_gaps(cursor, meeting, today), *gaps]


def _find_attendance_gaps(cursor: Cursor, meeting: RowKey, today: date) -> Iterator[Gap]:
    waiting = [name for _key, name in stored_attendance.read_not_marked(cursor, meeting, today)]
    if not waiting and stored.has_no_attendance(cursor, meeting):
        waiting = [""]
    for name in waiting:
        yield Gap(GapKind.NO_ATTENDANCE, None, None, None, name)
    held = stored_attendance.read_meeting_attendance(cursor, meeting, today)
    quorum = None if stored.has_no_attendance(cursor, meeting) else find_quorum(cursor, meeting, today)
    if quorum and quorum[1] < quorum[0]:
        text = _("{m} present, {n} needed").format(m=quorum[1], n=quorum[0])
        yield Gap(GapKind.NO_QUORUM, None, None, None, text)
    seats = stored_attendance.read_places(cursor, held.group or None)
    for kind, name in find_attendance_faults(seats, held, read_invited_parties(cursor, meeting)):
        yield Gap(kind, None, None, None, name)
    for seat in read_overlapping_seats(cursor, held.day, held.group) if held.group else ():
        yield Gap(GapKind.TWO_TERMS, None, None, None, f"{seat.member} ({', '.join((seat.ref, *seat.overlaps))})")


def _find_line_gaps(meeting_card: MeetingCard, actions: dict[str, ActionRow]) -> Iterator[Gap]:
    for line in meeting_card.lines:
        action = actions.pop(line.action, None) if line.action else None
        for kind in find_action_gaps(action) if action else ():
            yield Gap(kind, line.item, line.number, line.action, line.text, line.key, line.text_cy)
        if line.kind is LineKind.DECISION and is_empty_decision(line.text):
            yield Gap(GapKind.NO_WORDS, line.item, line.number, line.decision, line.text, line.key, line.text_cy)
    for action in actions.values():
        for kind in find_action_gaps(action):
            yield Gap(kind, None, None, action.ref, action.title, text_cy=action.title_cy)


def _find_vote_gaps(cursor: Cursor, meeting: RowKey, meeting_card: MeetingCard, today: date) -> Iterator[Gap]:
    """Return votes with more counts than votes present at their item, where the attendance is recorded."""
    lines = [(line, votes) for line in meeting_card.lines if (votes := read_votes(line.votes))]
    if lines and not stored.has_no_attendance(cursor, meeting):
        present = count_voting_by_item(cursor, meeting, today, [line.item for line, _votes in lines])
        for (line, votes), count in zip(lines, present, strict=True):
            if votes.total > count:
                yield Gap(GapKind.TOO_MANY_VOTES, line.item, line.number, None, line.text, line.key, line.text_cy)


def _find_interest_gaps(cursor: Cursor, meeting: RowKey, meeting_card: MeetingCard, today: date) -> Iterator[Gap]:
    """Return votes by people with an interest in a body that the item names."""
    interests = read_voter_interests(cursor, meeting, today)
    for line in meeting_card.lines:
        for interest in interests.get(line.key, ()):
            yield Gap(GapKind.VOTED_WITH_INTEREST, line.item, line.number, None, interest, line.key)


def _find_item_gaps(cursor: Cursor, meeting: RowKey) -> Iterator[Gap]:
    """Return agenda items without minutes, except opening, closing and other standing items."""
    for _key, item in stored_minutes.read_item_standings(cursor, meeting):
        if not item.discussed and not item.standing:
            yield Gap(GapKind.NOTHING_RECORDED, item.position, None, None, item.title, text_cy=item.title_cy)
