"""The days of a series: its rule, the bank holidays, and the records of days that differ. Reads only.

`SeriesCalendar` is the only source of these days, for lists, cards, deadlines, documents and calendar files.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.meetings.kinds import MeetingScope, MeetingState
from ahtc_tui.domain.meetings.model import LONDON, MeetingRow, SeriesDay
from ahtc_tui.domain.meetings.series import Series, Slot, build_series
from ahtc_tui.domain.meetings.wall_time import add_duration, convert_wall_time
from ahtc_tui.services.meetings.times import compute_length
from ahtc_tui.store.meetings import queries as stored_meetings
from ahtc_tui.store.meetings import series as stored
from ahtc_tui.store.records.cursor import Cursor


@dataclass(frozen=True, slots=True)
class SeriesCalendar:
    """A series as stored, with the records of its days."""

    row: MeetingRow
    rule: Series
    own_days: tuple[MeetingRow, ...]
    """Days with a record, by planned time."""
    recorded_times: frozenset[datetime]
    """Planned times that have a record, also one that a limit on the marking hides."""

    def list_days(self, first: date, last: date) -> list[SeriesDay]:
        """Return the days planned for, or moved to, a day from `first` to `last`, by planned time."""
        recorded = [
            self._build_own_day(own_day)
            for own_day in self.own_days
            if own_day.recurrence_id and _is_within(own_day, first, last)
        ]
        planned = [
            self._build_planned_day(slot)
            for slot in self.rule.list_slots(*_widen_period(first, last, self.row.tz))
            if slot.planned not in self.recorded_times
        ]
        planned = [day for day in planned if first <= day.day <= last or first <= day.planned.date() <= last]
        return sorted((*recorded, *planned), key=lambda day: day.planned)

    def find_next(self, day: date, *, recorded: bool = False) -> SeriesDay | None:
        """Return the next meeting on or after a day, with `recorded` also one that has a record.

        None if the series has ended or is cancelled.
        """
        if self.row.state is MeetingState.CANCELLED:
            return None
        next_day = self._find_next_planned(day)
        days = [next_day] if next_day else []
        if recorded:
            own_days = (self._build_own_day(own) for own in self.own_days if own.state is not MeetingState.CANCELLED)
            days += [own_day for own_day in own_days if own_day.starts and own_day.day >= day]
        return min(days, key=lambda series_day: series_day.starts or series_day.planned, default=None)

    @property
    def hidden_times(self) -> list[datetime]:
        """Planned times whose record a limit on the marking hides."""
        return sorted(self.recorded_times.difference(own_day.recurrence_id for own_day in self.own_days))

    def _find_next_planned(self, day: date) -> SeriesDay | None:
        """Return the first day without a record that begins on or after a day in London."""
        taken = set(self.recorded_times)
        while slot := self.rule.find_next_slot(_widen_period(day, day, self.row.tz)[0], taken):
            planned_day = self._build_planned_day(slot)
            if planned_day.day >= day:
                return planned_day
            taken.add(slot.planned)
        return None

    def _build_own_day(self, own_day: MeetingRow) -> SeriesDay:
        starts = own_day.starts or (datetime.combine(own_day.day.latest, time.min) if own_day.day else None)
        instance = own_day.recurrence_id or starts or self.rule.first
        planned = own_day.planned or starts or self.rule.first
        return SeriesDay(planned, starts, own_day.state, own_day.ref, None, instance)

    def _build_planned_day(self, slot: Slot) -> SeriesDay:
        planned = convert_wall_time(slot.planned, self.row.tz, LONDON)
        starts = convert_wall_time(slot.starts, self.row.tz, LONDON) if slot.starts else None
        return SeriesDay(planned, starts, self.row.state, None, slot.holiday, slot.planned)


def read_series_calendar(cursor: Cursor, key: RowKey) -> SeriesCalendar | None:
    """Return the days of a series; None for a meeting that does not repeat or has no exact day to count from."""
    row = stored_meetings.read_meeting(cursor, key)
    rule = build_series(row)
    if rule is None:
        return None
    return SeriesCalendar(row, rule, tuple(stored.read_own_days(cursor, key)), stored.read_recorded_times(cursor, key))


def show_on_day(row: MeetingRow, day: SeriesDay) -> MeetingRow:
    """Return a series with the time of one of its days in London, as lists and documents show it."""
    starts = day.starts or day.planned
    ends = add_duration(starts, compute_length(row), LONDON) if row.ends else None
    start_time = starts.time() if row.start_time else None
    return replace(row, day=DateAsKnown(starts.date()), start_time=start_time, ends=ends, tz=LONDON)


def show_on_next_day(cursor: Cursor, row: MeetingRow, today: date) -> MeetingRow | None:
    """Return a series with the time of its next day without a record, other meetings unchanged.

    None for a series that has no such day.
    """
    calendar = read_series_calendar(cursor, row.key) if row.recurrence else None
    if calendar is None:
        return row if not row.recurrence or (row.day and row.day.latest >= today) else None
    next_day = calendar.find_next(today)
    return show_on_day(calendar.row, next_day) if next_day else None


def find_next_meetings(cursor: Cursor, today: date, group: RowKey | None = None) -> dict[str, MeetingRow]:
    """Return the next meeting of each group, or of the given one, by the group's reference; series included."""
    rows = stored_meetings.read_meetings(cursor, today=today, group=group, selection=MeetingScope.COMING)
    coming = (show_on_next_day(cursor, row, today) for row in rows)
    dated = [(row.day.latest, row.group_ref, row) for row in coming if row and row.day and row.group_ref]
    return {group_ref: row for _day, group_ref, row in sorted(dated, key=lambda entry: entry[0], reverse=True)}


