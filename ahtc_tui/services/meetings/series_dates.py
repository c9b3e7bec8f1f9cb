"""Calculation of planned dates of a series and of the meeting after another one. Reads only."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from ahtc_tui.domain.dates.date_as_known import Precision
from ahtc_tui.domain.meetings.kinds import MeetingState
from ahtc_tui.domain.meetings.series import Series, Slot
from ahtc_tui.services.meetings.times import move_to_slot
from ahtc_tui.store.meetings import series as stored

if TYPE_CHECKING:
    from datetime import date

    from ahtc_tui.domain.meetings.model import MeetingRow
    from ahtc_tui.store.records.cursor import Cursor


def build_series(row: MeetingRow) -> Series | None:
    """Return the series of a meeting; None if it does not repeat or has no exact day to count from."""
    if not row.recurrence or row.day is None or row.day.precision is not Precision.DAY:
        return None
    return Series(row.recurrence, datetime.combine(row.day.latest, row.start_time or time.min), row.on_holiday, row.tz)


def find_next_slot(row: MeetingRow, today: date, taken: set[datetime]) -> Slot | None:
    """Return the next date of a series without a record; None if the series has ended or is cancelled."""
    series = build_series(row)
    if series is None or row.state is MeetingState.CANCELLED:
        return None
    return series.find_next_slot(today, taken)


def find_planned_after(cursor: Cursor, meeting: MeetingRow) -> tuple[MeetingRow, Slot] | None:
    """Return the next planned date of the group's series without a record after a meeting, with its series."""
    if meeting.day is None:
        return None
    taken = stored.read_taken_times(cursor)
    after = meeting.day.latest + timedelta(days=1)
    slots = [
        (row, slot)
        for row in stored.read_group_series(cursor, meeting.key)
        if (slot := find_next_slot(row, after, taken.get(row.key, set())))
    ]
    return min(slots, key=lambda pair: pair[1].starts or pair[1].planned, default=None)


def find_following_meeting(cursor: Cursor, meeting: MeetingRow, next_meeting: MeetingRow | None) -> MeetingRow | None:
    """Return the next meeting of the group: a record, or an earlier planned date of a series."""
    planned = find_planned_after(cursor, meeting)
    if planned is None:
        return next_meeting
    row, slot = planned
    next_day = next_meeting.day.latest if next_meeting and next_meeting.day else None
    return next_meeting if next_day and next_day <= (slot.starts or slot.planned).date() else move_to_slot(row, slot)
