"""Drafts of commissions, their questions and their paragraphs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic import field_validator

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.commissions.model import read_topics
from ahtc_tui.domain.drafts.actions import KnownDate
from ahtc_tui.domain.drafts.text import Draft, Line, Prose, Title, read_date_fields, validate_draft
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _

DATE_FIELDS = ("from_on", "to_on", "sent_on")


class CommissionDraft(Draft):
    """Writable fields of a commission; `asked_by`, `cleared_by` and `follows` are given by name."""

    title: Title | None = None
    asked_by: Line | None = None
    reference: Line | None = None
    due: KnownDate | None = None
    from_on: KnownDate | None = None
    to_on: KnownDate | None = None
    follows: Line | None = None
    cleared_by: Line | None = None
    sent_on: KnownDate | None = None
    marking: Marking | None = None
    source: Line | None = None
    note: Prose | None = None

    @field_validator("title", mode="before")
    @classmethod
    def _refuse_empty(cls, value: object) -> object:
        if not value or not str(value).strip():
            raise ValueError(_("A commission needs a title."))
        return value


class QuestionDraft(Draft):
    """Writable fields of a question; `takes` holds objective numbers and topics."""

    text: Title | None = None
    takes: Line | None = None

    @field_validator("takes")
    @classmethod
    def _check_topics(cls, value: str | None) -> str | None:
        try:
            return ", ".join(read_topics(value)) or None
        except BadInput as error:
            raise ValueError(str(error)) from error


class ParagraphDraft(Draft):
    """Writable fields of a paragraph; empty text clears a field."""

    title: Line | None = None
    text: Prose | None = None


def build_commission_draft(fields: Mapping[str, Any], today: date) -> CommissionDraft:
    """Draft of typed fields, including typed dates. Raises BadInput with one sentence."""
    values = read_date_fields(fields, today, *DATE_FIELDS, loose=("due",))
    if isinstance(values.get("marking"), str):
        word = values["marking"].strip().casefold().replace("_", "-").replace(" ", "-")
        if word not in list(Marking):
            raise BadInput(_('A paper is marked official or official-sensitive, not "{word}".').format(word=word))
        values["marking"] = word
    return validate_draft(CommissionDraft, values)


def build_question_draft(fields: Mapping[str, Any]) -> QuestionDraft:
    """Draft of a question. Raises BadInput with one sentence."""
    return validate_draft(QuestionDraft, fields)


def build_paragraph_draft(fields: Mapping[str, Any]) -> ParagraphDraft:
    """Draft of a paragraph. Raises BadInput with one sentence."""
    return validate_draft(ParagraphDraft, fields)
