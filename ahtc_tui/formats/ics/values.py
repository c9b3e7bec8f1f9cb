"""Access to properties of the icalendar library, which are single values or lists."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any


def to_list(value: Any) -> list[Any]:
    """Return the values of a property that may occur several times."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def take_first(value: Any) -> Any:
    """Return the value of a property that should occur once."""
    return value[0] if isinstance(value, list) and value else value


def read_parameter(value: Any, name: str) -> str:
    """Return a parameter of a property; empty if it is missing."""
    parameter_value = getattr(value, "params", {}).get(name, "")
    return str(
        parameter_value[0] if isinstance(parameter_value, (list, tuple)) and parameter_value else parameter_value or ""
    )


def read_stamp(value: Any) -> datetime | None:
    """Return the time of a stamp in UTC, which one without a zone is in (RFC 5545 section 3.8.7); None for others."""
    try:
        moment: datetime = value.dt
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (AttributeError, TypeError, ValueError, OverflowError):
        return None
