"""New meetings of an import: their columns and their displayed values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.case_data.detector import find_case_data
from ahtc_tui.domain.dates.formatting import format_wall_time
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.meetings import CalendarEvent
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.meetings.kinds import MeetingState
from ahtc_tui.domain.meetings.model import LONDON
from ahtc_tui.domain.meetings.series import Series
from ahtc_tui.domain.meetings.wall_time import convert_wall_time
from ahtc_tui.services.imports.file_plan import FilePlan
from ahtc_tui.services.imports.meetings.differences import build_time_values

MAX_NAMED_DAYS = 5
"""Number of excluded days that a warning names."""


@dataclass
class NewMeeting:
    """A meeting to add, or to restore with new values."""

    key: RowKey
    values: dict[str, Any]
    """Values by column."""
    display_values: dict[str, Any]
    """Values for the report."""
    position: str
    plan: FilePlan
    is_restored: bool = False
    ref: str | None = None
    """Assigned when the meeting is written."""


def build_meeting_values(event: CalendarEvent) -> dict[str, Any]:
    """Return the columns of an event, without its relations to other records."""
    return {
        "title": event.title or _("Meeting without a title"),
        **build_time_values(event),
        "venue": event.place or None,
        "link": event.link,
        "state": (MeetingState.CANCELLED if event.cancels else event.state).value,
        "sequence": event.sequence,
        "recurrence": event.recurrence,
        "recurrence_id": event.instance.isoformat("T", "minutes") if event.instance else None,
        "marking": (Marking.OFFICIAL_SENSITIVE if event.sensitive else Marking.OFFICIAL).value,
    }


def build_excluded_day(event: CalendarEvent, planned: datetime) -> dict[str, Any]:
    """Return the columns of an excluded day of a series (EXDATE): a cancelled meeting."""
    starts = convert_wall_time(planned, event.tz, LONDON)
    return {
        "title": event.title or _("Meeting without a title"),
        "day": starts.date().isoformat(),
        "start_time": f"{starts:%H:%M}" if event.starts else None,
        "tz": LONDON,
        "all_day": int(event.starts is None),
        "state": MeetingState.CANCELLED.value,
        "recurrence_id": planned.isoformat("T", "minutes"),
    }


def select_excluded_days(file: FilePlan, event: CalendarEvent) -> list[datetime]:
    """Return the excluded days that the rule of a series gives; name the others."""
    first = event.starts or datetime.combine(event.day, time.min)
    series = Series(event.recurrence or "", first, tz=event.tz)
    days = [day for day in event.exceptions if day == first or series.has_planned(day)]
    strays = [format_wall_time(day) for day in event.exceptions if day not in days]
    if strays:
        names = "; ".join(strays[:MAX_NAMED_DAYS]) + ("…" if len(strays) > MAX_NAMED_DAYS else "")
        sentence = _("excluded dates outside the series, left out: {days}")
        file.add_warning(event.position, sentence.format(days=names))
    return days


def build_display_values(event: CalendarEvent, values: dict[str, Any], group: str | None) -> dict[str, Any]:
    """Return the displayed values of a new meeting."""
    display_values = {
        "title": values["title"],
        "starts": (event.starts or event.day).isoformat(),
        "ends": event.ends.isoformat() if event.ends else None,
        "tz": event.tz if event.tz != LONDON else None,
        "group": group,
        "venue": values["venue"],
        "state": values["state"],
        "repeat": values["recurrence"],
        "uid": event.uid,
        "recurrence_id": values["recurrence_id"],
        "invited": ", ".join(guest.name or guest.email for guest in event.guests) or None,
    }
    return {name: value for name, value in display_values.items() if value is not None}


def choose_uid(event: CalendarEvent, key: RowKey, series: RowKey | None) -> str:
    """Return the UID to store: that of the event, but a generated one for a day of a series, which shares its UID."""
    if event.instance is None:
        return event.uid
    return f"{key.hex()}@ahtc" if series else build_day_uid(event)


def build_day_uid(event: CalendarEvent) -> str:
    """Return the stored UID of a day whose series is unknown."""
    return f"{event.uid}#{event.instance:%Y%m%dT%H%M}"


def read_note(file: FilePlan, event: CalendarEvent) -> str | None:
    """Return the description, unless it looks like case data; warn about case data in title and place."""
    for field_name, words in ((_("title"), event.title), (_("place"), event.place)):
        if finding := find_case_data(words or ""):
            text = _("the {field} may hold {what}: check it").format(field=field_name, what=finding)
            file.add_warning(event.position, text)
    if finding := find_case_data(event.note):
        file.add_warning(event.position, _("the description may hold {what}: left out").format(what=finding))
        return None
    return event.note or None
