"""Drafts of the decision register."""

from __future__ import annotations

from typing import Annotated

from ahtc_tui.domain.drafts.text import Draft, FactDate, Line, Prose, Title, build_choice_validator
from ahtc_tui.domain.i18n import gettext_noop
from ahtc_tui.domain.meetings.kinds import DecisionStatus


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
    decided_by: Line | None = None
    status: Annotated[DecisionStatus | None, build_choice_validator(DecisionStatus, gettext_noop("status"))] = None


build_decision_draft = DecisionDraft.read
