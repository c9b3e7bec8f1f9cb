"""Europe/London as one fixed VTIMEZONE, the zones of series that repeat elsewhere, and conversion to London time.

Two observances with one rule each are read alike by ical.js, libical and icalendar; with RDATE lists ical.js reads
winter meetings an hour early. The rules apply since October 1996 and March 1997; earlier times are not described.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from icalendar import Event, Timezone

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

YEARS_AHEAD = 10
"""Years in which the rules of a zone must give its changes."""
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

_Change = tuple[datetime, timedelta, timedelta]
"""A change of the clocks: wall time before it, offset before and after."""


def build_vtimezones(events: Iterable[Event]) -> list[Timezone]:
    """Return the zones of a calendar (RFC 5545 section 3.6.5): London, and those of series in other zones."""
    first_years: dict[str, int] = {}
    for event in events:
        for name in ("DTSTART", "RECURRENCE-ID"):
            value: Any = event.get(name)
            when = getattr(value, "dt", None)
            if isinstance(when, datetime) and isinstance(when.tzinfo, ZoneInfo):
                key = when.tzinfo.key
                first_years[key] = min(first_years.get(key, when.year), when.year)
    others = [_build_zone(key, year - 1) for key, year in sorted(first_years.items()) if key not in (TZID, "UTC")]
    return [_parse_zone(VTIMEZONE), *others]


def _parse_zone(text: str) -> Timezone:
    from icalendar import Timezone

    zone = Timezone.from_ical(text)
    assert isinstance(zone, Timezone)
    return zone


def _build_zone(key: str, year: int) -> Timezone:
    """Return a zone with two yearly rules, or with one observance; a zone of other rules has a list of changes."""
    from icalendar import Timezone

    zone = ZoneInfo(key)
    years = [_list_changes(zone, year + n) for n in range(YEARS_AHEAD + 1)]
    if not any(years):
        offset = datetime(year, 1, 1, tzinfo=zone).utcoffset() or timedelta()
        return _parse_zone(_format_zone(key, [_format_observance((datetime(1970, 1, 1), offset, offset), "")]))  # noqa: DTZ001
    if all(len(changes) == 2 for changes in years):
        rules = [_find_rule([changes[n] for changes in years]) for n in (0, 1)]
        if all(rules):
            observances = [_format_observance(*pair) for pair in zip(years[0], rules, strict=True)]
            return _parse_zone(_format_zone(key, observances))
    return Timezone.from_tzid(key)


def _list_changes(zone: ZoneInfo, year: int) -> list[_Change]:
    """Return the changes of the clocks in a year."""
    changes = []
    day = datetime(year, 1, 1, tzinfo=UTC)
    while day.year == year:
        following = day + timedelta(days=1)
        if day.astimezone(zone).utcoffset() != following.astimezone(zone).utcoffset():
            changes += _list_changes_of_day(zone, day)
        day = following
    return changes


def _list_changes_of_day(zone: ZoneInfo, day: datetime) -> list[_Change]:
    changes = []
    for step in range(48):
        moment = day + timedelta(minutes=30 * step)
        later = moment + timedelta(minutes=30)
        before, after = (instant.astimezone(zone).utcoffset() or timedelta() for instant in (moment, later))
        if before != after:
            changes.append(((later + before).replace(tzinfo=None), before, after))
    return changes


def _find_rule(changes: list[_Change]) -> str:
    """Return the yearly rule that gives all changes, the first one included; empty if there is none."""
    first = changes[0][0]
    kinds = {(day.month, day.weekday(), day.time(), *offsets) for day, *offsets in changes}
    if len(kinds) > 1:
        return ""
    for week in ((first.day - 1) // 7 + 1, -1):
        if all(_is_in_week(day, week) for day, *_offsets in changes):
            return f"RRULE:FREQ=YEARLY;BYDAY={week}{_DAYS[first.weekday()]};BYMONTH={first.month}"
    return ""


def _is_in_week(day: datetime, week: int) -> bool:
    if week == -1:
        return (day + timedelta(days=7)).month != day.month
    return (day.day - 1) // 7 + 1 == week


def _format_zone(key: str, observances: list[str]) -> str:
    return "\n".join(("BEGIN:VTIMEZONE", f"TZID:{key}", *observances, "END:VTIMEZONE", ""))


def _format_observance(change: _Change, rule: str) -> str:
    start, before, after = change
    name = "DAYLIGHT" if after > before else "STANDARD"
    lines = (
        f"BEGIN:{name}",
        f"DTSTART:{start:%Y%m%dT%H%M%S}",
        *([rule] if rule else []),
        f"TZOFFSETFROM:{_format_offset(before)}",
        f"TZOFFSETTO:{_format_offset(after)}",
        f"END:{name}",
    )
    return "\n".join(lines)


def _format_offset(offset: timedelta) -> str:
    minutes = int(offset.total_seconds()) // 60
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}{abs(minutes) % 60:02}"


def to_london_time(moment: datetime) -> datetime:
    """Return a time as wall time in London, or in UTC within the repeated hour in October.

    Wall time is ambiguous in that hour: icalendar reads the first occurrence, ical.js the second.
    """
    wall = moment.astimezone(ZoneInfo(TZID))
    comes_twice = wall.replace(fold=0).utcoffset() != wall.replace(fold=1).utcoffset()
    return moment.astimezone(UTC) if comes_twice else wall
