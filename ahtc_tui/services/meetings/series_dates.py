"""What a series plans: its days that have no record yet, and the meeting that comes after another. Reads only."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from ahtc_tui.domain.dates.date_as_known import Precision
from ahtc_tui.domain.meetings.model import MeetingState
from ahtc_tui.domain.meetings.series import Series, Slot
from ahtc_tui.services.meetings.times import on_slot
from ahtc_tui.store.meetings import series as stored

if TYPE_CHECKING:
    from datetime import date

    from ahtc_tui.domain.meetings.model import MeetingRow
    from ahtc_tui.store.records.cursor import Cursor


def series_of(row: MeetingRow) -> Series | None:
    """When a series is; None for a meeting that does not repeat, or that has no day to count from."""
    if not row.recurrence or row.day is None or row.day.precision is not Precision.DAY:
        return None
    return Series(row.recurrence, datetime.combine(row.day.latest, row.start_time or time.min), row.on_holiday, row.tz)


def next_day(row: MeetingRow, today: date, taken: set[datetime]) -> Slot | None:
    """The next day of a series that has no record of its own; None where the series is over or called off."""
    series = series_of(row)
    if series is None or row.state is MeetingState.CANCELLED:
        return None
    return series.next(today, taken)


def planned_after(cursor: Cursor, meeting: MeetingRow) -> tuple[MeetingRow, Slot] | None:
    """The nearest day after a meeting that a series of its group plans and that has no record yet, with the series."""
    if meeting.day is None:
        return None
    taken = stored.taken(cursor)
    after = meeting.day.latest + timedelta(days=1)
    found = [
        (row, slot)
        for row in stored.of_group(cursor, meeting.key)
        if (slot := next_day(row, after, taken.get(row.key, set())))
    ]
    return min(found, key=lambda one: one[1].starts or one[1].planned, default=None)


def following(cursor: Cursor, meeting: MeetingRow, known: MeetingRow | None) -> MeetingRow | None:
    """The meeting after this one: the known one, or a day that a series plans and that comes sooner."""
    planned = planned_after(cursor, meeting)
    if planned is None:
        return known
    row, slot = planned
    other = known.day.latest if known and known.day else None
    return known if other and other <= (slot.starts or slot.planned).date() else on_slot(row, slot)
