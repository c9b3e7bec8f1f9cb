"""The zone that every calendar file is written in: Europe/London, as one fixed VTIMEZONE. Never a list of past changes.

Two observances with a rule each are what ical.js, libical and icalendar read alike; with RDATE lists ical.js puts
winter meetings an hour early. The rules have held since October 1996 and March 1997; earlier times are not described.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from icalendar import Timezone

TZID = "Europe/London"

VTIMEZONE = """\
BEGIN:VTIMEZONE
TZID:Europe/London
BEGIN:STANDARD
DTSTART:19961027T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZNAME:GMT
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19970330T010000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZNAME:BST
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
END:DAYLIGHT
END:VTIMEZONE
"""


def build_vtimezone() -> Timezone:
    """The component to put into a calendar (RFC 5545 section 3.6.5)."""
    from icalendar import Timezone

    zone = Timezone.from_ical(VTIMEZONE)
    assert isinstance(zone, Timezone)
    return zone


def to_utc(wall: datetime, tz: str) -> datetime:
    """The UTC instant of a wall time without an offset.

    An hour that comes twice means its first coming, and one that is skipped is read with the offset before the change
    (RFC 5545 section 3.3.5). Raises ZoneInfoNotFoundError or ValueError on a zone that does not exist.
    """
    return wall.replace(tzinfo=ZoneInfo(tz), fold=0).astimezone(UTC)


def to_london_time(moment: datetime) -> datetime:
    """The wall time in London of an instant; UTC in the hour that the clocks repeat in October.

    Wall time names two instants there: icalendar takes the first, ical.js the second.
    """
    wall = moment.astimezone(ZoneInfo(TZID))
    comes_twice = wall.replace(fold=0).utcoffset() != wall.replace(fold=1).utcoffset()
    return moment.astimezone(UTC) if comes_twice else wall