def find_next_days(cursor: Cursor, today: date, group: RowKey | None = None) -> dict[str, DateAsKnown]:
    """Return the day of the next meeting of each group, or of the given one, by the group's reference."""
    meetings = find_next_meetings(cursor, today, group)
    return {group_ref: row.day for group_ref, row in meetings.items() if row.day}


def find_planned_after(cursor: Cursor, meeting: MeetingRow) -> tuple[SeriesCalendar, SeriesDay] | None:
    """Return the next day without a record of the group's series after a meeting, with its series.

    `meeting` has the day on which it takes place: a series has that of one of its days.
    """
    if meeting.day is None or meeting.day.latest == date.max:
        return None
    after = meeting.day.latest + timedelta(days=1)
    planned = [
        (calendar, next_day)
        for row in stored.read_group_series(cursor, meeting.key)
        if (calendar := read_series_calendar(cursor, row.key)) and (next_day := calendar.find_next(after))
    ]
    return min(planned, key=lambda pair: pair[1].starts or pair[1].planned, default=None)


def find_following_meeting(cursor: Cursor, meeting: MeetingRow, next_meeting: MeetingRow | None) -> MeetingRow | None:
    """Return the next meeting of the group: a record, or an earlier planned day of a series."""
    planned = find_planned_after(cursor, meeting)
    if planned is None:
        return next_meeting
    calendar, planned_day = planned
    next_day = next_meeting.day.latest if next_meeting and next_meeting.day else None
    return next_meeting if next_day and next_day <= planned_day.day else show_on_day(calendar.row, planned_day)


def _widen_period(first: date, last: date, tz: str) -> tuple[date, date]:
    """Return a period with a day more at both ends for a series outside London, whose days may differ by one."""
    if tz == LONDON or first == date.min or last == date.max:
        return first, last
    return first - timedelta(days=1), last + timedelta(days=1)


def _is_within(row: MeetingRow, first: date, last: date) -> bool:
    days = (row.day.latest if row.day else None, row.planned.date() if row.planned else None)
    return any(day is not None and first <= day <= last for day in days)
