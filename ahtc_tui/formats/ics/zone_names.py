"""Names of time zones in calendar files: IANA names, Windows names (CLDR), display names of Windows, and offsets."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache, lru_cache
from zoneinfo import ZoneInfo, available_timezones

_UTC_NAMES = ("utc", "gmt", "z", "etc/utc", "coordinated universal time")
_OFFSET = re.compile(r"\(?(?:UTC|GMT)?\s*([+\-\u2212])(\d{1,2})(?:[:.]?(\d{2}))?\)?", re.IGNORECASE)
_NO_OFFSET = re.compile(r"\((?:UTC|GMT)\)", re.IGNORECASE)
_DAYLIGHT = re.compile(r"\b(?:daylight|summer)\b", re.IGNORECASE)
_CONTINUATION = re.compile(r"\n[ \t]")
ZONE_PARAMETER = "X-AHTC-TZID"
"""Name of the parameter TZID while an event is parsed."""
_TIME_LINE = re.compile(
    r"^(DTSTART|DTEND|RECURRENCE-ID|EXDATE)((?:;(?!TZID=)[^:;=\r\n]+=[^:;\r\n]*)*)"
    r";TZID=(.*?)((?:;[A-Z-]+=[A-Z-]+)*):([0-9][0-9TZ,]*)[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
COMPARED_YEARS = 5
"""Number of years in which the zone of a series is compared with others."""
_SAMPLE_YEARS = (2010, 2014, 2025)
"""Years in which the offsets of two zones are compared."""


def normalize_zone_name(name: str) -> str:
    """Return a TZID without escaped characters, quotation marks and repeated spaces, in lower case."""
    unescaped = re.sub(r"\\([\\,;:])", r"\1", name)
    return " ".join(unescaped.replace('"', "").split()).casefold()


def repair_time_lines(lines: list[str]) -> list[str]:
    """Return the lines of an event with the zone of each time as ZONE_PARAMETER in quotation marks.

    The library cannot read a TZID with a colon or comma without them, and takes unknown zones for errors. Dates lose
    their zone: it would be read as midnight there.
    """
    return _TIME_LINE.sub(_rewrite_time_line, _CONTINUATION.sub("", "\n".join(lines))).split("\n")


def _rewrite_time_line(match: re.Match[str]) -> str:
    name, parameters, zone, later_parameters, times = match.groups()
    is_dated = all(len(text) == 8 for text in times.split(","))
    zone_text = "" if is_dated else f';{ZONE_PARAMETER}="{zone.replace(chr(34), "")}"'
    return f"{name}{parameters}{later_parameters}{zone_text}:{times}"


def find_named_zone(name: str) -> tzinfo | None:
    """Return the zone of a name, or None if it is unknown or may be several zones."""
    text = normalize_zone_name(name)
    parts = [part for part in text.split("/") if part]
    if text in _UTC_NAMES or parts[-1:] == ["utc"]:
        return UTC
    for part in (text, *("/".join(parts[-length:]) for length in (3, 2, 1)), text.replace("-", "/")):
        if key := _list_iana_names().get(part.replace(" ", "_")):
            return ZoneInfo(key)
        if key := _find_windows_name(part):
            return ZoneInfo(key)
    if "london" in text:
        return ZoneInfo("Europe/London")
    return _find_by_offset(text)


def find_iana_name(zone: tzinfo, year: int) -> str | None:
    """Return the IANA name of a zone, or of one with the same offsets in the years from `year`; None without one."""
    if zone is UTC:
        return "UTC"
    if isinstance(zone, ZoneInfo):
        return zone.key
    names = ("Europe/London", "UTC", *_list_windows_zones())
    return next((name for name in names if have_same_offsets(ZoneInfo(name), zone, year)), None)


def have_same_offsets(first: tzinfo, second: tzinfo, year: int) -> bool:
    """Return whether two zones have the same offsets in the years from `year`."""
    years = tuple(range(year, year + COMPARED_YEARS))
    return first is second or _sample_offsets(first, years) == _sample_offsets(second, years)


@cache
def _list_iana_names() -> dict[str, str]:
    return {key.casefold(): key for key in sorted(available_timezones())}


@cache
def _list_windows_names() -> dict[str, str]:
    """Return the IANA name of each Windows name (CLDR windowsZones) in lower case."""
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    return {name.casefold(): key for name, key in WINDOWS_TO_OLSON.items()}


@cache
def _list_windows_zones() -> tuple[str, ...]:
    """Return the IANA zones of all Windows names, the large ones of Europe and America first."""
    first = ("Europe/Paris", "Europe/Berlin", "America/New_York", "America/Chicago", "America/Los_Angeles")
    return tuple(dict.fromkeys((*first, *_list_windows_names().values())))


def _find_windows_name(text: str) -> str | None:
    """Return the IANA name of a Windows name, also one that is cut, numbered or of summer time."""
    stem = _DAYLIGHT.sub("standard", re.sub(r"\s+\d+$", "", text))
    stem = re.sub(r"\s+time(?:\s*\(.*\))?$", "", stem)
    names = _list_windows_names()
    candidates = (text, f"{stem} time", f"{stem} standard time")
    return next((names[candidate] for candidate in candidates if candidate in names), None)


def _find_by_offset(text: str) -> tzinfo | None:
    """Return the zone of a name with an offset: "(UTC-05:00) Eastern Time", "(UTC+01:00) Berlin, Rome", "GMT+0100"."""
    matches = list(_OFFSET.finditer(text)) or list(_NO_OFFSET.finditer(text))
    if len(matches) != 1:
        return None
    offset = _read_offset(matches[0])
    rest = " ".join(f"{text[: matches[0].start()]} {text[matches[0].end() :]}".split()).strip(" .\u2026")
    if offset is None:
        return None
    if rest in ("", "utc", "gmt", "coordinated universal time"):
        return _build_fixed_zone(offset)
    names = [name for name in (_find_windows_name(rest), *_find_cities(rest)) if name]
    zones = [ZoneInfo(name) for name in names if _read_standard_offset(ZoneInfo(name)) == offset]
    if zones:
        return zones[0] if len({_sample_offsets(zone, _SAMPLE_YEARS) for zone in zones}) == 1 else None
    return _build_fixed_zone(offset) if _has_no_summer_time(offset) else None


def _read_offset(match: re.Match[str]) -> timedelta | None:
    if not match.groups():
        return timedelta()
    sign, hours, minutes = match.groups()
    if int(hours) > 14 or int(minutes or 0) > 59:
        return None
    offset = timedelta(hours=int(hours), minutes=int(minutes or 0))
    return offset if sign == "+" else -offset


def _build_fixed_zone(offset: timedelta) -> tzinfo:
    """Return a zone without summer time: one of the IANA database for whole hours."""
    hours, rest = divmod(int(offset.total_seconds()), 3600)
    if not hours and not rest:
        return UTC
    return timezone(offset) if rest else ZoneInfo(f"Etc/GMT{-hours:+d}")


def _find_cities(text: str) -> list[str]:
    """Return the IANA names of the places that a display name lists."""
    places = {place.strip() for place in re.split(r"[,;&()\u2026]|\.\.\.", text)} - {""}
    return [key for name, key in _list_iana_names().items() if name.rpartition("/")[2].replace("_", " ") in places]


def _has_no_summer_time(offset: timedelta) -> bool:
    """Return whether every zone of this standard offset keeps it all year."""
    zones = [ZoneInfo(name) for name in _list_windows_zones()]
    sampled = [set(_sample_offsets(zone, _SAMPLE_YEARS)) for zone in zones if _read_standard_offset(zone) == offset]
    return bool(sampled) and all(offsets == {offset} for offsets in sampled)


def _read_standard_offset(zone: tzinfo) -> timedelta:
    """Return the lower of the offsets of the last sampled year: the standard offset, also where winter is in July."""
    return min(_sample_offsets(zone, _SAMPLE_YEARS[-1:]))


@lru_cache(maxsize=1024)
def _sample_offsets(zone: tzinfo, years: tuple[int, ...]) -> tuple[timedelta, ...]:
    """Return the offsets of a day in each week of some years."""
    instants = (datetime(year, 1, 1, 12, tzinfo=UTC) + timedelta(weeks=week) for year in years for week in range(53))
    return tuple(instant.astimezone(zone).utcoffset() or timedelta() for instant in instants)
