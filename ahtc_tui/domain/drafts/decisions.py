"""Drafts of the decision register."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.dates.parser import read_date
from ahtc_tui.domain.drafts.text import Draft, Line, Prose, Title, validate_draft


class DecisionDraft(Draft):
    """Writable fields of a decision; empty text clears a field."""

    text: Title | None = None
    text_cy: Line | None = None
    reason: Prose | None = None
    group: Line | None = None
    meeting: Line | None = None
    superseded_by: Line | None = None
    note: Prose | None = None
    decided_on: DateAsKnown | None = None


def build_decision_draft(fields: Mapping[str, Any], today: date) -> DecisionDraft:
    """Draft of typed fields, including a typed `decided_on`. Raises BadInput with one sentence."""
    values = dict(fields)
    if isinstance(values.get("decided_on"), str):
        values["decided_on"] = read_date(values["decided_on"], today) if values["decided_on"].strip() else None
    return validate_draft(DecisionDraft, values)
