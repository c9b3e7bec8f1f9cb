"""Reads times of calendar files: the zone of a time is that of its VTIMEZONE, else that of its name, else unknown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from ahtc_tui.formats.ics.blocks import Calendar
from ahtc_tui.formats.ics.vtimezone import TZID
from ahtc_tui.formats.ics.zone_names import (
    ZONE_PARAMETER,
    find_iana_name,
    find_named_zone,
    have_same_offsets,
    normalize_zone_name,
)

LONDON = ZoneInfo(TZID)
_START = re.compile(r"DTSTART[^:]*:(\d{8})", re.IGNORECASE)
UNLIKELY_BEFORE, UNLIKELY_AFTER = 1950, 2200


class ZoneUnclear(Exception):
    """A time has a zone that is unknown, or whose name and description differ."""

    def __init__(self, name: str, described: tuple[datetime, datetime] | None = None) -> None:
        super().__init__(name)
        self.name = name
        self.described = described
        """The time in London by the description and by the name, if they differ."""


@dataclass
class TimeReader:
    """Reads the times of one calendar."""

    calendar: Calendar
    answers: Mapping[str, str] = field(default_factory=dict)
    """Zones that a person gave: IANA name by normalized TZID; empty for the description in the file."""
    _zones: dict[str, tuple[tzinfo | None, tzinfo | None]] = field(default_factory=dict)
    """Zone by description and zone by name, by TZID."""

    def read_wall_time(self, value: Any, tz: str | None = None) -> tuple[date, str]:
        """Return a date or a wall time in the zone `tz` without offset, and its zone.

        Without `tz` it is London, or UTC in the hour that occurs twice there. Raises ValueError for an unlikely year,
        and ZoneUnclear.
        """
        when = self._read_time(value)
        if not isinstance(when, datetime) or when.tzinfo is None:
            return when, TZID
        local = when.astimezone(UTC).astimezone(ZoneInfo(tz or TZID))  # by UTC: some hours in March do not exist
        if local.fold and tz is None:  # the repeated hour in October: wall time would be the first occurrence
            return local.astimezone(UTC).replace(tzinfo=None), "UTC"
        return local.replace(tzinfo=None, fold=0), tz or TZID

    def find_series_zone(self, value: Any) -> str:
        """Return the IANA name of the zone by which a series repeats; London's for dates and times without a zone.

        Raises ValueError for an unlikely year, and ZoneUnclear.
        """
        when = self._read_time(value)
        if not isinstance(when, datetime) or when.tzinfo is None:
            return TZID
        if find_iana_name(when.tzinfo, when.year) == "UTC":
            return "UTC"
        named = self._find_zones(self._read_zone_name(value))[1]
        zones = [zone for zone in (named, when.tzinfo) if zone and have_same_offsets(zone, when.tzinfo, when.year)]
        iana_name = find_iana_name(zones[0], when.year)
        if iana_name is None:
            raise ZoneUnclear(self._read_zone_name(value))
        return TZID if have_same_offsets(ZoneInfo(iana_name), LONDON, when.year) else iana_name

    def is_floating(self, value: Any) -> bool:
        """Return whether a start is a time without any zone."""
        when = getattr(value, "dt", None)
        return isinstance(when, datetime) and when.tzinfo is None and not self._read_zone_name(value)

    def _read_time(self, value: Any) -> date:
        """Return a date, or a time in its zone without seconds; one without a zone is a wall time in London."""
        when: date = value.dt
        if not UNLIKELY_BEFORE <= when.year <= UNLIKELY_AFTER:
            raise ValueError(when.year)
        if not isinstance(when, datetime):
            return when
        when = when.replace(second=0, microsecond=0)
        name = self._read_zone_name(value)
        return self._apply_zone(when.replace(tzinfo=None), name) if name else when

    def _read_zone_name(self, value: Any) -> str:
        """Return the TZID of a time, or X-WR-TIMEZONE of the calendar for a time without a zone."""
        parameters = getattr(value, "params", {})
        name = parameters.get(ZONE_PARAMETER) or parameters.get("TZID", "")
        name = ",".join(name) if isinstance(name, (list, tuple)) else str(name)
        return name or ("" if value.dt.tzinfo else self.calendar.zone)

    def _apply_zone(self, wall: datetime, name: str) -> datetime:
        """Return a wall time in the zone of a name. Raises ZoneUnclear if two readings give two instants, or none."""
        described, named = self._find_zones(name)
        answer = self.answers.get(normalize_zone_name(name))
        if answer is not None:
            answered = find_named_zone(answer) if answer else described
            return wall.replace(tzinfo=answered or LONDON)
        if described and named and wall >= self._find_first_change(name):
            instants = (wall.replace(tzinfo=described), wall.replace(tzinfo=named))
            if instants[0].astimezone(UTC) != instants[1].astimezone(UTC):
                raise ZoneUnclear(name, (instants[0].astimezone(LONDON), instants[1].astimezone(LONDON)))
        zone = named or described
        if zone is None:
            raise ZoneUnclear(name)
        return wall.replace(tzinfo=zone)

    def _find_zones(self, name: str) -> tuple[tzinfo | None, tzinfo | None]:
        if name not in self._zones:
            self._zones[name] = (self._read_described_zone(name), find_named_zone(name))
        return self._zones[name]

    def _read_described_zone(self, name: str) -> tzinfo | None:
        """Return the zone of a VTIMEZONE, or None without a valid one."""
        lines = self.calendar.zones.get(normalize_zone_name(name))
        if not lines:
            return None
        from icalendar import Timezone

        try:
            zone: Any = Timezone.from_ical("\r\n".join(lines))
            described: tzinfo = zone.to_tz(lookup_tzid=False)
            datetime(2013, 7, 1, 12, tzinfo=described).utcoffset()
        except Exception:  # invalid descriptions raise many types; the zone stays unknown
            return None
        return described

    def _find_first_change(self, name: str) -> datetime:
        """Return the first time that a VTIMEZONE describes."""
        starts = []
        for line in self.calendar.zones.get(normalize_zone_name(name), ()):
            if match := _START.match(line):
                starts.append(datetime.strptime(match[1], "%Y%m%d"))  # noqa: DTZ007
        return min(starts, default=datetime.min)  # noqa: DTZ901
