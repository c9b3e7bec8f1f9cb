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
    evidence: str | None = None
    contact: str | None = None


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


class PlaceKind(StrEnum):
    """Which block of the matrix a place stands in."""

    FORCE = "force"
    FORUM = "forum"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The heading that people read."""
        return {"force": _("Forces"), "forum": _("Fora"), "other": _("Other places")}[self.value]


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place that a practice can be taken up in: an area or an organisation."""

    key: bytes
    ref: str
    name: str
    short: str | None
    kind: PlaceKind


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One practice across all places. None is "not said"."""

    practice: PracticeRow
    cells: tuple[AdoptionRow | None, ...]
    """One for each place of the matrix, in its order."""


@dataclass(frozen=True, slots=True)
class PracticeMatrix:
    """Every practice in every place."""

    places: tuple[PlaceRow, ...]
    """The forces, the forum areas, then every other place that somebody said something about."""
    rows: tuple[MatrixRow, ...]

    @property
    def said(self) -> int:
        """How many cells hold an answer."""
        return sum(cell is not None for row in self.rows for cell in row.cells)


NOT_SAID = "not_said"
"""What machine-readable output calls an absent cell."""


def cell_words(cell: AdoptionRow | None) -> str:
    """A cell in words: "◐ Under way (rolling-out)"; "· not said" where it is absent."""
    if cell is None:
        return _("· not said")
    own = f" ({cell.words})" if cell.words and cell.words != cell.status.value else ""
    return f"{cell.status.symbol} {cell.status.label}{own}"
