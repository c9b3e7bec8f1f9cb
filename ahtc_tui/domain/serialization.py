"""Conversion of rows to JSON types for `--json` and JSON exports: snake_case keys, ISO 8601 dates, None for absent."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from enum import Enum
from pathlib import Path
from types import NoneType
from typing import Any

from ahtc_tui.domain.dates.date_as_known import DateAsKnown

PLAIN_TYPES = frozenset((str, int, bool, float, NoneType))
"""Types that are the same in JSON; an enumeration of text is another type."""


def serialize_value(value: Any) -> Any:
    """Convert a row to dictionaries, lists, strings and numbers. Binary fields (database keys) are omitted."""
    if type(value) in PLAIN_TYPES:
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (tuple, list)):
        return [serialize_value(item) for item in value]
    if isinstance(value, DateAsKnown):
        return value.iso or value.words
    if isinstance(value, (datetime, time)):
        return value.isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    if is_dataclass(value):
        pairs = ((field.name, getattr(value, field.name)) for field in fields(value))
        return {name: serialize_value(item) for name, item in pairs if not isinstance(item, bytes)}
    if isinstance(value, dict):
        return {name: serialize_value(item) for name, item in value.items()}
    return value


def serialize_date(name: str, value: DateAsKnown | None) -> dict[str, Any]:
    """Return five keys for a date as known: `DateAsKnown.iso`, words, precision, first and last day that it allows."""
    return {
        name: value.iso if value else None,
        f"{name}_text": (value.words or None) if value else None,
        f"{name}_precision": value.precision.value if value else None,
        f"{name}_earliest": value.earliest.isoformat() if value and value.has_day else None,
        f"{name}_latest": value.latest.isoformat() if value and value.has_day else None,
    }


def serialize_record(row: Any, *dates: str) -> dict[str, Any]:
    """Return the dictionary of a row; the fields in `dates`, DateAsKnown or None, get the keys of `serialize_date`."""
    values: dict[str, Any] = serialize_value(row)
    for name in dates:
        values |= serialize_date(name, getattr(row, name))
    return values
