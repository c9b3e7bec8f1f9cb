"""Columns of the list of meetings, and the index of the next meeting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time

from ahtc_tui.domain.dates.calendar_names import format_short_month, format_short_weekday
from ahtc_tui.domain.dates.date_as_known import DateAsKnown, Precision
from ahtc_tui.domain.dates.formatting import format_clock, measure_clock
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.meetings.kinds import MeetingKind, MeetingState
from ahtc_tui.domain.meetings.model import MeetingRow
from ahtc_tui.tui.widgets.column_widths import Column, build_stated_columns

DAY_WIDTH = 15


def is_upcoming(row: MeetingRow, today: date) -> bool:
    """Return whether the meeting is today or later, and neither held nor cancelled."""
    is_finished = row.state in (MeetingState.HELD, MeetingState.CANCELLED)
    return row.day is not None and row.day.latest >= today and not is_finished


def find_next_index(rows: Sequence[MeetingRow], today: date) -> int:
    """Return the index of the next meeting, else of the next entry of another kind, of the last dated one, or 0."""
    upcoming = [index for index, row in enumerate(rows) if is_upcoming(row, today)]
    meetings = [index for index in upcoming if rows[index].kind is MeetingKind.MEETING]
    dated = [index for index, row in enumerate(rows) if row.day is not None]
    return next(iter((*meetings, *upcoming, *dated[-1:])), 0)


def format_day(day: DateAsKnown | None) -> str:
    """Return a date in at most 15 characters, as exact as known: "Fri 18 Oct 13", "Jun 2013", "2009" or its text."""
    if day is None:
        return _("no date")
    month = format_short_month(day.latest.month)
    if day.precision is Precision.DAY:
        return f"{format_short_weekday(day.latest.weekday())} {day.latest.day} {month} {day.latest.year % 100:02}"
    if day.precision is Precision.WORDS or 0 < len(day.words) <= DAY_WIDTH:
        return day.words
    return str(day.latest.year) if day.precision is Precision.YEAR else f"{month} {day.latest.year}"


def find_start(row: MeetingRow) -> datetime | None:
    """Return the latest day of a meeting with its time; None for one without a day."""
    return datetime.combine(row.day.latest, row.start_time or time.min) if row.day else None


def meeting_columns(today: date, short_names: Mapping[str, str]) -> Sequence[Column[MeetingRow]]:
    """Return the columns. `short_names` maps references of groups to short names and may be filled later."""

    def choose_style(row: MeetingRow) -> str:
        return "" if is_upcoming(row, today) else "muted"

    def choose_state_style(row: MeetingRow) -> str:
        if row.state is MeetingState.CANCELLED:
            return "late" if row.day is not None and row.day.latest >= today else "muted"
        return "soon" if row.state is MeetingState.TENTATIVE and is_upcoming(row, today) else choose_style(row)

    def name_group(row: MeetingRow) -> str:
        return short_names.get(row.group_ref or "", row.group or "")

    return (
        Column(_("Day"), DAY_WIDTH, lambda row: format_day(row.day), style=choose_style, sort="day", value=find_start),
        Column(_("Time"), measure_clock(), _format_start, style=choose_style, sort="time", under="day"),
        Column(_("Title"), None, lambda row: row.shown_title, style=choose_style, sort="title"),
        Column(
            _("Group"),
            22,
            lambda row: "" if (name := name_group(row)) in (row.title, row.shown_title) else name,
            style=choose_style,
            least=8,
            sort="group",
            value=name_group,
        ),
        Column(
            _("Status"),
            9,
            lambda row: row.state.label,
            style=choose_state_style,
            grows=True,
            sort="status",
            under="group",
        ),
        *build_stated_columns(MeetingRow),
    )


def _format_start(row: MeetingRow) -> str:
    return format_clock(row.start_time) if row.start_time else ""
