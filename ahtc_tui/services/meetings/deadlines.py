"""Deadlines that follow from the date of a meeting: notice, papers and minutes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ahtc_tui.domain.dates.date_as_known import Precision
from ahtc_tui.domain.meetings.kinds import MeetingKind, MeetingState
from ahtc_tui.store.meetings import agenda as stored

if TYPE_CHECKING:
    from datetime import date

    from ahtc_tui.domain.dates.date_as_known import DateAsKnown
    from ahtc_tui.domain.meetings.model import MeetingCard, MeetingRow
    from ahtc_tui.store.records.cursor import Cursor


def add_deadlines(cursor: Cursor, card: MeetingCard) -> MeetingCard:
    """Add the notice, papers and minutes dates to a meeting; visits, launches and cancelled meetings have none."""
    row = card.row
    if row.kind is not MeetingKind.MEETING or row.state is MeetingState.CANCELLED:
        return card
    day, next_meeting_day = stored.read_meeting_days(cursor, row.key)
    if day is None:
        return card
    from ahtc_tui.domain.dates.working_days import compute_deadlines

    days = [candidate for candidate in (next_meeting_day, _find_planned_day(cursor, row)) if candidate]
    deadlines = compute_deadlines(day, min(days, default=None))
    if deadlines is None:
        return card
    return replace(
        card,
        notice_on=deadlines.notice_on,
        papers_on=deadlines.papers_on,
        draft_on=deadlines.draft_on,
        final_on=deadlines.final_on,
    )


def find_papers_day(day: DateAsKnown | None) -> date | None:
    """Return the day on which papers go out; None if the day of the meeting is not known exactly."""
    if day is None or day.precision is not Precision.DAY:
        return None
    from ahtc_tui.domain.dates.working_days import compute_deadlines

    deadlines = compute_deadlines(day.latest)
    return deadlines.papers_on if deadlines else None


def _find_planned_day(cursor: Cursor, row: MeetingRow) -> date | None:
    """Return the next day that a series of the group plans and that has no record yet."""
    from ahtc_tui.services.meetings.series_dates import find_planned_after

    planned = find_planned_after(cursor, row)
    return (planned[1].starts or planned[1].planned).date() if planned else None
