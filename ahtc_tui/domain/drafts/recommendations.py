"""What may be written to a recommendation and to the document it stands in, checked before the database sees it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from ahtc_tui.domain.drafts.actions import Known
from ahtc_tui.domain.drafts.contacts import yes_or_no
from ahtc_tui.domain.drafts.text import Draft, Line, Prose, Title, checked, dates_read, never_empty


class RecommendationDraft(Draft):
    """The fields of a recommendation; document, owner and objective are named by words. Empty words clear a field."""

    title: Title | None = None
    document: Title | None = None
    part_of: Line | None = None
    response: Prose | None = None
    evidence: Prose | None = None
    owner: Line | None = None
    objective: Line | None = None
    made_on: Known | None = None
    source: Line | None = None
    note: Prose | None = None

    _filled = never_empty("Title and document may not be empty.", "title", "document")


class DocumentDraft(Draft):
    """The fields of a document; its body is named by words. Empty words clear a field."""

    title: Title | None = None
    body: Line | None = None
    published_on: Known | None = None
    reference: Line | None = None
    awaited: bool | None = None
    expected_on: Known | None = None
    source: Line | None = None
    note: Prose | None = None

    _filled = never_empty("A document needs a title.", "title")


def recommendation_draft(fields: Mapping[str, Any], today: date) -> RecommendationDraft:
    """A checked draft of what a person typed, dates in words included. Raises BadInput with one sentence."""
    return checked(RecommendationDraft, dates_read(fields, today, "made_on"))


def document_draft(fields: Mapping[str, Any], today: date) -> DocumentDraft:
    """A checked draft of what a person typed. Raises BadInput with one sentence."""
    read = dict(fields)
    if isinstance(read.get("awaited"), str):
        read["awaited"] = yes_or_no("awaited", read["awaited"])
    return checked(DocumentDraft, dates_read(read, today, "published_on", loose=("expected_on",)))


def answer_draft(response: str | None, owner: str | None = None, objective: str | None = None) -> RecommendationDraft:
    """A checked answer, of the fields that a person gave. Raises BadInput with one sentence."""
    fields = {"response": response, "owner": owner, "objective": objective}
    return checked(RecommendationDraft, {name: value for name, value in fields.items() if value is not None})
