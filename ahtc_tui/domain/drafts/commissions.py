"""Drafts of commissions, their questions and their paragraphs."""

from __future__ import annotations

from typing import Annotated

from pydantic import field_validator

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.commissions.model import read_topics
from ahtc_tui.domain.drafts.text import (
    Draft,
    DueDateOrWords,
    FactDate,
    KnownDate,
    Line,
    Prose,
    Title,
    build_choice_validator,
    forbid_empty,
)
from ahtc_tui.domain.i18n import gettext_noop


class CommissionDraft(Draft):
    """Writable fields of a commission; `asked_by`, `cleared_by` and `follows` are given by name."""

    title: Title | None = None
    title_cy: Line | None = None
    asked_by: Line | None = None
    reference: Line | None = None
    due: DueDateOrWords = None
    from_on: KnownDate = None
    to_on: KnownDate = None
    follows: Line | None = None
    cleared_by: Line | None = None
    sent_on: FactDate = None
    marking: Annotated[Marking | None, build_choice_validator(Marking, gettext_noop("marking"))] = None
    source: Line | None = None
    note: Prose | None = None

    _filled = forbid_empty(gettext_noop("A commission needs a title."), "title")


class QuestionDraft(Draft):
    """Writable fields of a question; `takes` holds objective numbers and topics."""

    text: Title | None = None
    text_cy: Line | None = None
    takes: Line | None = None

    @field_validator("takes")
    @classmethod
    def _check_topics(cls, value: str | None) -> str | None:
        return ", ".join(read_topics(value)) or None


class ParagraphDraft(Draft):
    """Writable fields of a paragraph; empty text clears a field."""

    title: Line | None = None
    title_cy: Line | None = None
    text: Prose | None = None
    text_cy: Prose | None = None


build_commission_draft = CommissionDraft.read
build_question_draft = QuestionDraft.read
build_paragraph_draft = ParagraphDraft.read
