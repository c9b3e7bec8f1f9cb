"""Deadlines that follow from the date of a meeting: notice, papers and minutes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ahtc_tui.domain.dates.date_as_known import Precision
from ahtc_tui.domain.dates.working_days import compute_deadlines
from ahtc_tui.domain.meetings.kinds import MeetingKind, MeetingState
from ahtc_tui.domain.meetings.model import MeetingCard
from ahtc_tui.services.meetings.series_dates import find_planned_after, read_series_calendar, show_on_day
from ahtc_tui.store.meetings import agenda as stored
from ahtc_tui.store.records.cursor import Cursor


def add_deadlines(cursor: Cursor, card: MeetingCard, today: date) -> MeetingCard:
    """Add the notice, papers and minutes dates to a meeting, and to a series its next day with the dates of that day.

    Visits, launches and cancelled meetings have no such dates.
    """
    calendar = read_series_calendar(cursor, card.row.key)
    next_day = calendar.find_next(today) if calendar else None
    card = replace(card, next_day=next_day)
    row = show_on_day(card.row, next_day) if next_day else card.row
    if row.kind is not MeetingKind.MEETING or row.state is MeetingState.CANCELLED or (calendar and not next_day):
        return card
    if row.day is None or row.day.precision is not Precision.DAY:
        return card
    planned = find_planned_after(cursor, row)
    following = (stored.find_next_meeting_day(cursor, row.key, row.day.latest), planned[1].day if planned else None)
    deadlines = compute_deadlines(row.day.latest, min(filter(None, following), default=None))
    if deadlines is None:
        return card
    return replace(
        card,
        notice_on=deadlines.notice_on,
        papers_on=deadlines.papers_on,
        draft_on=deadlines.draft_on,
        final_on=deadlines.final_on,
    )
