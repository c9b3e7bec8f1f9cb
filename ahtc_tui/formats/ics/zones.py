"""Conversion of times in calendar files to wall time in London, by IANA, Windows or file-specific zone names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from ahtc_tui.domain.i18n import _
from ahtc_tui.formats.ics.blocks import Calendar
from ahtc_tui.formats.ics.vtimezone import TZID

LONDON = ZoneInfo(TZID)
UNLIKELY_BEFORE, UNLIKELY_AFTER = 1950, 2200


@dataclass
class TimeReader:
    """Reads the times of one calendar."""

    calendar: Calendar
    warn: Callable[[str], None]
    _zones: dict[str, tzinfo] = field(default_factory=dict)

    def read_wall_time(self, value: Any) -> tuple[date, str, bool]:
        """Return a date or a wall time without offset, its zone, and whether the offset differs from that of London.

        Raises ValueError for an unlikely year.
        """
        when = value.dt
        if not UNLIKELY_BEFORE <= when.year <= UNLIKELY_AFTER:
            raise ValueError(when.year)
        if not isinstance(when, datetime):
            return when, TZID, False
        name = str(getattr(value, "params", {}).get("TZID", ""))
        if when.tzinfo is None and (name or self.calendar.zone):
            when = when.replace(tzinfo=self._get_zone(name or self.calendar.zone))
        if when.tzinfo is None:
            return when.replace(second=0, microsecond=0), TZID, False
        local = when.astimezone(LONDON).replace(second=0, microsecond=0)
        foreign = when.utcoffset() != local.utcoffset()
        if local.fold:  # the repeated hour in October: wall time would be the first occurrence
            return local.astimezone(UTC).replace(tzinfo=None), "UTC", foreign
        return local.replace(tzinfo=None), TZID, foreign

    def read_instant(self, value: Any) -> datetime | None:
        """Return the time of a stamp in UTC, or None if it is missing or invalid."""
        try:
            when: datetime = value.dt
            return when.astimezone(UTC) if when.tzinfo else when.replace(tzinfo=UTC)
        except (AttributeError, ValueError, OverflowError, TypeError):
            return None

    def _get_zone(self, name: str) -> tzinfo:
        if name not in self._zones:
            self._zones[name] = self._find_zone(name)
        return self._zones[name]

    def _find_zone(self, name: str) -> tzinfo:
        """Return a zone by its IANA or Windows name, or by its VTIMEZONE; warn and return London if it is unknown."""
        zone = _find_named_zone(name.strip('"')) or self._read_described_zone(name)
        if zone is None:
            self.warn(_('the time zone "{name}" is not known: taken as London time').format(name=name[:60]))
        return zone or LONDON

    def _read_described_zone(self, name: str) -> tzinfo | None:
        lines = self.calendar.zones.get(name)
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


def _find_named_zone(name: str) -> tzinfo | None:
    """Return a zone by its IANA name, the end of a longer name, its Windows name, or "London" in its name."""
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    if name.upper() in ("UTC", "GMT", "Z", "ETC/UTC"):
        return UTC
    parts = name.strip("/").split("/")
    for tail in (name, "/".join(parts[-2:]), WINDOWS_TO_OLSON.get(name, ""), WINDOWS_TO_OLSON.get(parts[-1], "")):
        try:
            if tail and not tail.startswith(("/", ".")):
                return ZoneInfo(tail)
        except (ValueError, OSError, KeyError):  # an unknown name is a KeyError, that of a folder an OSError
            continue
    return LONDON if "london" in name.casefold() else None
