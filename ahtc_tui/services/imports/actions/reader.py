"""Reads the tables of a file as rows of an action log: the field of each column, and which lines are actions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import replace
from typing import TYPE_CHECKING

from ahtc_tui.domain.case_data.detector import find_case_data, find_case_data_heading
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.report import ColumnMapping, FileWarning, UnknownColumns
from ahtc_tui.domain.imports.sheets import Cell
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.returns.composed_headings import strip_period
from ahtc_tui.domain.returns.dates import DateConventions, is_month_first
from ahtc_tui.domain.returns.headings import FIELD_HEADINGS, resolve_heading, resolve_headings
from ahtc_tui.domain.returns.model import (
    ROW_IDS,
    ROW_SENT,
    SENT_BATCH,
    SENT_KEY,
    SentAction,
    decode_keys,
    read_sent_actions,
)
from ahtc_tui.domain.returns.references import normalize_reference
from ahtc_tui.domain.returns.statuses import TICKS, parse_brag, parse_status
from ahtc_tui.domain.text.normalization import normalize_text
from ahtc_tui.services.imports.actions.model import Log, LogRow, LogTable
from ahtc_tui.services.progress import REPORT_EVERY, ProgressHooks

if TYPE_CHECKING:
    from ahtc_tui.domain.imports.sheets import Book, Line, Table

_HIDDEN_FIELDS = ("row_id", "row_hash", "row_sent", "row_ids")
_REPEATABLE_FIELDS = ("update", "comment", "support")
"""Fields that several columns may have; all of them are read."""
_DATE_FIELDS = frozenset(("due", "proposed_due", "original_due", "closed_on", "update_on"))
_UPDATE_FIELDS = ("update", "comment")
_CONTINUATION_FIELDS = frozenset(("title", *_UPDATE_FIELDS))
"""Fields of a row that may continue the row above."""
_TEXT_FIELDS = frozenset({"title", "lead", "support", "due", "proposed_due", "update", "comment", "evidence", "source"})
"""Fields whose text is kept as it was written, so that case data could be stored."""
_FILLER_FIELDS = frozenset((*_DATE_FIELDS, *_UPDATE_FIELDS, "support", "status", "brag", "evidence", "priority"))
_FILLER_WORDS = frozenset(("n a", "na", "none", "nil", "blank", "dim", "amh", "amherthnasol", "dd b"))
_CLOSED_WORDS = (
    "closed", "completed", "complete", "done", "archive", "archived", "wedi cau", "caewyd", "cwblhawyd", "archif",
)  # fmt: skip
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_SAMPLE_COUNT, _SAMPLE_LENGTH = 3, 60
_MAX_NOTES, _NOTE_LENGTH = 20, 300
_SAMPLED_LINES = 200
"""Lines from which the content of a column is judged."""


def check_mappings(columns: Mapping[str, str]) -> dict[str, str]:
    """Return column mappings by normalized heading; an empty field omits the column. Raises BadInput."""
    known_fields = [field for field in FIELD_HEADINGS if not field.startswith("row_")]
    for heading, field in columns.items():
        if field and field not in known_fields:
            sentence = _('"{heading}" cannot mean "{field}": choose one of {fields}.')
            raise BadInput(sentence.format(heading=heading, field=field, fields=", ".join(known_fields)))
    return {normalize_text(heading): field for heading, field in columns.items()}


def resolve_column(heading: str, mappings: Mapping[str, str]) -> str | None:
    """Return the field of a heading: from the mappings, a hidden heading of a return, or a usual heading."""
    key = normalize_text(heading)
    if key in mappings:
        return mappings[key] or None
    for hidden_heading in (ROW_SENT, ROW_IDS, SENT_KEY, SENT_BATCH):
        if key == normalize_text(hidden_heading):
            return hidden_heading
    return resolve_heading(heading)


def read_log(book: Book, mappings: Mapping[str, str], hooks: ProgressHooks) -> Log:
    """Return the rows of a file. Raises UnknownColumns where no table holds actions, Cancelled."""
    sent_actions = _read_sent_actions(book)
    tables = _find_log_tables(book, mappings, {normalize_reference(action.ref) for action in sent_actions})
    if not tables:
        raise UnknownColumns(_format_no_table_error(book), _describe_unknown_columns(book, mappings))
    columns: list[ColumnMapping] = []
    warnings = list(book.warnings)
    rows: list[LogRow] = []
    month_first = False
    for log_table, table in tables:
        columns += _describe_columns(log_table, table, mappings)
        warnings += _warn_about_headings(log_table, table)
        warnings += _warn_about_unknown_columns(log_table, table, columns, mappings)
        lines: list[LogRow] = []
        for line in table.lines:
            lines.append(_read_line(log_table, line))
            if len(lines) % REPORT_EVERY == 0:
                hooks.report_progress()
        month_first = month_first or any(map(_has_month_first_date, lines))
        notes = list(table.notes)
        rows += _select_rows(lines, notes)
        warnings += _warn_about_notes(notes + (_list_sections(lines) if sent_actions else []))
    conventions = DateConventions(book.since_1904, month_first)
    sent_keys = tuple(_read_sent_keys(book))
    return Log(book.path, tuple(rows), tuple(columns), tuple(warnings), sent_keys, sent_actions, conventions)


def list_row_warnings(row: LogRow, ref: str | None) -> Iterator[FileWarning]:
    """Warn about a hidden row or sheet, comments on cells, and text that looks like case data."""
    if row.is_hidden:
        yield FileWarning(row.address, _("the row is hidden; it was imported"), ref, "hidden")
    elif row.table.is_hidden:
        sentence = _('the sheet "{sheet}" is hidden; it was imported')
        yield FileWarning(row.address, sentence.format(sheet=row.table.sheet), ref, "hidden")
    for field, cells in row.cells.items():
        for cell in cells:
            if cell.comment:
                sentence = _('comment on the cell: "{text}"')
                yield FileWarning(cell.address, sentence.format(text=cell.comment.strip()), ref, "comment")
            if field in _TEXT_FIELDS and cell.value is not None and (reason := find_case_data(cell.text)):
                sentence = _("the text looks like {reason}: no case data belongs here")
                yield FileWarning(cell.address, sentence.format(reason=reason), ref, "case_data")


def _find_log_tables(
    book: Book, mappings: Mapping[str, str], sent_refs: Set[str | None]
) -> list[tuple[LogTable, Table]]:
    """Return the tables of actions: those with a title or a hidden key, or with a reference and one more field.

    Where one table has actions that were sent, or the hidden keys of an older return, only such tables count: the
    summary of a return looks like actions.
    """
    log_tables = []
    for table in book.tables:
        fields = _refine_by_content(_resolve_fields(table.headers, mappings), table, mappings)
        known_fields = {field for field in fields if field}
        if known_fields & {"title", "row_id"} or ("ref" in known_fields and len(known_fields) > 1):
            is_closed = _is_closed_heading(table.sheet) or _is_closed_heading(table.title)
            log_tables.append((LogTable(table.sheet, table.headers, fields, table.hidden, is_closed), table))
    own_tables = [pair for pair in log_tables if "row_id" in pair[0].fields or _has_sent_action(*pair, sent_refs)]
    return own_tables or log_tables


def _has_sent_action(log_table: LogTable, table: Table, sent_refs: Set[str | None]) -> bool:
    if not sent_refs or "ref" not in log_table.fields:
        return False
    position = log_table.fields.index("ref")
    return any(normalize_reference(line.cells[position].value) in sent_refs for line in table.lines)


def _format_no_table_error(book: Book) -> str:
    headings = [heading for table in book.tables for heading in table.headers if heading][:6]
    if not headings:
        return _("{file} has no table of actions.").format(file=book.path.name)
    sentence = _('{file} has no table of actions. Its columns are "{met}". Map one, for example --map "{first}=title".')
    return sentence.format(file=book.path.name, met='", "'.join(headings), first=headings[0])


def _is_closed_heading(heading: str | None) -> bool:
    words = normalize_text(heading or "").split()
    return bool(words) and (" ".join(words) in _CLOSED_WORDS or words[0] in _CLOSED_WORDS or words[-1] in _CLOSED_WORDS)


def _resolve_fields(headings: tuple[str, ...], mappings: Mapping[str, str]) -> tuple[str | None, ...]:
    """Return the field of each column; a field occurs once, except for mapped, hidden and repeatable ones."""
    default_fields = resolve_headings(["" if normalize_text(heading) in mappings else heading for heading in headings])
    mapped_fields = {field for heading in headings if (field := mappings.get(normalize_text(heading)))}
    fields: list[str | None] = []
    for heading, default_field in zip(headings, default_fields, strict=True):
        field = resolve_column(heading, mappings)
        if normalize_text(heading) in mappings or field in _HIDDEN_FIELDS or field in _REPEATABLE_FIELDS:
            fields.append(field)
        else:
            fields.append(None if default_field in mapped_fields else default_field)
    return tuple(fields)


def _refine_by_content(
    fields: tuple[str | None, ...], table: Table, mappings: Mapping[str, str]
) -> tuple[str | None, ...]:
    """Return the fields with a status column that holds sentences ("Position at 31 December") as an update."""
    fields = _refine_period_columns(fields, table, mappings)
    if "status" not in fields or "update" in fields:
        return fields
    position = fields.index("status")
    if normalize_text(table.headers[position]) in mappings:
        return fields
    texts = [text for line in table.lines[:_SAMPLED_LINES] if (text := line.cells[position].text)]
    prose = [text for text in texts if len(text.split()) > 2 and not parse_status(text) and not parse_brag(text)]
    return (*fields[:position], "update", *fields[position + 1 :]) if len(prose) * 2 > len(texts) else fields


def _refine_period_columns(
    fields: tuple[str | None, ...], table: Table, mappings: Mapping[str, str]
) -> tuple[str | None, ...]:
    """Return the fields with a column of text that is headed by a period alone ("Q3 2013/14") as an update."""
    return tuple(
        "update"
        if field is None
        and normalize_text(heading) not in mappings
        and normalize_text(heading)
        and not strip_period(normalize_text(heading))
        and any(len(line.cells[position].text.split()) > 1 for line in table.lines[:_SAMPLED_LINES])
        else field
        for position, (field, heading) in enumerate(zip(fields, table.headers, strict=True))
    )


def _describe_columns(log_table: LogTable, table: Table, mappings: Mapping[str, str]) -> Iterator[ColumnMapping]:
    """Yield the mapping of each column that has a heading or a value, except for hidden fields."""
    for position, (heading, field) in enumerate(zip(log_table.headings, log_table.fields, strict=True)):
        if field in _HIDDEN_FIELDS:
            continue
        samples: list[str] = []
        for line in table.lines[:_SAMPLED_LINES]:
            text = line.cells[position].text[:_SAMPLE_LENGTH] if position < len(line.cells) else ""
            if text and text not in samples:
                samples.append(text)
            if len(samples) == _SAMPLE_COUNT:
                break
        if heading or samples:
            confidence = _estimate_confidence(heading, field, mappings)
            yield ColumnMapping(log_table.sheet, heading, field, confidence, tuple(samples))


def _describe_unknown_columns(book: Book, mappings: Mapping[str, str]) -> Iterator[ColumnMapping]:
    for table in book.tables:
        fields = _resolve_fields(table.headers, mappings)
        yield from _describe_columns(LogTable(table.sheet, table.headers, fields, False, False), table, mappings)


def _estimate_confidence(heading: str, field: str | None, mappings: Mapping[str, str]) -> int:
    if field is None:
        return 0
    if normalize_text(heading) in mappings:
        return 100
    return 95 if normalize_text(heading) in FIELD_HEADINGS.get(field, ()) else 70


def _warn_about_headings(log_table: LogTable, table: Table) -> Iterator[FileWarning]:
    for heading in log_table.headings:
        if reason := find_case_data_heading(heading):
            sentence = _('the column "{heading}" looks like {reason}: no case data belongs here')
            text = sentence.format(heading=heading, reason=reason)
            yield FileWarning(table.header_address or log_table.sheet, text)


def _warn_about_unknown_columns(
    log_table: LogTable, table: Table, columns: list[ColumnMapping], mappings: Mapping[str, str]
) -> Iterator[FileWarning]:
    """Name the columns that hold text or dates and have no field, except for those that a mapping omits."""
    unknown = [
        column.heading
        for column in columns
        if column.sheet == log_table.sheet
        and column.field is None
        and column.heading in log_table.headings
        and normalize_text(column.heading) not in mappings
        and any(any(map(str.isalpha, sample)) or _ISO_DAY.fullmatch(sample) for sample in column.samples)
        and resolve_heading(column.heading) is None
    ]
    if unknown:
        names = '", "'.join(unknown[:6]) + (" …" if len(unknown) > 6 else "")
        sentence = _('unknown column, left out: "{names}". Map it with m, or with --map "{first}=update"')
        yield FileWarning(table.header_address or log_table.sheet, sentence.format(names=names, first=unknown[0]))


def _read_line(log_table: LogTable, line: Line) -> LogRow:
    """Return a line with the cells that have a value, a colour or a comment; filler such as "n/a" is not a value."""
    cells: dict[str, tuple[Cell, ...]] = {}
    for field, raw_cell in zip(log_table.fields, line.cells, strict=False):
        cell = replace(raw_cell, value=None) if field in _FILLER_FIELDS and _is_filler(raw_cell) else raw_cell
        if field and (cell.value is not None or cell.fill or cell.comment):
            cells[field] = (*cells.get(field, ()), cell)
    is_closed = log_table.is_closed or _is_closed_heading(line.section)
    return LogRow(log_table, line.number, cells, line.hidden, line.section, is_closed)


def _select_rows(lines: list[LogRow], notes: list[Cell]) -> Iterator[LogRow]:
    """Yield the lines that name an action; updates in the lines between go to `cells_below` of the row above.

    Other prose of the lines between is added to `notes`.
    """
    row: LogRow | None = None
    last_number = 0
    for line in lines:
        is_adjacent = row is not None and line.number == last_number + 1
        if _is_action_row(line):
            if row is not None:
                yield row
            row = replace(line, may_continue=is_adjacent and set(line.cells) <= _CONTINUATION_FIELDS)
            last_number = line.number
        elif row is not None and is_adjacent:
            updates = (cell for field in _UPDATE_FIELDS for cell in line.cells.get(field, ()))
            cells_below = tuple(cell for cell in updates if any(map(str.isalpha, cell.text)))
            row = replace(row, cells_below=row.cells_below + cells_below)
            notes += (cell for cell in _list_prose(line) if cell not in cells_below)
            last_number = line.number
        else:
            notes += _list_prose(line)
    if row is not None:
        yield row


def _list_prose(line: LogRow) -> Iterator[Cell]:
    """Yield the cells of a line with several words that are no status or rating."""
    for cell in (cell for cells in line.cells.values() for cell in cells):
        is_prose = isinstance(cell.value, str) and len(cell.text.split()) > 1 and any(map(str.isalpha, cell.text))
        if is_prose and not cell.spread and not parse_status(cell.text) and not parse_brag(cell.text):
            yield cell


def _list_sections(lines: list[LogRow]) -> list[Cell]:
    """Return the texts between the rows with the address of the row below: a workbook that was sent has none."""
    addresses = {line.section: line.address for line in reversed(lines) if line.section}
    return [Cell(section, address) for section, address in addresses.items()]


def _warn_about_notes(notes: list[Cell]) -> Iterator[FileWarning]:
    """Name text that belongs to no action, such as "Please call me" below the table."""
    for cell in notes[:_MAX_NOTES]:
        text = " ".join(cell.text.split())
        shown = text if len(text) <= _NOTE_LENGTH else f"{text[:_NOTE_LENGTH]}…"
        yield FileWarning(cell.address, _('text that belongs to no action, not imported: "{text}"').format(text=shown))
    if len(notes) > _MAX_NOTES:
        sentence = _("texts that belong to no action and are not named here: {n}")
        yield FileWarning(notes[_MAX_NOTES].address, sentence.format(n=len(notes) - _MAX_NOTES))


def _is_filler(cell: Cell) -> bool:
    value = cell.value
    if not isinstance(value, str) or len(value) > len("amherthnasol"):
        return False
    return (not any(map(str.isalnum, value)) and not set(value) & TICKS) or normalize_text(value) in _FILLER_WORDS


def _is_action_row(row: LogRow) -> bool:
    """Return whether a row has a title, a hidden key or a reference; a bare number needs an update beside it."""
    if row.first_cell("title") or row.first_cell("row_id"):
        return True
    ref_cell = row.first_cell("ref")
    ref = normalize_reference(ref_cell.value) if ref_cell else None
    return ref is not None and (not ref.replace(" ", "").isdigit() or row.first_cell("update") is not None)


def _has_month_first_date(row: LogRow) -> bool:
    return any(is_month_first(cell.value) for field in _DATE_FIELDS for cell in row.cells.get(field, ()))


def _read_sent_actions(book: Book) -> tuple[SentAction, ...]:
    """Return the rows of the sheet of sent values."""
    tables = (table for table in book.tables if SENT_KEY in table.headers)
    return read_sent_actions(
        {heading: cell.text for heading, cell in zip(table.headers, line.cells, strict=True)}
        for table in tables
        for line in table.lines
    )


def _read_sent_keys(book: Book) -> Iterator[RowKey]:
    """Yield the keys in the hidden list of all actions that were sent in an older workbook."""
    for table in book.tables:
        positions = [i for i, heading in enumerate(table.headers) if resolve_column(heading, {}) == ROW_IDS]
        for line in table.lines if positions else ():
            for position in positions:
                yield from decode_keys(line.cells[position].value)
