"""The tables of a file that are about actions: what each of their columns means, and how sure that is. No database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from ahtc_tui.domain.imports.report import ColumnMapping
from ahtc_tui.domain.imports.sheets import Book, Cell, Table
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.returns.composed_headings import strip_period
from ahtc_tui.domain.returns.headings import FIELD_HEADINGS
from ahtc_tui.domain.returns.model import ROW_IDS, ROW_SENT, decode_keys
from ahtc_tui.domain.returns.readers import DateConventions, parse_brag, parse_status, resolve_heading, resolve_headings
from ahtc_tui.domain.text.normalization import normalize_text

HIDDEN_FIELDS = ("row_id", "row_hash", "row_sent", "row_ids")
REPEATABLE_FIELDS = ("update", "comment", "support")
"""Fields that more than one column may mean; all of them are read."""

_CLOSED_WORDS = (
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
_SAMPLE_COUNT, _SAMPLE_LENGTH = 3, 60
_SAMPLED_LINES = 200
"""Lines that show what a column holds."""


def resolve_column(heading: str, mappings: Mapping[str, str]) -> str | None:
    """The field that a heading means: as a person said, one of ours, or as people write it."""
    key = normalize_heading(heading)
    if key in mappings:
        return mappings[key] or None
    for hidden_heading in (ROW_SENT, ROW_IDS):
        if key == normalize_text(hidden_heading):
            return hidden_heading
    return resolve_heading(heading)


def normalize_heading(heading: str) -> str:
    """A heading as it is learnt."""
    return normalize_text(heading)


@dataclass(frozen=True, slots=True)
class LogTable:
    """One table with what its columns mean."""

    file: str
    sheet: str
    headings: tuple[str, ...]
    fields: tuple[str | None, ...]
    is_hidden: bool
    is_closed: bool
    """The sheet, or the line above the headings, is called one of closed actions."""
    date_conventions: DateConventions = field(default_factory=DateConventions)
    """How the file writes its dates; shared by its tables."""


def format_cell(cell: Cell) -> str:
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


def find_log_tables(book: Book, mappings: Mapping[str, str]) -> list[tuple[LogTable, Table]]:
    """The tables of actions in a file: those that say which action a row is about, and one thing more.

    In a workbook of ours only tables with our hidden column count: its summary looks like actions and is none.
    """
    log_tables = []
    date_conventions = DateConventions(book.since_1904)
    for table in book.tables:
        fields = _refine_by_content(_resolve_fields(table.headers, mappings), table, mappings)
        known_fields = {field for field in fields if field}
        if known_fields & {"title", "row_id"} or ("ref" in known_fields and len(known_fields) > 1):
            is_closed = is_closed_heading(table.sheet) or is_closed_heading(table.title)
            log_table = LogTable(
                book.path.name, table.sheet, table.headers, fields, table.hidden, is_closed, date_conventions
            )
            log_tables.append((log_table, table))
    own_tables = [pair for pair in log_tables if "row_id" in pair[0].fields]
    return own_tables or log_tables


def is_closed_heading(heading: str | None) -> bool:
    """The name of a sheet, or a heading over rows, is one of closed actions."""
    words = normalize_text(heading or "").split()
    return bool(words) and (" ".join(words) in _CLOSED_WORDS or words[0] in _CLOSED_WORDS or words[-1] in _CLOSED_WORDS)


def describe_unknown_columns(book: Book, mappings: Mapping[str, str]) -> Iterator[ColumnMapping]:
    """The columns of a file in which no table is one of actions, for a person to say what they are."""
    for table in book.tables:
        fields = _resolve_fields(table.headers, mappings)
        log_table = LogTable(book.path.name, table.sheet, table.headers, fields, table.hidden, False)
        yield from describe_columns(log_table, table, mappings)


def read_sent_keys(book: Book) -> list[RowKey]:
    """The keys of all rows that were sent in this workbook, where it says so."""
    keys: list[RowKey] = []
    for table in book.tables:
        key_columns = [
            position for position, heading in enumerate(table.headers) if resolve_column(heading, {}) == ROW_IDS
        ]
        for line in table.lines if key_columns else ():
            keys += [key for position in key_columns for key in decode_keys(line.cells[position].value)]
    return keys


def _resolve_fields(headings: tuple[str, ...], mappings: Mapping[str, str]) -> tuple[str | None, ...]:
    """What each column means: what a person said goes first, and a field that may come twice does."""
    default_fields = resolve_headings(
        [heading if normalize_heading(heading) not in mappings else "" for heading in headings]
    )
    mapped_fields = {field for heading in headings if (field := mappings.get(normalize_heading(heading)))}
    fields: list[str | None] = []
    for heading, default_field in zip(headings, default_fields, strict=True):
        key = normalize_heading(heading)
        field = resolve_column(heading, mappings)
        if key in mappings or field in HIDDEN_FIELDS or field in REPEATABLE_FIELDS:
            fields.append(field)
        else:
            fields.append(None if default_field in mapped_fields else default_field)
    return tuple(fields)


def _refine_by_content(
    fields: tuple[str | None, ...], table: Table, mappings: Mapping[str, str]
) -> tuple[str | None, ...]:
    """The fields, but what is called a status and holds sentences ("Position at 31 December") is an update."""
    fields = _refine_period_columns(fields, table, mappings)
    if "status" not in fields or "update" in fields:
        return fields
    position = fields.index("status")
    if normalize_heading(table.headers[position]) in mappings:
        return fields
    texts = [text for line in table.lines[:_SAMPLED_LINES] if (text := format_cell(line.cells[position]))]
    prose = [text for text in texts if len(text.split()) > 2 and not parse_status(text) and not parse_brag(text)]
    return (*fields[:position], "update", *fields[position + 1 :]) if len(prose) * 2 > len(texts) else fields


def _refine_period_columns(
    fields: tuple[str | None, ...], table: Table, mappings: Mapping[str, str]
) -> tuple[str | None, ...]:
    """The fields, but a column that is headed by a time alone ("Q3 2013/14") and holds words is an update."""
    return tuple(
        "update"
        if field is None
        and normalize_heading(heading) not in mappings
        and normalize_text(heading)
        and not strip_period(normalize_text(heading))
        and any(len(format_cell(line.cells[position]).split()) > 1 for line in table.lines[:_SAMPLED_LINES])
        else field
        for position, (field, heading) in enumerate(zip(fields, table.headers, strict=True))
    )


def describe_columns(log_table: LogTable, table: Table, mappings: Mapping[str, str]) -> Iterator[ColumnMapping]:
    """What each column was taken for, with samples and how sure that is; our own hidden columns aside."""
    for position, (heading, field_name) in enumerate(zip(log_table.headings, log_table.fields, strict=True)):
        if field_name in HIDDEN_FIELDS:
            continue
        samples: list[str] = []
        for line in table.lines[:_SAMPLED_LINES]:
            text = format_cell(line.cells[position])[:_SAMPLE_LENGTH] if position < len(line.cells) else ""
            if text and text not in samples:
                samples.append(text)
            if len(samples) == _SAMPLE_COUNT:
                break
        if heading or samples:
            yield ColumnMapping(
                log_table.sheet,
                heading,
                field_name,
                _estimate_confidence(heading, field_name, mappings),
                tuple(samples),
            )


def _estimate_confidence(heading: str, field: str | None, mappings: Mapping[str, str]) -> int:
    if field is None:
        return 0
    if normalize_heading(heading) in mappings:
        return 100
    return 95 if normalize_text(heading) in FIELD_HEADINGS.get(field, ()) else 70
