"""Queries of the pane beside Today: the days of a month, minutes to send and the latest steps."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from ahtc_tui.domain.history import StepRow
from ahtc_tui.domain.meetings.kinds import MeetingKind
from ahtc_tui.domain.today import MinutesToSend
from ahtc_tui.store.actions.state_sql import NEVER_LATE
from ahtc_tui.store.journal.queries import list_steps
from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.records.rows import select_column, select_rows

EXACT_DAY_LENGTH = 10
"""Length of a stored date that is known to the day: longer ones have a precision or words."""
MINUTES_DAYS = 60
"""Days after a meeting for which its unsent minutes are listed."""
STEPS_READ = 40

MEETING_DAYS = f"""SELECT m.day, m.kind FROM meetings m WHERE NOT m.deleted AND m.state <> 'cancelled'
 AND m.recurrence IS NULL AND length(m.day) = {EXACT_DAY_LENGTH} AND m.day BETWEEN :first AND :last"""
PAPER_DAYS = f"""SELECT p.due_on FROM papers p WHERE NOT p.deleted AND length(p.due_on) = {EXACT_DAY_LENGTH}
 AND p.due_on BETWEEN :first AND :last"""
DUE_DAYS = f"""SELECT DISTINCT a.due FROM actions a WHERE a.is_open = 1 AND length(a.due) = {EXACT_DAY_LENGTH}
 AND a.due_day BETWEEN :first AND :last AND a.status NOT IN ({NEVER_LATE})"""
MINUTES_TO_SEND = f"""SELECT m.ref, m.title, m.day FROM meetings m WHERE NOT m.deleted AND m.kind = 'meeting'
 AND m.state <> 'cancelled' AND m.recurrence IS NULL AND m.minutes_state IN ('draft', 'cleared')
 AND length(m.day) = {EXACT_DAY_LENGTH} AND m.day >= :first AND m.day < :last ORDER BY m.day, m.n"""


class MeetingDay(NamedTuple):
    """The day and the kind of a meeting."""

    day: date
    kind: MeetingKind


def list_meeting_days(cursor: Cursor, first: date, last: date) -> list[MeetingDay]:
    """Return the meetings between two days that are not cancelled; days of a series only where they have a record."""
    return select_rows(cursor, MeetingDay, MEETING_DAYS, _build_span(first, last))


def list_paper_days(cursor: Cursor, first: date, last: date) -> set[date]:
    """Return the days between two days on which papers are due."""
    return set(map(date.fromisoformat, select_column(cursor, PAPER_DAYS, _build_span(first, last))))


def list_due_days(cursor: Cursor, first: date, last: date) -> set[date]:
    """Return the exact due dates of open actions between two days."""
    return set(map(date.fromisoformat, select_column(cursor, DUE_DAYS, _build_span(first, last))))


def list_minutes_to_send(cursor: Cursor, today: date) -> list[MinutesToSend]:
    """Return the latest meetings whose minutes were not circulated, the earliest first."""
    span = _build_span(today - timedelta(MINUTES_DAYS), today)
    return select_rows(cursor, MinutesToSend, MINUTES_TO_SEND, span)


def list_steps_since(cursor: Cursor, day: date) -> list[StepRow]:
    """Return the steps on or after a day, the newest first; at most `STEPS_READ`."""
    return [step for step in list_steps(cursor, STEPS_READ) if step.at.astimezone().date() >= day]


def _build_span(first: date, last: date) -> dict[str, str]:
    return {"first": first.isoformat(), "last": last.isoformat()}
