"""The tables of a file that are about actions: what each of their columns means, and how sure that is. No database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from ahtc_tui.domain.imports.report import ColumnRead
from ahtc_tui.domain.imports.sheets import Book, Cell, Table
from ahtc_tui.domain.returns.composed_headings import without_period
from ahtc_tui.domain.returns.headings import KNOWN
from ahtc_tui.domain.returns.model import ROW_IDS, ROW_SENT, read_ids
from ahtc_tui.domain.returns.readers import Habits, brag_of, field_of, fields_of, status_of
from ahtc_tui.domain.text.normalization import folded

HIDDEN = ("row_id", "row_hash", "row_sent", "row_ids")
SEVERAL = ("update", "comment", "support")
"""Fields that more than one column may mean; all of them are read."""

_CLOSED = (
    "closed",
    "completed",
    "complete",
    "done",
    "archive",
    "archived",
    "wedi cau",
    "caewyd",
    "cwblhawyd",
    "archif",
)
_SAMPLES, _SAMPLE_LENGTH = 3, 60
_LOOKED_AT = 200
"""Lines that show what a column holds."""


def meaning(heading: str, said: Mapping[str, str]) -> str | None:
    """The field that a heading means: as a person said, one of ours, or as people write it."""
    words = heading_key(heading)
    if words in said:
        return said[words] or None
    for own in (ROW_SENT, ROW_IDS):
        if words == folded(own):
            return own
    return field_of(heading)


def heading_key(heading: str) -> str:
    """A heading as it is learnt."""
    return folded(heading)


@dataclass(frozen=True, slots=True)
class TableIn:
    """One table with what its columns mean."""

    file: str
    sheet: str
    headings: tuple[str, ...]
    fields: tuple[str | None, ...]
    hidden: bool
    closed: bool
    """The sheet, or the line above the headings, is called one of closed actions."""
    habits: Habits = field(default_factory=Habits)
    """How the file writes its dates; shared by its tables."""


def text_of(cell: Cell) -> str:
    """What a cell says, as a person would type it."""
    value = cell.value
    if isinstance(value, str):
        return value.strip()
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def tables_of(book: Book, said: Mapping[str, str]) -> list[tuple[TableIn, Table]]:
    """The tables of actions in a file: those that say which action a row is about, and one thing more.

    In a workbook of ours only tables with our hidden column count: its summary looks like actions and is none.
    """
    found = []
    habits = Habits(book.since_1904)
    for table in book.tables:
        fields = _by_content(_fields(table.headers, said), table, said)
        told = {name for name in fields if name}
        if told & {"title", "row_id"} or ("ref" in told and len(told) > 1):
            closed = says_closed(table.sheet) or says_closed(table.title)
            columns = TableIn(book.path.name, table.sheet, table.headers, fields, table.hidden, closed, habits)
            found.append((columns, table))
    of_ours = [pair for pair in found if "row_id" in pair[0].fields]
    return of_ours or found


def says_closed(heading: str | None) -> bool:
    """The name of a sheet, or a heading over rows, is one of closed actions."""
    words = folded(heading or "").split()
    return bool(words) and (" ".join(words) in _CLOSED or words[0] in _CLOSED or words[-1] in _CLOSED)


def unknown_columns(book: Book, said: Mapping[str, str]) -> Iterator[ColumnRead]:
    """The columns of a file in which no table is one of actions, for a person to say what they are."""
    for table in book.tables:
        fields = _fields(table.headers, said)
        columns = TableIn(book.path.name, table.sheet, table.headers, fields, table.hidden, False)
        yield from columns_read(columns, table, said)


def ids_sent(book: Book) -> list[bytes]:
    """The keys of all rows that were sent in this workbook, where it says so."""
    found: list[bytes] = []
    for table in book.tables:
        columns = [position for position, name in enumerate(table.headers) if meaning(name, {}) == ROW_IDS]
        for line in table.lines if columns else ():
            found += [key for position in columns for key in read_ids(line.cells[position].value)]
    return found


def _fields(headings: tuple[str, ...], said: Mapping[str, str]) -> tuple[str | None, ...]:
    """What each column means: what a person said goes first, and a field that may come twice does."""
    plain = fields_of([heading if heading_key(heading) not in said else "" for heading in headings])
    taken = {mean for heading in headings if (mean := said.get(heading_key(heading)))}
    found: list[str | None] = []
    for heading, usual in zip(headings, plain, strict=True):
        words = heading_key(heading)
        mean = meaning(heading, said)
        if words in said or mean in HIDDEN or mean in SEVERAL:
            found.append(mean)
        else:
            found.append(None if usual in taken else usual)
    return tuple(found)


def _by_content(fields: tuple[str | None, ...], table: Table, said: Mapping[str, str]) -> tuple[str | None, ...]:
    """The fields, but what is called a status and holds sentences ("Position at 31 December") is an update."""
    fields = _periods(fields, table, said)
    if "status" not in fields or "update" in fields:
        return fields
    at = fields.index("status")
    if heading_key(table.headers[at]) in said:
        return fields
    texts = [text for line in table.lines[:_LOOKED_AT] if (text := text_of(line.cells[at]))]
    prose = [text for text in texts if len(text.split()) > 2 and not status_of(text) and not brag_of(text)]
    return (*fields[:at], "update", *fields[at + 1 :]) if len(prose) * 2 > len(texts) else fields


def _periods(fields: tuple[str | None, ...], table: Table, said: Mapping[str, str]) -> tuple[str | None, ...]:
    """The fields, but a column that is headed by a time alone ("Q3 2013/14") and holds words is an update."""
    return tuple(
        "update"
        if field is None
        and heading_key(heading) not in said
        and folded(heading)
        and not without_period(folded(heading))
        and any(len(text_of(line.cells[at]).split()) > 1 for line in table.lines[:_LOOKED_AT])
        else field
        for at, (field, heading) in enumerate(zip(fields, table.headers, strict=True))
    )


def columns_read(table: TableIn, lines: Table, said: Mapping[str, str]) -> Iterator[ColumnRead]:
    """What each column was taken for, with samples and how sure that is; our own hidden columns aside."""
    for position, (heading, name) in enumerate(zip(table.headings, table.fields, strict=True)):
        if name in HIDDEN:
            continue
        samples: list[str] = []
        for line in lines.lines[:_LOOKED_AT]:
            text = text_of(line.cells[position])[:_SAMPLE_LENGTH] if position < len(line.cells) else ""
            if text and text not in samples:
                samples.append(text)
            if len(samples) == _SAMPLES:
                break
        if heading or samples:
            yield ColumnRead(table.sheet, heading, name, _confidence(heading, name, said), tuple(samples))


def _confidence(heading: str, name: str | None, said: Mapping[str, str]) -> int:
    if name is None:
        return 0
    if heading_key(heading) in said:
        return 100
    return 95 if folded(heading) in KNOWN.get(name, ()) else 70
