"""Differences between a calendar event and the stored meeting; times are compared as instants."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from ahtc_tui.domain.dates.date_as_known import DateAsKnown, Precision, refuse_distant_due, refuse_future_day
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import Language, _, use_language
from ahtc_tui.domain.imports.meetings import CalendarEvent, Guest
from ahtc_tui.domain.meetings.kinds import MeetingState
from ahtc_tui.domain.meetings.model import MeetingRow
from ahtc_tui.domain.meetings.wall_time import convert_wall_time, end_to_utc, to_utc
from ahtc_tui.domain.text.cleaning import clean_line
from ahtc_tui.formats.ics.invitation_text import parse_uri
from ahtc_tui.formats.ics.times import DEFAULT_LENGTH, build_rule, build_span

EventKey = tuple[str, datetime | None]
"""UID and planned time of a day of a series."""
_TIMES = frozenset(("starts", "ends", "tz"))
"""Fields that are decided together: the end follows the start."""


def list_changed_fields(base: CalendarEvent, event: CalendarEvent) -> set[str]:
    """Return the fields that differ between two versions of an event, with the names of `find_differences`."""
    values = {
        "title": (base.title, event.title),
        "starts": ((base.day, base.starts, base.tz), (event.day, event.starts, event.tz)),
        "ends": (base.ends, event.ends),
        "venue": (base.place, event.place),
        "link": (base.link, event.link),
        "state": (base.state, event.state),
        "repeat": (base.recurrence, event.recurrence),
    }
    return {name for name, (before, after) in values.items() if before != after}


@dataclass(frozen=True)
class ThreeWay:
    """The differences between an event and its meeting."""

    taken: dict[str, Difference]
    """What only the other side changed."""
    asked: dict[str, tuple[str | None, str | None, dict[str, Any], str]]
    """What both sides changed, or what is in doubt, with the reason."""
    kept: int
    """Number of fields that only this office changed."""
    guests: tuple[Guest, ...]
    """Guests that the other side added."""


def compare_three_ways(row: MeetingRow, base: CalendarEvent, event: CalendarEvent, today: date) -> ThreeWay:
    """Compare an event with its meeting and with what was last exchanged."""
    theirs, ours = list_changed_fields(base, event), set(find_differences(row, base))
    differing = find_differences(row, event)
    if "link" in theirs and event.link is None and row.link:
        differing["link"] = (row.link, None, {"link": None})
    changed = {name: values for name, values in differing.items() if _relate(name) & theirs}
    reasons = dict.fromkeys(
        (name for name in changed if _relate(name) & ours), _("changed on this laptop and in the file")
    )
    if "state" in changed:
        reasons.setdefault("state", _("changed in the file"))
    if "starts" in changed and (doubt := explain_doubtful_day(event, today, row)):
        reasons["starts"] = doubt
    known = {guest.email or guest.name for guest in base.guests}
    return ThreeWay(
        {name: values for name, values in changed.items() if name not in reasons},
        {name: (*changed[name], reason) for name, reason in reasons.items()},
        len(differing) - len(changed),
        tuple(guest for guest in event.guests if (guest.email or guest.name) not in known),
    )


def _relate(name: str) -> frozenset[str]:
    return _TIMES if name in _TIMES else frozenset((name,))


Difference = tuple[str | None, str | None, dict[str, Any]]
"""Displayed values of ours and theirs, and the columns to write for theirs."""

TEXT_COLUMNS = {"title": "title", "venue": "venue", "link": "link"}
"""Column of each field whose question can be answered with a value."""


def build_time_values(event: CalendarEvent) -> dict[str, Any]:
    """Return the columns for the time of an event."""
    return {
        "day": event.day.isoformat(),
        "start_time": f"{event.starts:%H:%M}" if event.starts else None,
        "ends": event.ends.isoformat("T", "minutes") if event.ends else None,
        "tz": event.tz,
        "all_day": int(event.starts is None),
    }


def explain_doubtful_day(event: CalendarEvent, today: date, row: MeetingRow | None = None) -> str:
    """Return why the day of an event is in doubt: it is long ago, or a meeting that was held would be in the future."""
    day = DateAsKnown(event.day)
    try:
        refuse_distant_due(day, today)
        if row and row.state is MeetingState.HELD:
            refuse_future_day(day, today)
    except BadInput as error:
        return str(error)
    return ""


def find_differences(row: MeetingRow, event: CalendarEvent) -> dict[str, Difference]:
    """Return the differences of an event by field; a cancellation only changes the state."""
    differing: dict[str, Difference] = {}
    state = MeetingState.CANCELLED if event.cancels else event.state
    ours = MeetingState.CONFIRMED if row.state is MeetingState.HELD else row.state
    if state is not ours:
        differing["state"] = (row.state.value, state.value, {"state": state.value})
    if event.cancels:
        return differing
    if event.title and event.title not in _list_written_titles(row):
        differing["title"] = (row.title, event.title, {"title": event.title})
    differing |= _compare_times(row, event)
    if event.place != clean_line(row.location):
        differing["venue"] = (row.location or None, event.place or None, {"venue": event.place or None, "place": None})
    if event.link and event.link != parse_uri(row.link):
        differing["link"] = (row.link, event.link, {"link": event.link})
    if event.recurrence and event.tz != row.tz and event.starts and "starts" not in differing:
        differing["tz"] = (row.tz, event.tz, build_time_values(event))
    if event.instance is None and not _is_same_rule(row, event.recurrence):
        differing["repeat"] = (row.recurrence, event.recurrence, {"recurrence": event.recurrence})
    return differing


def _list_written_titles(row: MeetingRow) -> set[str]:
    """Return the titles that a calendar file of this office has for a meeting, in any language of files."""
    titles = set()
    for language in Language:
        with use_language(language):
            titles.add(clean_line(row.shown_title))
    return titles


def _compare_times(row: MeetingRow, event: CalendarEvent) -> dict[str, Difference]:
    begin, end = _find_span(event)
    if row.day is not None and row.day.precision is Precision.DAY:
        own_span = build_span(row)
        ours: tuple[date, date] = (_convert_to_instant(own_span.start), _convert_to_instant(own_span.end))
        if ours == (begin, end):
            return {}
        if ours[0] == begin:
            ours_text = row.ends.isoformat("T", "minutes") if row.ends else None
            values = {"ends": build_time_values(event)["ends"], "tz": event.tz}
            return {"ends": (ours_text, values["ends"], values)}
    ours_text = (row.starts or row.day.latest).isoformat() if row.day else None
    return {"starts": (ours_text, (event.starts or event.day).isoformat(), build_time_values(event))}


def _find_span(event: CalendarEvent) -> tuple[date, date]:
    """Return start and end as instants; for an all-day event as days, with the end exclusive."""
    if event.starts is None:
        last = event.ends.date() if event.ends else event.day + timedelta(days=1)
        return event.day, last
    start = to_utc(event.starts, event.tz)
    return start, end_to_utc(event.ends, event.starts, event.tz) if event.ends else start + DEFAULT_LENGTH


def _convert_to_instant(moment: date) -> date:
    return moment.astimezone(UTC) if isinstance(moment, datetime) else moment


def _is_same_rule(row: MeetingRow, theirs: str | None) -> bool:
    if row.recurrence is None or theirs is None:
        return row.recurrence == theirs
    if _split_rule(row.recurrence) == _split_rule(theirs):
        return True
    exported_rule: Any = build_rule(row) if row.day is not None and row.day.precision is Precision.DAY else None
    return exported_rule is not None and _split_rule(exported_rule.to_ical().decode()) == _split_rule(theirs)


def _split_rule(text: str) -> frozenset[str]:
    parts = (part.partition("=") for part in text.upper().split(";") if part)
    return frozenset(f"{name}={','.join(sorted(value.split(',')))}" for name, _equals, value in parts if name != "WKST")


def is_planned_in_series(row: MeetingRow, event: CalendarEvent, excluded: datetime | None = None) -> bool:
    """Return whether the rules of a series already have the day of an event, or exclude the day `excluded`."""
    from ahtc_tui.domain.meetings.series import build_series

    series, planned = build_series(row), excluded or event.instance
    if series is None or planned is None or event.cancels:
        return False
    slots = series.list_slots(planned.date(), planned.date())
    slot = next((slot for slot in slots if slot.planned == planned), None)
    if slot is None:
        return excluded is not None and event.tz == row.tz
    starts = convert_wall_time(event.starts or datetime.combine(event.day, time.min), event.tz, row.tz)
    return slot.starts is None if excluded else slot.starts == starts and event.state is not MeetingState.CANCELLED
