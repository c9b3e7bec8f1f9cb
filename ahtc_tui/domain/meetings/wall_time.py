"""Wall times with a time zone, and the instants and lengths that they mean when the clocks change."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo


def to_utc(wall: datetime, tz: str) -> datetime:
    """Return a wall time without an offset in UTC.

    A repeated hour is its first occurrence; a skipped hour is read with the offset before the change (RFC 5545 section
    3.3.5). Raises ZoneInfoNotFoundError or ValueError for an unknown zone.
    """
    return wall.replace(tzinfo=ZoneInfo(tz), fold=0).astimezone(UTC)


def end_to_utc(ends: datetime, starts: datetime, tz: str) -> datetime:
    """Return the end of a meeting in UTC: the first occurrence of its wall time after the start, if it has one.

    A meeting from 01:30 to 01:30 on the night when the clocks go back takes an hour. Raises as `to_utc`.
    """
    first = to_utc(ends, tz)
    if first > to_utc(starts, tz):
        return first
    # Of the two occurrences of a repeated hour only the second can still be after the start.
    return ends.replace(tzinfo=ZoneInfo(tz), fold=1).astimezone(UTC)


def compute_duration(starts: datetime, ends: datetime, tz: str) -> timedelta:
    """Return the time between two wall times; negative where the end is before the start."""
    return end_to_utc(ends, starts, tz) - to_utc(starts, tz)


def convert_wall_time(wall: datetime, tz: str, other_tz: str) -> datetime:
    """Return a wall time of one zone in another zone. Raises as `to_utc`."""
    # Not by way of UTC: the second pass of a repeated hour would become the first.
    if tz == other_tz:
        return wall
    return to_utc(wall, tz).astimezone(ZoneInfo(other_tz)).replace(tzinfo=None, fold=0)


def add_duration(wall_time: datetime, duration: timedelta, tz: str) -> datetime:
    """Add a duration to a wall time."""
    return (to_utc(wall_time, tz) + duration).astimezone(ZoneInfo(tz)).replace(tzinfo=None, fold=0)
