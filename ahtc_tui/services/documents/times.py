"""Formats days and times for formal documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ahtc_tui.domain.dates.date_as_known import Precision
from ahtc_tui.domain.dates.formatting import format_hours, format_weekday_date
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.text.cleaning import capitalise

if TYPE_CHECKING:
    from ahtc_tui.domain.meetings.model import MeetingRow
    from ahtc_tui.services.documents.participant_names import ParticipantNames


def format_meeting_day(row: MeetingRow) -> str:
    """Return the day in full with its weekday, or as it is known, with a capital at its beginning."""
    if row.day is None:
        return _("Date to be confirmed")
    return capitalise(format_weekday_date(row.day.latest) if row.day.precision is Precision.DAY else str(row.day))


def format_time(row: MeetingRow) -> str:
    """Return "10am to 11:30am", with the day of the end where it differs."""
    return format_hours(row.starts, row.ends) if row.starts else ""


def format_meeting(row: MeetingRow | None, names: ParticipantNames) -> str:
    """Return day, time and place of a meeting in one line; empty for None."""
    return (
        ", ".join(part for part in (format_meeting_day(row), format_time(row), names.format_text(row.location)) if part)
        if row
        else ""
    )
