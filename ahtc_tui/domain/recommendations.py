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
    answered: int = 0
    """How many of its recommendations have a response or an action."""
    later: bool = False
    """Later than the paper that the reference data come from."""


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
    """The references of the actions that answer it."""
    source: str | None
    note: str | None = None
    later: bool = False
    """Made after the paper that the reference data come from."""

    @property
    def answered(self) -> bool:
        """Somebody said something to it, or acts on it."""
        return bool(self.response or self.actions)
