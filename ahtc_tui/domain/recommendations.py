"""Recommendations of others, the documents they stand in, and the answer."""

from __future__ import annotations

from dataclasses import dataclass

from ahtc_tui.domain.dates import DateAsKnown


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document that the office works from."""

    key: bytes
    ref: str
    title: str
    body: str | None
    published_on: DateAsKnown | None
    reference: str | None
    recommendations: int
    note: str | None
    source: str | None


@dataclass(frozen=True, slots=True)
class RecommendationRow:
    """One recommendation and where its answer stands."""

    key: bytes
    ref: str
    title: str
    document: str
    document_ref: str
    part_of: str | None
    response: str | None
    owner: str | None
    objective: str | None
    whole_report: bool
    made_on: DateAsKnown | None
    actions: tuple[str, ...]
    source: str | None
