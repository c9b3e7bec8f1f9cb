"""Conversion of actions to JSON types."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from operator import attrgetter
from typing import Any

from ahtc_tui.domain.actions.model import ActionRow
from ahtc_tui.domain.actions.urgency import compute_urgency
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.serialization import serialize_date, serialize_value

HIDDEN_FIELDS = ("key", "lead_short")
"""Fields of `ActionRow` that are not in its JSON."""
SHOWN_FIELDS = tuple(field.name for field in fields(ActionRow) if field.name not in HIDDEN_FIELDS)
PLAIN_FIELDS = {field.name for field in fields(ActionRow) if field.type in ("str", "str | None", "int", "bool")}
CONVERTED_FIELDS = tuple(name for name in SHOWN_FIELDS if name not in PLAIN_FIELDS)
"""Fields whose values are of no type of JSON."""
_read_fields = attrgetter(*SHOWN_FIELDS)


def serialize_action(row: ActionRow, today: date) -> dict[str, Any]:
    """Return the dictionary of an action with the keys of the JSON contract; `today` decides what is late."""
    values = dict(zip(SHOWN_FIELDS, _read_fields(row), strict=True))
    for name in CONVERTED_FIELDS:
        if (value := values[name]) is not None:
            values[name] = value.iso if isinstance(value, DateAsKnown) else serialize_value(value)
    return {
        **values,
        **serialize_date("due", row.due),
        "original_due_text": (row.original_due.words or None) if row.original_due else None,
        "days_left": row.days_left(today),
        "late": row.is_late(today),
        "urgency": compute_urgency(row, today),
    }
