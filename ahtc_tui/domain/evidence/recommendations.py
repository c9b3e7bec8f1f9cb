"""Recommendations of others, the documents they stand in, and the answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.keys import RowKey


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document that the office works from."""

    key: RowKey
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
    awaited: bool = False
    """The office waits for it: others have not published it yet."""
    expected_on: DateAsKnown | None = None

    def is_overdue(self, today: date) -> bool:
        """It should have come by now."""
        return self.awaited and self.expected_on is not None and self.expected_on.latest < today


@dataclass(frozen=True, slots=True)
class RecommendationRow:
    """One recommendation and where its answer stands."""

    key: RowKey
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
    evidence: str | None = None
    actions_done: int = 0
    """How many of its actions are done or cancelled."""

    @property
    def is_answered(self) -> bool:
        """Somebody said something to it, or acts on it."""
        return bool(self.response or self.actions)

    @property
    def is_open(self) -> bool:
        """Nothing has closed it: it has no action, or one that is still to be done. An answer alone closes nothing."""
        return not self.actions or self.actions_done < len(self.actions)


@dataclass(frozen=True, slots=True)
class RecommendationFilter:
    """Which recommendations are asked for."""

    words: str = ""
    document: str = ""
    """A part of its reference, its title or the name of its body."""
    open: bool = False
    without_action: bool = False
