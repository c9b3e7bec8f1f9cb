"""Remarks on the dates of a meeting: a weekend, a bank holiday, and the months that a series skips."""

from __future__ import annotations

from ahtc_tui.domain.dates.calendar_names import format_bank_holiday, format_month, format_weekday
from ahtc_tui.domain.dates.date_as_known import DateAsKnown, Precision, format_long_date
from ahtc_tui.domain.dates.working_days import SATURDAY, find_bank_holiday
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.meetings.model import MeetingRow
from ahtc_tui.domain.meetings.series import build_series


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
    return _("{day} is a {weekday}.").format(day=format_long_date(day), weekday=format_weekday(day.weekday()))
