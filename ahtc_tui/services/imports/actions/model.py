"""Data that passes between the stages of an import of actions, and the plan that collects their results."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter
from pathlib import Path
from typing import Any

from ahtc_tui.domain.actions.model import Status
from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.report import Question, SourceCell, TakeMode
from ahtc_tui.domain.imports.sheets import Cell, CellValue, PlainCells, Table, format_cell_value
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.record_names import format_field
from ahtc_tui.domain.returns.column_fields import ColumnReading
from ahtc_tui.domain.returns.column_profiles import ColumnProfile
from ahtc_tui.domain.returns.dates import DateConventions
from ahtc_tui.domain.returns.model import SentAction, SentValues
from ahtc_tui.domain.returns.statuses import parse_status
from ahtc_tui.domain.text.normalization import normalize_text
from ahtc_tui.services.imports.file_plan import FilePlan, build_choice_error

NEW_PREFIX = "new:"
"""Precedes a name that the register lacks: writing the value adds an owner, or an objective."""
MIN_KINSHIP = 60
"""Of 100: below it a title is not a changed one, but that of another action."""

TARGET_FIELDS = {
    "due_text": "due",
    "leads": "lead",
    "lead_text": "lead",
    "status_from_colour": "status",
    "sheet_conflict": "status",
    "status_from_sheet": "status",
    "struck": "status",
    "missing": "status",
    "progress": "update",
}
"""Target of a claim without values."""


@dataclass(frozen=True, slots=True)
class LogTable:
    """A table of actions, with the field of each column."""

    sheet: str
    headings: tuple[str, ...]
    readings: tuple[ColumnReading, ...]
    profiles: tuple[ColumnProfile, ...]
    is_hidden: bool
    is_closed: bool = False
    """The name of the sheet, or the line above the headings, means closed actions."""
    fields: tuple[str | None, ...] = field(init=False)
    """Field of each column."""
    positions: Mapping[str, tuple[int, ...]] = field(init=False)
    """Columns of each field."""

    def __post_init__(self) -> None:
        positions: dict[str, tuple[int, ...]] = {}
        for position, reading in enumerate(self.readings):
            if reading.field:
                positions[reading.field] = (*positions.get(reading.field, ()), position)
        object.__setattr__(self, "fields", tuple(reading.field for reading in self.readings))
        object.__setattr__(self, "positions", positions)


class RowCells(Mapping[str, tuple[Cell, ...]]):
    """The cells of a row by field, without empty ones, built at each access."""

    __slots__ = ("_cells", "_positions")

    def __init__(self, cells: PlainCells, positions: Mapping[str, tuple[int, ...]]) -> None:
        """`positions` are the columns of each field."""
        self._cells, self._positions = cells, positions

    def __getitem__(self, field_name: str) -> tuple[Cell, ...]:
        values = self._cells.values
        positions = [position for position in self._positions[field_name] if values[position] is not None]
        if not positions:
            raise KeyError(field_name)
        return tuple(map(self._cells.__getitem__, positions))

    def __iter__(self) -> Iterator[str]:
        return filter(self.__contains__, self._positions)

    def __len__(self) -> int:
        return sum(1 for _field_name in self)

    def __contains__(self, field_name: object) -> bool:
        return self.find_value(str(field_name)) is not None

    def list_values(self) -> list[tuple[str, CellValue]]:
        """Return field and value of each cell, those without a value as well."""
        values = self._cells.values
        return [(name, values[position]) for name, positions in self._positions.items() for position in positions]

    def find_value(self, field_name: str) -> CellValue:
        """Return the value of the first cell of a field; None where it has none."""
        values = self._cells.values
        for position in self._positions.get(field_name, ()):
            if values[position] is not None:
                return values[position]
        return None

    def find_cell(self, field_name: str) -> Cell | None:
        """Return the first cell of a field; None where it has none."""
        values = self._cells.values
        for position in self._positions.get(field_name, ()):
            if values[position] is not None:
                return self._cells[position]
        return None


class MarkedCells(dict[str, tuple[Cell, ...]]):
    """The cells of a row by field, with their colours and comments."""

    def list_values(self) -> list[tuple[str, CellValue]]:
        """Return field and value of each cell."""
        return [(name, cell.value) for name, cells in self.items() for cell in cells]

    def find_value(self, field_name: str) -> CellValue:
        """Return the value of the first cell of a field that has one; None where none has."""
        return next((cell.value for cell in self.get(field_name, ()) if cell.value is not None), None)

    def find_cell(self, field_name: str) -> Cell | None:
        """Return the first cell of a field that has a value; None where none has."""
        return next((cell for cell in self.get(field_name, ()) if cell.value is not None), None)


@dataclass(frozen=True, slots=True)
class LogRow:
    """A row of an action log. `cells` omits cells without a value, a colour and a comment."""

    table: LogTable
    number: int
    cells: RowCells | MarkedCells
    is_hidden: bool = False
    section: str | None = None
    """The heading between the rows that the row is under."""
    is_closed: bool = False
    """The row is on a sheet or under a heading of closed actions."""
    may_continue: bool = False
    """The row may continue the one before it in `Log.rows`: it is adjacent and has no other cells than text."""
    cells_below: tuple[Cell, ...] = ()
    """Updates in the lines directly below that name no action."""
    doubt: str = ""
    """Why the row may be no action; empty where it certainly is one."""
    is_repeated: bool = False
    """An earlier row of the file may be the same action."""

    def first_cell(self, field_name: str) -> Cell | None:
        """Return the first cell of a field that has a value."""
        return self.cells.find_cell(field_name)

    def text_of(self, field_name: str) -> str:
        """Return the text of the first cell of a field that has a value, or an empty string."""
        return format_cell_value(self.cells.find_value(field_name))

    def list_texts(self) -> list[tuple[str, str]]:
        """Return field and text of the cells that have a text as their value."""
        return [(name, value.strip()) for name, value in self.cells.list_values() if isinstance(value, str)]

    def list_comments(self) -> list[Cell]:
        """Return the cells that have a comment."""
        if isinstance(self.cells, RowCells):
            return []
        return [cell for cells in self.cells.values() for cell in cells if cell.comment]

    def has_value(self, field_name: str) -> bool:
        """Return whether a cell of a field has a value."""
        return self.cells.find_value(field_name) is not None

    def has_column(self, field_name: str) -> bool:
        """Return whether the table has a column for a field."""
        return field_name in self.table.fields

    def heading_of(self, field_name: str) -> str:
        """Return the heading of the first column of a field, or an empty string."""
        return self.table.headings[self.table.fields.index(field_name)] if self.has_column(field_name) else ""

    @property
    def address(self) -> str:
        """Sheet and number of the row: "Open!7"."""
        return f"{self.table.sheet}!{self.number}" if self.table.sheet else str(self.number)

    def address_of(self, field_name: str) -> str:
        """Return the address of a field: that of its cell, else that of the row."""
        cell = self.first_cell(field_name) or next(iter(self.cells.get(field_name, ())), None)
        return cell.address if cell else self.address


_CLOSED_WORDS = (
    "closed", "completed", "complete", "done", "archive", "archived", "caewyd", "cwblhawyd", "gwblhawyd", "caeedig",
    "archif",
)  # fmt: skip
_MIN_STATUS_LENGTH = 4
"""Length from which a heading that names a status means it: "Ar gau", but not "Y"."""


def is_closed_heading(heading: str | None) -> bool:
    """Return whether a heading or the name of a sheet means closed actions."""
    text = heading or ""
    words = normalize_text(text).split()
    has_closed_word = bool(words) and not {words[0], words[-1]}.isdisjoint(_CLOSED_WORDS)
    return has_closed_word or (len(text) >= _MIN_STATUS_LENGTH and parse_status(text) is Status.DONE)


@dataclass(frozen=True, slots=True)
class Log:
    """One file as it was read."""

    path: Path
    rows: tuple[LogRow, ...]
    sent_keys: tuple[RowKey, ...]
    """Keys of all actions that were sent in an older workbook, from its hidden list."""
    sent_actions: tuple[SentAction, ...]
    """The sheet of sent values; empty where the file has none."""
    date_conventions: DateConventions


@dataclass(frozen=True, slots=True)
class RowMatch:
    """A row with the action that it is about."""

    row: LogRow
    key: RowKey | None
    by_title: bool = False
    """The title alone identifies the action."""
    conflicting_key: RowKey | None = None
    """The action of the reference, where the hidden key names another one and the title decides for neither."""
    is_settled: bool = True
    """False while a question about the action of the row is unanswered: nothing is taken from the row."""


@dataclass(frozen=True, slots=True)
class MatchedLog:
    """The rows of one file that are about existing actions."""

    file: ActionFilePlan
    matches: tuple[RowMatch, ...]
    sent_keys: tuple[RowKey, ...]
    date_conventions: DateConventions


@dataclass(frozen=True, slots=True)
class Claim:
    """What one cell of a row claims about an action."""

    reported_field: str
    """The field of its question or change: "due", "due_text", "status_from_colour"."""
    address: str
    theirs: str | None
    """The claimed value as it was written, or as it is shown."""
    values: Mapping[str, str | None] = field(default_factory=dict)
    """Values to write by field, in the form in which they are compared; empty where the claim cannot be taken."""
    reason: str = ""
    """Why the claim needs a decision; empty where the cell is unambiguous."""
    proposed: str | None = None
    is_partial: bool = False
    """Taking the values would omit a part of the cell."""
    is_month_first: bool = False
    """The value is a date that is read with the month first, because another date of the file has it first."""
    day_first_values: Mapping[str, str | None] = field(default_factory=dict)
    """Values to write where the day is first instead; empty where there is no such day."""

    @property
    def target(self) -> str:
        """The field of the action that the claim is about."""
        return next(iter(self.values), TARGET_FIELDS.get(self.reported_field, self.reported_field))


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """A row of an existing action with its claims."""

    file: ActionFilePlan
    match: RowMatch
    key: RowKey
    base: SentValues | None
    claims: tuple[Claim, ...]


@dataclass
class ActionFilePlan(FilePlan):
    """Planned result of one file: what it adds, changes, asks and warns about."""

    learnt_columns: dict[str, str] = field(default_factory=dict)
    """Field of each heading that was mapped by the answer to a question; it is remembered."""
    tables: list[tuple[LogTable, Table]] = field(default_factory=list)
    """The tables that were read."""
    batches: Sequence[str] = ()
    """Dispatches that its rows name in their hidden cells, else the last one of a file with its name."""

    def find_source(self, place: str) -> tuple[SourceCell, ...]:
        """Return the filled cells of the row at a place of the file, without those of hidden columns of a return."""
        sheet, _mark, cell = place.rpartition("!")
        number = cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        for log_table, table in self.tables if number.isdigit() else ():
            index = bisect_left(table.lines, int(number), key=attrgetter("number"))
            line = table.lines[index] if log_table.sheet == sheet and index < len(table.lines) else None
            if line and line.number == int(number):
                cells = zip(log_table.headings, log_table.fields, line.cells, strict=False)
                return tuple(
                    SourceCell(heading, source.text, field_name)
                    for heading, field_name, source in cells
                    if source.text and not (field_name or "").startswith("row_")
                )
        return ()

    def resolve_answer(self, question: Question, takes: bool) -> str:
        """Return the answer to a question: "ours", "theirs", a value, or "" where it is open; record open questions.

        `takes` is whether "theirs" can be taken. Raises BadInput for "theirs" where it cannot.
        """
        answer = self.options.find_answer(question)
        if answer == "both" or (not answer and takes and self.options.take is TakeMode.ALL):
            answer = "theirs"
        if answer == "theirs" and not takes:
            sentence = _('Question {id} ({field}) has no value to take. Answer "ours", "skip" or a value.')
            raise BadInput(sentence.format(id=question.id, field=format_field(question.field)))
        if answer in ("", "skip"):
            self.questions.append(replace(question, takes=takes).complete_choices())
            return ""
        return answer

    def resolve_choice(self, question: Question, takes: bool = True) -> str:
        """Return "ours", "theirs" or "" as the answer to a question. Raises BadInput for a value."""
        answer = self.resolve_answer(question, takes)
        if answer not in ("", "ours", "theirs"):
            raise build_choice_error(question.id, answer)
        return answer


@dataclass(frozen=True, slots=True)
class NewUpdate:
    """A progress update to add to an existing action."""

    action: RowKey
    text: str
    source: str
    day: str | None
    """ISO day; None for the day of the import."""
    status: str | None = None
    """Status that it reports, where the action gets another one."""
    reporter: RowKey | None = None
    """The lead whose return has it; None for other files."""


@dataclass(frozen=True, slots=True)
class NewAction:
    """An action to add. `values` is completed when the questions about its row are answered."""

    path: Path
    address: str
    ref: str | None
    """None where the next reference of the group or the plan is assigned when it is written."""
    group: RowKey | None = None
    """The group whose log it is in; None for the plan."""
    values: dict[str, Any] = field(default_factory=dict)
    """Values as they are compared: the lead by reference, dates as stored, supporters by name."""
    updates: list[tuple[str, str, str | None]] = field(default_factory=list)
    """Text, address and ISO day of each update; the day is None for the day of the import."""


@dataclass
class ImportPlan:
    """Everything that an import writes, with the reports of its files."""

    files: list[ActionFilePlan]
    changes: dict[RowKey, dict[str, str | None]] = field(default_factory=dict)
    reasons: dict[RowKey, str] = field(default_factory=dict)
    """Reason of the changes of an action: it is stored where a due date moves or a rating gets worse."""
    updates: list[NewUpdate] = field(default_factory=list)
    new_actions: list[NewAction] = field(default_factory=list)
    new_refs: set[str] = field(default_factory=set)
    """References of new actions that the files give."""
    new_parties: dict[str, tuple[PartyKind, str]] = field(default_factory=dict)
    """Name of each owner to add, with its kind and the name of the file that it comes from."""
    new_objectives: dict[str, str] = field(default_factory=dict)
    """Title of each new objective by number."""
    column_mappings: dict[str, str] = field(default_factory=dict)
    """Column mappings to remember: heading to field."""


def join_names(names: list[str]) -> str | None:
    """Return names in the form in which they are compared: without duplicates, sorted, joined by semicolons."""
    return "; ".join(sorted(dict.fromkeys(name for name in names if name))) or None
