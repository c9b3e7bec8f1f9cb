"""What may be written to a recommendation and to the document it stands in, checked before the database sees it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

from pydantic import ValidationError

from ahtc_tui.domain.drafts.actions import Known
from ahtc_tui.domain.drafts.contacts import yes_or_no
from ahtc_tui.domain.drafts.text import Draft, Line, Prose, Title, first_fault, never_empty
from ahtc_tui.domain.uk_dates import read_date, read_date_or_words

Kind = TypeVar("Kind", bound=Draft)


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
    return _checked(RecommendationDraft, fields, today)


def document_draft(fields: Mapping[str, Any], today: date) -> DocumentDraft:
    """A checked draft of what a person typed. Raises BadInput with one sentence."""
    read = dict(fields)
    if isinstance(read.get("awaited"), str):
        read["awaited"] = yes_or_no("awaited", read["awaited"])
    return _checked(DocumentDraft, read, today)


def answer_draft(response: str | None, owner: str | None = None, objective: str | None = None) -> RecommendationDraft:
    """A checked answer, of the fields that a person gave. Raises BadInput with one sentence."""
    fields = {"response": response, "owner": owner, "objective": objective}
    return _checked(RecommendationDraft, {name: value for name, value in fields.items() if value is not None}, None)


def _checked(kind: type[Kind], fields: Mapping[str, Any], today: date | None) -> Kind:
    read = dict(fields)
    for name in ("made_on", "published_on", "expected_on"):
        if isinstance(read.get(name), str) and today is not None:
            reader = read_date_or_words if name == "expected_on" else read_date
            read[name] = reader(read[name], today) if read[name].strip() else None
    try:
        return kind.model_validate(read)
    except ValidationError as error:
        raise first_fault(error) from error
