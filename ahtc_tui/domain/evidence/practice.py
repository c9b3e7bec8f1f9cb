"""Good practice and where it has been taken up. An absent cell means "not said", never "no"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey


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


class SessionKind(StrEnum):
    """What spread a practice."""

    TRAINING = "training"
    VISIT = "visit"
    CONFERENCE = "conference"
    EVENT = "event"

    @property
    def label(self) -> str:
        """The word that people read."""
        return _(self.value.capitalize())


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

    key: RowKey
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


def shorten_council_name(name: str) -> str:
    """An authority without the words that all of them have: "Conwy", "Isle of Anglesey"."""
    return re.sub(r"^City and County of | (County Borough|County|City)?\s*Council$", "", name)


class PlaceKind(StrEnum):
    """Which block of the matrix a place stands in."""

    FORCE = "force"
    FORUM = "forum"
    AUTHORITY = "authority"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The heading that people read."""
        return {
            "force": _("Forces"),
            "forum": _("Fora"),
            "authority": _("Authorities"),
            "other": _("Other places"),
        }[self.value]


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place that a practice can be taken up in: an area or an organisation."""

    key: RowKey
    ref: str
    name: str
    short: str | None
    kind: PlaceKind

    @property
    def plain_name(self) -> str:
        """As short as it is still clear: an authority without "County Council"."""
        return shorten_council_name(self.name) if self.kind is PlaceKind.AUTHORITY else self.name


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
    """The forces, the forum areas, the local authorities, then every other place that somebody spoke of."""
    rows: tuple[MatrixRow, ...]

    @property
    def answered_cells(self) -> int:
        """How many cells hold an answer."""
        return sum(cell is not None for row in self.rows for cell in row.cells)

    def list_columns(self, kind: PlaceKind) -> tuple[int, ...]:
        """The numbers of the columns of one kind of place."""
        return tuple(number for number, place in enumerate(self.places) if place.kind is kind)

    def list_cells(self, number: int) -> tuple[AdoptionRow | None, ...]:
        """What one place says of every practice."""
        return tuple(row.cells[number] for row in self.rows)


@dataclass(frozen=True, slots=True)
class CellCount:
    """How many cells say what; the rest is not said."""

    of: int
    by_status: tuple[tuple[AdoptionStatus, int], ...]

    @property
    def answered(self) -> int:
        """How many say anything."""
        return sum(number for _status, number in self.by_status)

    @property
    def adopted(self) -> int:
        """How many have adopted it."""
        return dict(self.by_status).get(AdoptionStatus.ADOPTED, 0)

    @property
    def summary(self) -> str:
        """ "3●  1◐ of 22": only what there is."""
        signs = " ".join(f"{number}{status.symbol}" for status, number in self.by_status)
        return _("{signs} of {all}").format(signs=signs or "0", all=self.of)


def count_cells(cells: Iterable[AdoptionRow | None]) -> CellCount:
    """The count of some cells by status, in the order of the statuses."""
    listed_cells = tuple(cells)
    counts = Counter(cell.status for cell in listed_cells if cell)
    return CellCount(len(listed_cells), tuple((status, counts[status]) for status in AdoptionStatus if counts[status]))


@dataclass(frozen=True, slots=True)
class GapRow:
    """A place that has not got a practice: what it says instead, None where it says nothing."""

    place: PlaceRow
    cell: AdoptionRow | None


def find_gaps(matrix: PracticeMatrix, row: MatrixRow, kinds: Iterable[PlaceKind]) -> list[GapRow]:
    """The places of some kinds that have not adopted a practice; those to whom it does not apply are no gap."""
    closed_statuses = (AdoptionStatus.ADOPTED, AdoptionStatus.NOT_APPLICABLE)
    selected_kinds = frozenset(kinds)
    return [
        GapRow(place, cell)
        for place, cell in zip(matrix.places, row.cells, strict=True)
        if place.kind in selected_kinds and (cell is None or cell.status not in closed_statuses)
    ]


NOT_SAID = "not_said"
"""What machine-readable output calls an absent cell."""


def format_cell(cell: AdoptionRow | None) -> str:
    """A cell in words: "◐ Under way (rolling-out)"; "· not said" where it is absent."""
    if cell is None:
        return _("· not said")
    own = f" ({cell.words})" if cell.words and cell.words != cell.status.value else ""
    return f"{cell.status.symbol} {cell.status.label}{own}"
