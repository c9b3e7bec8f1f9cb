"""Good practice and where it has been taken up. An absent cell means "not said", never "no"."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ahtc_tui.domain.dates import DateAsKnown
from ahtc_tui.domain.words import _


class AdoptionStatus(StrEnum):
    """How far a place has taken up a practice."""

    PLANNED = "planned"
    UNDER_WAY = "under_way"
    ADOPTED = "adopted"
    DECLINED = "declined"
    NOT_APPLICABLE = "not_applicable"

    @property
    def symbol(self) -> str:
        """The mark in the matrix; always read with its word."""
        return {"planned": "○", "under_way": "◐", "adopted": "●", "declined": "✕", "not_applicable": "–"}[self.value]

    @property
    def label(self) -> str:
        """The words that people read."""
        return _(self.value.replace("_", " ").capitalize())


@dataclass(frozen=True, slots=True)
class AdoptionRow:
    """One cell: a practice in a place."""

    ref: str
    practice_ref: str
    practice: str
    place: str
    place_ref: str
    status: AdoptionStatus
    words: str | None
    """The paper's own word where it differs: "cascading", "rolling-out"."""
    since: DateAsKnown | None
    source: str | None


@dataclass(frozen=True, slots=True)
class PracticeRow:
    """A practice as lists show it."""

    key: bytes
    ref: str
    title: str
    origin: str | None
    lead: str | None
    adoptions: int
    adopted: int
    source: str | None


@dataclass(frozen=True, slots=True)
class PracticeCard:
    """Everything about one practice."""

    row: PracticeRow
    venue: str | None
    recognised_by: str | None
    first_for: str | None
    note: str | None
    adoptions: tuple[AdoptionRow, ...]
