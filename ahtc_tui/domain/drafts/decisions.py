"""Drafts of the decision register."""

from __future__ import annotations

from ahtc_tui.domain.drafts.text import Draft, FactDate, Line, Prose, Title


class DecisionDraft(Draft):
    """Writable fields of a decision; empty text clears a field."""

    text: Title | None = None
    text_cy: Line | None = None
    reason: Prose | None = None
    group: Line | None = None
    meeting: Line | None = None
    superseded_by: Line | None = None
    note: Prose | None = None
    decided_on: FactDate = None


build_decision_draft = DecisionDraft.read
