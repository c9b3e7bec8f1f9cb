"""Conversion of actions to JSON types."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from operator import attrgetter
from typing import Any

from ahtc_tui.domain.actions.model import ActionRow
from ahtc_tui.domain.actions.urgency import compute_urgency
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.serialization import PLAIN_TYPES, serialize_date, serialize_value

HIDDEN_FIELDS = ("key", "lead_short")
"""Fields of `ActionRow` that are not in its JSON."""
SHOWN_FIELDS = tuple(field.name for field in fields(ActionRow) if field.name not in HIDDEN_FIELDS)


def serialize_action(row: ActionRow, today: date) -> dict[str, Any]:
    """Dictionary of an action with the keys of the JSON contract; `today` decides what is late."""
    values = zip(SHOWN_FIELDS, attrgetter(*SHOWN_FIELDS)(row), strict=True)
    return {
        **{name: value if type(value) in PLAIN_TYPES else _serialize_part(value) for name, value in values},
        **serialize_date("due", row.due),
        "original_due_text": (row.original_due.words or None) if row.original_due else None,
        "days_left": row.days_left(today),
        "late": row.is_late(today),
        "urgency": compute_urgency(row, today),
    }


def _serialize_part(value: Any) -> Any:
    """Convert a value; a date is what is known of it, and None where that is words alone."""
    return value.iso if isinstance(value, DateAsKnown) else serialize_value(value)
