"""Conversion of rows to JSON types for `--json` and JSON exports: snake_case keys, ISO 8601 dates, None for absent."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from enum import Enum
from pathlib import Path
from typing import Any

from ahtc_tui.domain.actions.model import ActionRow
from ahtc_tui.domain.actions.urgency import compute_urgency
from ahtc_tui.domain.dates.date_as_known import DateAsKnown


def serialize_value(value: Any) -> Any:
    """Convert a row to dictionaries, lists, strings and numbers. Binary fields (database keys) are omitted."""
    if isinstance(value, DateAsKnown):
        return value.iso or value.words
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat(timespec="minutes")
    if isinstance(value, Path):
        return str(value)
    if is_dataclass(value):
        pairs = ((field.name, getattr(value, field.name)) for field in fields(value))
        return {name: serialize_value(item) for name, item in pairs if not isinstance(item, bytes)}
    if isinstance(value, dict):
        return {name: serialize_value(item) for name, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [serialize_value(item) for item in value]
    return value


def serialize_date(name: str, value: DateAsKnown | None) -> dict[str, Any]:
    """Four keys for a date as known: reduced ISO 8601 date, its words, its precision and the latest day it allows."""
    return {
        name: value.iso if value else None,
        f"{name}_text": (value.words or None) if value else None,
        f"{name}_precision": value.precision.value if value else None,
        f"{name}_latest": value.latest.isoformat() if value and value.latest.year < 9999 else None,
    }


def serialize_action(row: ActionRow, today: date) -> dict[str, Any]:
    """Dictionary of an action with the keys of the JSON contract; `today` decides what is late."""
    return {
        "ref": row.ref,
        "title": row.title,
        "objective": row.objective,
        "objective_title": row.objective_title,
        "status": row.status.value,
        "brag": row.brag.value if row.brag else None,
        "confidence": serialize_value(row.confidence),
        "priority": serialize_value(row.priority),
        "lead": row.lead,
        "lead_ref": row.lead_ref,
        "lead_kind": row.lead_kind,
        "lead_holder": row.lead_holder,
        "support": list(row.support),
        **serialize_date("due", row.due),
        "original_due": row.original_due.iso if row.original_due else None,
        "original_due_text": (row.original_due.words or None) if row.original_due else None,
        "slips": row.slips,
        "days_left": row.days_left(today),
        "late": row.is_late(today),
        "review_on": row.review_on.iso if row.review_on else None,
        "urgency": compute_urgency(row, today),
        "source": row.source,
        "meeting": row.meeting,
        "latest_update": row.latest_update,
        "latest_update_on": serialize_value(row.latest_update_on),
        "raised_on": row.raised_on.iso if row.raised_on else None,
        "closed_on": row.closed_on.iso if row.closed_on else None,
        "evidence": row.evidence,
        "marking": row.marking.value,
        "blocked": row.blocked,
        "blocking": row.blocking,
    }
