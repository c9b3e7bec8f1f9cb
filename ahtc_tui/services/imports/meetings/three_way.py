"""Three-way comparison of an event in a folder: as last exchanged, as it is now, and the stored meeting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.meetings import CalendarEvent, Guest
from ahtc_tui.domain.meetings.model import MeetingRow
from ahtc_tui.services.imports.meetings.differences import Difference, explain_doubtful_day, find_differences

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
