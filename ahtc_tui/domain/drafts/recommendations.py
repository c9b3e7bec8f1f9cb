"""Drafts of recommendations and documents."""

from __future__ import annotations

from typing import Annotated

from ahtc_tui.domain.actions.paper_marking import PaperMarking
from ahtc_tui.domain.drafts.text import (
    Draft,
    DueDateOrWords,
    FactDate,
    Flag,
    Line,
    Prose,
    Title,
    build_choice_validator,
    forbid_empty,
)
from ahtc_tui.domain.i18n import gettext_noop


class RecommendationDraft(Draft):
    """Writable fields of a recommendation; document, owner and objective are given by name."""

    title: Title | None = None
    title_cy: Line | None = None
    document: Title | None = None
    part_of: Line | None = None
    response: Prose | None = None
    evidence: Prose | None = None
    owner: Line | None = None
    objective: Line | None = None
    made_on: FactDate = None
    source: Line | None = None
    note: Prose | None = None

    _filled = forbid_empty(gettext_noop("Title and document cannot be empty."), "title", "document")


class DocumentDraft(Draft):
    """Writable fields of a document; the body is given by name, and empty text clears a field."""

    title: Title | None = None
    title_cy: Line | None = None
    body: Line | None = None
    published_on: FactDate = None
    reference: Line | None = None
    awaited: Flag = None
    expected_on: DueDateOrWords = None
    marking: Annotated[PaperMarking | None, build_choice_validator(PaperMarking, gettext_noop("marking"))] = None
    source: Line | None = None
    note: Prose | None = None

    _filled = forbid_empty(gettext_noop("A document needs a title."), "title")


build_recommendation_draft = RecommendationDraft.read
build_document_draft = DocumentDraft.read


def build_answer_draft(
    response: str | None, owner: str | None = None, objective: str | None = None
) -> RecommendationDraft:
    """Draft of the response to a recommendation, of the given fields. Raises BadInput with one sentence."""
    fields = {"response": response, "owner": owner, "objective": objective}
    return RecommendationDraft.read({name: value for name, value in fields.items() if value is not None})
