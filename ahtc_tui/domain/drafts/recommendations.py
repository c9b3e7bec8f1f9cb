"""Drafts of recommendations and documents."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from ahtc_tui.domain.drafts.actions import KnownDate
from ahtc_tui.domain.drafts.text import (
    Draft,
    Line,
    Prose,
    Title,
    forbid_empty,
    read_date_fields,
    read_yes_or_no,
    validate_draft,
)
from ahtc_tui.domain.i18n import gettext_noop


class RecommendationDraft(Draft):
    """Writable fields of a recommendation; document, owner and objective are given by name."""

    title: Title | None = None
    document: Title | None = None
    part_of: Line | None = None
    response: Prose | None = None
    evidence: Prose | None = None
    owner: Line | None = None
    objective: Line | None = None
    made_on: KnownDate | None = None
    source: Line | None = None
    note: Prose | None = None

    _filled = forbid_empty(gettext_noop("Title and document may not be empty."), "title", "document")


class DocumentDraft(Draft):
    """Writable fields of a document; the body is given by name, and empty text clears a field."""

    title: Title | None = None
    body: Line | None = None
    published_on: KnownDate | None = None
    reference: Line | None = None
    awaited: bool | None = None
    expected_on: KnownDate | None = None
    source: Line | None = None
    note: Prose | None = None

    _filled = forbid_empty(gettext_noop("A document needs a title."), "title")


def build_recommendation_draft(fields: Mapping[str, Any], today: date) -> RecommendationDraft:
    """Draft of typed fields, including typed dates. Raises BadInput with one sentence."""
    return validate_draft(RecommendationDraft, read_date_fields(fields, today, "made_on"))


def build_document_draft(fields: Mapping[str, Any], today: date) -> DocumentDraft:
    """Draft of typed fields, including typed dates. Raises BadInput with one sentence."""
    values = dict(fields)
    if isinstance(values.get("awaited"), str):
        values["awaited"] = read_yes_or_no("awaited", values["awaited"])
    return validate_draft(DocumentDraft, read_date_fields(values, today, "published_on", loose=("expected_on",)))


def build_answer_draft(
    response: str | None, owner: str | None = None, objective: str | None = None
) -> RecommendationDraft:
    """Draft of the response to a recommendation, of the given fields. Raises BadInput with one sentence."""
    fields = {"response": response, "owner": owner, "objective": objective}
    return validate_draft(RecommendationDraft, {name: value for name, value in fields.items() if value is not None})
