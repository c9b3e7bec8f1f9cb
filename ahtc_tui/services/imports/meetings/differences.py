"""In what a calendar event differs from the meeting that stands: the instants count, not how they are written."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from ahtc_tui.domain.dates.date_as_known import Precision
from ahtc_tui.domain.imports.meetings import CalendarEvent
from ahtc_tui.domain.meetings.model import MeetingRow, MeetingState
from ahtc_tui.formats.ics.invitation_text import one_line, uri
from ahtc_tui.formats.ics.times import USUAL_LENGTH, rule, span
from ahtc_tui.formats.ics.vtimezone import instant

Difference = tuple[str | None, str | None, dict[str, Any]]
"""Ours and theirs as people read them, and the columns that would become theirs."""

TEXTS = {"title": "title", "venue": "venue", "link": "link"}
"""Fields whose question may be answered by a value, with the column of each."""


def when_values(event: CalendarEvent) -> dict[str, Any]:
    """When an event is, as the table stores it."""
    return {
        "day": event.day.isoformat(),
        "start_time": f"{event.starts:%H:%M}" if event.starts else None,
        "ends": event.ends.isoformat("T", "minutes") if event.ends else None,
        "tz": event.tz,
        "all_day": int(event.starts is None),
    }


def differences(row: MeetingRow, event: CalendarEvent) -> dict[str, Difference]:
    """What an event says differently, by field. A cancellation says nothing else."""
    found: dict[str, Difference] = {}
    state = MeetingState.CANCELLED if event.cancels else event.state
    ours = MeetingState.CONFIRMED if row.state is MeetingState.HELD else row.state
    if state is not ours:
        found["state"] = (row.state.value, state.value, {"state": state.value})
    if event.cancels:
        return found
    if event.title and event.title != " ".join(one_line(row.title).split()):
        found["title"] = (row.title, event.title, {"title": event.title})
    found |= _times(row, event)
    if event.place != one_line(row.where):
        found["venue"] = (row.where or None, event.place or None, {"venue": event.place or None, "place": None})
    if event.link and event.link != uri(row.link):
        found["link"] = (row.link, event.link, {"link": event.link})
    if event.instance is None and not _same_rule(row, event.recurrence):
        found["repeat"] = (row.recurrence, event.recurrence, {"recurrence": event.recurrence})
    return found


def _times(row: MeetingRow, event: CalendarEvent) -> dict[str, Difference]:
    begin, end = _span(event)
    if row.day is not None and row.day.precision is Precision.DAY:
        stands = span(row)
        ours: tuple[date, date] = (_instant(stands.start), _instant(stands.end))
        if ours == (begin, end):
            return {}
        if ours[0] == begin:
            shown = row.ends.isoformat("T", "minutes") if row.ends else None
            values = {"ends": when_values(event)["ends"], "tz": event.tz}
            return {"ends": (shown, values["ends"], values)}
    shown = (row.starts or row.day.latest).isoformat() if row.day else None
    return {"starts": (shown, (event.starts or event.day).isoformat(), when_values(event))}


def _span(event: CalendarEvent) -> tuple[date, date]:
    """Start and end as instants, or as days with the end exclusive, as our own export writes them."""
    if event.starts is None:
        last = event.ends.date() if event.ends else event.day + timedelta(days=1)
        return event.day, last
    start = instant(event.starts, event.tz)
    return start, instant(event.ends, event.tz) if event.ends else start + USUAL_LENGTH


def _instant(when: date) -> date:
    return when.astimezone(UTC) if isinstance(when, datetime) else when


def _same_rule(row: MeetingRow, theirs: str | None) -> bool:
    if row.recurrence is None or theirs is None:
        return row.recurrence == theirs
    if _parts(row.recurrence) == _parts(theirs):
        return True
    exported: Any = rule(row) if row.day is not None and row.day.precision is Precision.DAY else None
    return exported is not None and _parts(exported.to_ical().decode()) == _parts(theirs)


def _parts(text: str) -> frozenset[str]:
    parts = (part.partition("=") for part in text.upper().split(";") if part)
    return frozenset(f"{name}={','.join(sorted(value.split(',')))}" for name, _equals, value in parts if name != "WKST")


def slot_says_so(row: MeetingRow, event: CalendarEvent, left_out: datetime | None = None) -> bool:
    """Whether the rules of a series already hold a day as an event has it, or leave out the day that is given."""
    from ahtc_tui.services.meetings.series_dates import series_of

    series, planned = series_of(row), left_out or event.instance
    if series is None or planned is None or event.cancels:
        return False
    slot = next((one for one in series.slots(planned.date(), planned.date()) if one.planned == planned), None)
    if slot is None:
        return left_out is not None
    starts = event.starts or datetime.combine(event.day, time.min)
    return slot.starts is None if left_out else slot.starts == starts and event.state is not MeetingState.CANCELLED
