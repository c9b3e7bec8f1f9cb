"""Good practice and its adoption by places. An absent cell means that nothing is known, not that the practice was
declined.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.i18n import BilingualTitle, _, choose_printed_text, gettext_noop
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.labelled_enum import LabelledEnum

NOT_SAID = "not_said"
"""Name of an absent cell in machine-readable output."""

SOURCE_WORDS = {
    "rolling-out": gettext_noop("being rolled out"),
    "developing": gettext_noop("being developed"),
    "cascading": gettext_noop("being shared with other areas"),
}
"""Words of the Wales 2013 data for a status, as people read them."""
NO_INFORMATION = "·"
"""Sign of an absent cell."""
_WELSH_COUNTIES = {
    "Sir Caerfyrddin": "Sir Gaerfyrddin",
    "Sir Ceredigion": "Ceredigion",
    "Sir Penfro": "Sir Benfro",
    "Sir Powys": "Powys",
    "Sir Ynys Môn": "Ynys Môn",
}
"""Welsh names of counties that differ from those in the names of their councils."""


class AdoptionStatus(LabelledEnum):
    """Status of the adoption of a practice by a place."""

    PLANNED = "planned", gettext_noop("Planned")
    UNDER_WAY = "under_way", gettext_noop("Under way")
    ADOPTED = "adopted", gettext_noop("Adopted")
    DECLINED = "declined", gettext_noop("Declined")
    NOT_APPLICABLE = "not_applicable", gettext_noop("Not applicable")

    @property
    def symbol(self) -> str:
        """Sign in the matrix, shown together with its words."""
        return {"planned": "○", "under_way": "◐", "adopted": "●", "declined": "✕", "not_applicable": "–"}[self.value]


STEPS_OF_ADOPTION = (AdoptionStatus.PLANNED, AdoptionStatus.UNDER_WAY, AdoptionStatus.ADOPTED)
"""Statuses in the order in which a place takes up a practice."""


def is_step_back(before: AdoptionStatus, after: AdoptionStatus) -> bool:
    """Return whether a place has less of a practice than before: adopted to planned, or under way to declined."""
    if before not in STEPS_OF_ADOPTION or before is AdoptionStatus.PLANNED:
        return False
    return after not in STEPS_OF_ADOPTION or STEPS_OF_ADOPTION.index(after) < STEPS_OF_ADOPTION.index(before)


class SessionKind(LabelledEnum):
    """Kind of event that spreads a practice."""

    TRAINING = "training", gettext_noop("Training")
    VISIT = "visit", gettext_noop("Visit")
    CONFERENCE = "conference", gettext_noop("Conference")
    EVENT = "event", gettext_noop("Event")


@dataclass(frozen=True, slots=True)
class AdoptionRow:
    """A cell of the matrix: a practice in a place."""

    ref: str
    practice_ref: str
    practice: str
    place: str
    place_ref: str
    status: AdoptionStatus
    words: str | None
    """Word of the source if it differs: "cascading", "rolling-out"."""
    since: DateAsKnown | None
    source: str | None
    evidence: str | None = None
    contact: str | None = None


@dataclass(frozen=True, slots=True)
class PracticeRow(BilingualTitle):
    """A practice in lists, with the number of places that have decided about it and that have adopted it."""

    key: RowKey
    ref: str
    title: str
    origin: str | None
    lead: str | None
    adoptions: int
    adopted: int
    source: str | None
    title_cy: str | None = None

    @property
    def take_up(self) -> str:
        """Readable take-up: "1 of 4 adopted", or "no information" without any place."""
        if not self.adoptions:
            return _("no information")
        return _("{n} of {places} adopted").format(n=self.adopted, places=self.adoptions)


@dataclass(frozen=True, slots=True)
class PracticeCard:
    """A practice with its adoptions, for the detail pane."""

    row: PracticeRow
    venue: str | None
    recognised_by: str | None
    first_for: str | None
    note: str | None
    adoptions: tuple[AdoptionRow, ...]


def shorten_council_name(name: str) -> str:
    """Return the name of the place of a local authority: "Conwy", "Isle of Anglesey", "Sir Benfro"."""
    short = re.sub(
        r"^City and County of |^Dinas a Sir |^Cyngor (?:Bwrdeistref Sirol |Dinas )?"
        r"| (County Borough|County|City)?\s*Council$",
        "",
        name,
    )
    return _WELSH_COUNTIES.get(short, short)


class PlaceKind(LabelledEnum):
    """Block of the matrix that holds a place."""

    FORCE = "force", gettext_noop("Forces")
    FORUM = "forum", gettext_noop("Fora")
    AUTHORITY = "authority", gettext_noop("Authorities")
    OTHER = "other", gettext_noop("Other places")


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place that can adopt a practice: an area or an organisation."""

    key: RowKey
    ref: str
    name: str
    short: str | None
    kind: PlaceKind

    @property
    def plain_name(self) -> str:
        """Short name: an authority without "County Council"."""
        return shorten_council_name(self.name) if self.kind is PlaceKind.AUTHORITY else self.name


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A practice in all places; None is "not said"."""

    practice: PracticeRow
    cells: tuple[AdoptionRow | None, ...]
    """One cell for each place of the matrix, in its order."""


@dataclass(frozen=True, slots=True)
class PracticeMatrix:
    """All practices in all places."""

    places: tuple[PlaceRow, ...]
    """Police forces, forum areas, local authorities, then other places with an adoption."""
    rows: tuple[MatrixRow, ...]

    @property
    def answered_cells(self) -> int:
        """Number of cells with an adoption."""
        return sum(cell is not None for row in self.rows for cell in row.cells)

    def list_columns(self, kind: PlaceKind) -> tuple[int, ...]:
        """Column numbers of one kind of place."""
        return tuple(number for number, place in enumerate(self.places) if place.kind is kind)

    def find_cell(self, practice_ref: str, place_key: RowKey) -> AdoptionRow | None:
        """Return the adoption of a practice in a place; None for "not said"."""
        number = next((number for number, place in enumerate(self.places) if place.key == place_key), None)
        row = next((row for row in self.rows if row.practice.ref == practice_ref), None)
        return row.cells[number] if row and number is not None else None

    def list_cells(self, number: int) -> tuple[AdoptionRow | None, ...]:
        """Cells of one column."""
        return tuple(row.cells[number] for row in self.rows)


@dataclass(frozen=True, slots=True)
class TakeUpReading:
    """The status of a practice in a place from a day on; None where it was cleared."""

    on: date
    """The day of the status, else that on which it was written; `date.min` for a status of the reference data."""
    status: AdoptionStatus | None
    since: DateAsKnown | None = None
    """The date of the status, where it is known."""


@dataclass(frozen=True, slots=True)
class PlaceTakeUp:
    """All statuses of a practice in one place, in order."""

    place: PlaceRow
    readings: tuple[TakeUpReading, ...]

    def status_in(self, year: int) -> AdoptionStatus | None:
        """Return the status at the end of a year; None for "not said"."""
        earlier = [reading for reading in self.readings if reading.on.year <= year]
        return earlier[-1].status if earlier else None


@dataclass(frozen=True, slots=True)
class TakeUpOverTime:
    """The take-up of one practice by place and year."""

    practice: PracticeRow
    years: tuple[int, ...]
    places: tuple[PlaceTakeUp, ...]

    def count_adopted(self, year: int) -> int:
        """Return the number of places that have adopted it at the end of a year."""
        return sum(place.status_in(year) is AdoptionStatus.ADOPTED for place in self.places)


def build_take_up(
    practice: PracticeRow, places: Iterable[PlaceRow], readings: Mapping[RowKey, Sequence[TakeUpReading]], today: date
) -> TakeUpOverTime:
    """Return the take-up in the places with a status, from the year of the first dated one to this year."""
    rows = tuple(
        PlaceTakeUp(place, tuple(sorted(readings[place.key], key=lambda reading: reading.on)))
        for place in places
        if place.key in readings
    )
    dated = [reading.on.year for row in rows for reading in row.readings if reading.on.year > 1]
    first = min([*dated, today.year])
    return TakeUpOverTime(practice, tuple(range(first, today.year + 1)), rows)


@dataclass(frozen=True, slots=True)
class CellCount:
    """Number of cells by status; the others are "not said"."""

    of: int
    by_status: tuple[tuple[AdoptionStatus, int], ...]

    @property
    def answered(self) -> int:
        """Number of cells with a status."""
        return sum(number for _status, number in self.by_status)

    @property
    def adopted(self) -> int:
        """Number of cells with status ADOPTED."""
        return dict(self.by_status).get(AdoptionStatus.ADOPTED, 0)

    @property
    def summary(self) -> str:
        """Nonzero counts with their signs: "3● 1◐ of 22"; the sign of no information where no status is known."""
        signs = " ".join(f"{number}{status.symbol}" for status, number in self.by_status)
        return _("{signs} of {all}").format(signs=signs, all=self.of) if signs else NO_INFORMATION


def count_cells(cells: Iterable[AdoptionRow | None]) -> CellCount:
    """Counts of cells by status, in the order of the statuses."""
    listed_cells = tuple(cells)
    counts = Counter(cell.status for cell in listed_cells if cell)
    return CellCount(len(listed_cells), tuple((status, counts[status]) for status in AdoptionStatus if counts[status]))


@dataclass(frozen=True, slots=True)
class GapRow:
    """A place that has not adopted a practice, with its cell if any."""

    place: PlaceRow
    cell: AdoptionRow | None


def find_gaps(matrix: PracticeMatrix, row: MatrixRow, kinds: Iterable[PlaceKind]) -> list[GapRow]:
    """Places of the given kinds that have not adopted a practice, without those it does not apply to."""
    closed_statuses = (AdoptionStatus.ADOPTED, AdoptionStatus.NOT_APPLICABLE)
    selected_kinds = frozenset(kinds)
    return [
        GapRow(place, cell)
        for place, cell in zip(matrix.places, row.cells, strict=True)
        if place.kind in selected_kinds and (cell is None or cell.status not in closed_statuses)
    ]


def format_cell(cell: AdoptionRow | None, *, is_printed: bool = False) -> str:
    """Readable cell: "◐ Under way (being rolled out)", or "· no information" if absent.

    Words of the source are marked as English in a Welsh document.
    """
    if cell is None:
        return _("· no information")
    return f"{cell.status.symbol} {cell.status.label}{format_own_words(cell, is_printed=is_printed)}"


def format_own_words(cell: AdoptionRow, *, is_printed: bool = False) -> str:
    """Return the words of the source for the status, in brackets after a space; nothing if they are the same."""
    status = cell.status
    if not cell.words or cell.words in (status.value, status.label.lower()):
        return ""
    own_words = choose_printed_text(cell.words, None) if is_printed else cell.words
    words = _(SOURCE_WORDS[cell.words]) if cell.words in SOURCE_WORDS else own_words
    return f" ({words})"
