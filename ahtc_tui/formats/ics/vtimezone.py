"""Europe/London as one fixed VTIMEZONE, the zone of every calendar file, and conversions to and from London time.

Two observances with one rule each are read alike by ical.js, libical and icalendar; with RDATE lists ical.js reads
winter meetings an hour early. The rules apply since October 1996 and March 1997; earlier times are not described.
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
    """Return the component for a calendar (RFC 5545 section 3.6.5)."""
    from icalendar import Timezone

    zone = Timezone.from_ical(VTIMEZONE)
    assert isinstance(zone, Timezone)
    return zone


def to_london_time(moment: datetime) -> datetime:
    """Return a time as wall time in London, or in UTC within the repeated hour in October.

    Wall time is ambiguous in that hour: icalendar reads the first occurrence, ical.js the second.
    """
    wall = moment.astimezone(ZoneInfo(TZID))
    comes_twice = wall.replace(fold=0).utcoffset() != wall.replace(fold=1).utcoffset()
    return moment.astimezone(UTC) if comes_twice else wall
