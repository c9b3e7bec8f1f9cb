"""Meetings as a calendar stores them (RFC 4791 section 4.1): one UID a file, without METHOD."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ahtc_tui.formats.ics.invites import Invite, Method, build_calendar, build_events

if TYPE_CHECKING:
    from icalendar import Component

_OWN_PROPERTIES = frozenset(
    (
        "UID", "SEQUENCE", "DTSTAMP", "LAST-MODIFIED", "DTSTART", "DTEND", "DURATION", "SUMMARY", "DESCRIPTION",
        "CLASS", "LOCATION", "URL", "CATEGORIES", "STATUS", "TRANSP", "RRULE", "EXDATE", "RECURRENCE-ID", "CREATED",
    )
)  # fmt: skip
"""Properties of an event that the office writes; those of other programs are kept."""
_UID_LINE = re.compile(r"^UID(?:;[^:\r\n]*)?:([^\r\n]*(?:\r?\n[ \t][^\r\n]*)*)", re.MULTILINE | re.IGNORECASE)
_FOLD = re.compile(r"\r?\n[ \t]")


def build_stored_event(invite: Invite) -> str:
    """Return a meeting, or a series with every changed day, as one file.

    It has neither organiser nor guests: a calendar server would write to them (RFC 6638).
    """
    events = build_events(invite, Method.PUBLISH)
    for event in events:
        event.pop("organizer", None)
    return build_calendar(events).decode("utf-8")


def find_uid(text: str) -> str:
    """Return the first UID of a file; empty without one."""
    match = _UID_LINE.search(text)
    return _FOLD.sub("", match[1]).strip() if match else ""


def keep_other_properties(ours: str, theirs: str, _replaced: str = "") -> str:
    """Return our text with what other programs added to theirs: guests, reminders, properties of their own."""
    from icalendar import Calendar

    try:
        calendar, other = Calendar.from_ical(ours), Calendar.from_ical(theirs)
    except ValueError:
        return ours
    others = {_find_instance(event): event for event in other.walk("VEVENT")}
    for event in calendar.walk("VEVENT"):
        if stored := others.get(_find_instance(event)):
            _add_other_properties(event, stored)
    data: bytes = calendar.to_ical()
    return data.decode("utf-8")


def _find_instance(event: Component) -> str:
    value: Any = event.get("RECURRENCE-ID")
    return value.to_ical().decode() if value is not None else ""


def _add_other_properties(event: Component, stored: Component) -> None:
    for name, value in stored.items():
        if name.upper() not in _OWN_PROPERTIES:
            event[name] = value
    event.subcomponents = list(stored.subcomponents)
