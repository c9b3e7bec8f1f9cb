"""The days of a calendar: meetings, due dates and bank holidays, which meetings clash, and remarks on their dates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import StrEnum

from ahtc_tui.domain.dates.calendar_names import format_bank_holiday, format_month, format_weekday
from ahtc_tui.domain.dates.date_as_known import DateAsKnown, Precision, format_long_date
from ahtc_tui.domain.dates.working_days import SATURDAY, find_bank_holiday
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.meetings.model import MeetingRow
from ahtc_tui.domain.meetings.series import build_series


class EntryKind(StrEnum):
    """Kind of event on a day."""

    HOLIDAY = "holiday"
    MEETING = "meeting"
    DUE = "due"


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """Something on a day."""

    day: date
    kind: EntryKind
    title: str
    ref: str = ""
    """Reference of the meeting, series or action; empty for a bank holiday."""
    starts: time | None = None
    ends: datetime | None = None
    """Wall time of the end, where it is known."""
    is_series: bool = False
    """Whether it is a day of a series without its own record."""
    is_cancelled: bool = False
    clashes: bool = False
    """Whether it overlaps with another meeting of the day."""
    short_name: str = ""
    """Short name of the group of a meeting, where it has one."""


def mark_clashes(entries: Iterable[CalendarEntry]) -> list[CalendarEntry]:
    """Return the entries of one day in order, with the meetings marked that overlap."""
    kinds = list(EntryKind)
    ordered = sorted(entries, key=lambda entry: (kinds.index(entry.kind), entry.starts or time.min, entry.ref))
    return [replace(entry, clashes=any(_overlap(entry, other) for other in ordered)) for entry in ordered]


def _overlap(left: CalendarEntry, right: CalendarEntry) -> bool:
    """Return whether two meetings are at the same time; without a known end they share their start."""
    if left is right or left.is_cancelled or right.is_cancelled or left.starts is None or right.starts is None:
        return False
    first, second = sorted((left, right), key=lambda entry: entry.starts or time.min)
    assert first.starts is not None
    assert second.starts is not None
    return first.starts == second.starts or (
        first.ends is not None and datetime.combine(second.day, second.starts) < first.ends
    )


def group_by_day(entries: Sequence[CalendarEntry]) -> dict[date, list[CalendarEntry]]:
    """Return the entries by day, each day in order and with its clashes marked."""
    days: dict[date, list[CalendarEntry]] = {}
    for entry in entries:
        days.setdefault(entry.day, []).append(entry)
    return {day: mark_clashes(of_day) for day, of_day in days.items()}


def list_remarks(row: MeetingRow) -> list[str]:
    """Return a sentence for what a person may not have meant; none for an ordinary date."""
    series = build_series(row)
    if series is None:
        remark = remark_on_day(row.day)
        return [remark] if remark else []
    if months := series.list_skipped_months():
        names = ", ".join(format_month(month) for month in months)
        return [_("This series has no date in some months: {months}.").format(months=names)]
    return []


def remark_on_day(known_date: DateAsKnown | None) -> str:
    """Return the sentence for a weekend or a bank holiday; empty for other dates."""
    if known_date is None or known_date.precision is not Precision.DAY:
        return ""
    day = known_date.latest
    if name := find_bank_holiday(day):
        sentence = _("{day} is a bank holiday, {holiday}.")
        return sentence.format(day=format_long_date(day), holiday=format_bank_holiday(name))
    if day.weekday() < SATURDAY:
        return ""
    return _("{day} is a {weekday}.").format(
        day=format_long_date(day), weekday=format_weekday(day.weekday(), mutated=True)
    )
