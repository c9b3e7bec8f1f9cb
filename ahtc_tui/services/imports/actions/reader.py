"""Reads the tables of a file as rows of an action log: the field of each column, and which lines are actions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import replace

from ahtc_tui.domain.i18n import ENGLISH_ONLY, _, drop_language_mark
from ahtc_tui.domain.imports.report import UnknownColumns
from ahtc_tui.domain.imports.sheets import Book, Cell, CellValue, Line, PlainCells, format_cell_value
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.returns.column_fields import list_text_columns
from ahtc_tui.domain.returns.composed_headings import is_origin_heading
from ahtc_tui.domain.returns.dates import DateConventions, is_month_first
from ahtc_tui.domain.returns.model import (
    ROW_IDS,
    SENT_KEY,
    SENT_TEXTS,
    SentAction,
    decode_keys,
    read_sent_actions,
)
from ahtc_tui.domain.returns.references import normalize_reference
from ahtc_tui.domain.returns.statuses import TICKS
from ahtc_tui.domain.text.normalization import normalize_text
from ahtc_tui.services.imports.actions.columns import describe_columns, read_columns, resolve_column, warn_about_columns
from ahtc_tui.services.imports.actions.model import Log, LogRow, LogTable, RowCells, is_closed_heading
from ahtc_tui.services.imports.actions.notes import (
    list_notes,
    list_texts_around,
    warn_about_comments,
    warn_about_notes,
    warn_about_sections,
)
from ahtc_tui.services.imports.actions.reading_context import ReadingContext
from ahtc_tui.services.imports.actions.rows import UPDATE_FIELDS, is_known_row, select_rows
from ahtc_tui.services.imports.actions.tables import find_log_tables, list_own_sheets
from ahtc_tui.services.progress import REPORT_EVERY

_DATE_FIELDS = frozenset(("due", "proposed_due", "original_due", "closed_on", "update_on"))
_FILLER_FIELDS = frozenset((*_DATE_FIELDS, *UPDATE_FIELDS, "support", "status", "brag", "evidence", "priority"))
_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,4})?")
_FILLER_WORDS = frozenset(("n a", "na", "none", "nil", "blank", "dim", "amh", "amherthnasol", "dd b"))


def read_log(context: ReadingContext, book: Book) -> Log:
    """Return the rows of a file; columns, warnings and questions go to its plan.

    Raises UnknownColumns where no table can hold actions, BadInput for an answer to a question that is none, Cancelled.
    """
    file = context.file
    file.warnings += book.warnings
    sent_actions, sent_texts = _read_sent_actions(book)
    file.tables = tables = find_log_tables(context, book, {normalize_reference(action.ref) for action in sent_actions})
    if not tables and not context.answers:
        raise _build_no_table_error(context, book)
    rows: list[LogRow] = []
    month_first = False
    for log_table, table in tables:
        file.warnings += warn_about_columns(context, table, log_table)
        lines: list[LogRow] = []
        for line in table.lines:
            lines.append(_read_line(log_table, line))
            if len(lines) % REPORT_EVERY == 0:
                context.hooks.report_progress()
        if "percent" in log_table.fields:
            lines = _scale_percentages(lines)
        month_first = month_first or any(map(_has_month_first_date, lines))
        is_alone = sum(other.sheet == table.sheet for other in book.tables) == 1
        is_own = bool(sent_actions) or (is_alone and any(is_known_row(context, line) for line in lines))
        notes = [*(list_texts_around(table, sent_texts) if is_own else ()), *table.notes]
        rows += select_rows(context, lines, notes)
        if sent_actions:  # a workbook that was sent has no headings between its rows: an owner wrote them
            notes += table.sections
        else:
            file.warnings += warn_about_sections(context, table.sections)
        file.warnings += warn_about_notes(notes)
    own_sheets = list_own_sheets() if sent_actions else set()
    file.warnings += warn_about_notes(list_notes(book, [table for _log, table in tables], own_sheets, sent_texts))
    file.warnings += warn_about_comments(book, rows, own_sheets | {table.sheet for _log, table in tables})
    file.read = len(rows)
    if tables and not any(len(table.lines) for _log, table in tables):
        file.add_warning(tables[0][1].header_address, _("the list is empty, with headings and no actions"))
    conventions = DateConventions(book.since_1904, month_first)
    return Log(book.path, tuple(rows), tuple(_read_sent_keys(book)), sent_actions, conventions)


def _build_no_table_error(context: ReadingContext, book: Book) -> UnknownColumns:
    """Return the error that names the columns of a file without actions, and the likeliest one for the text."""
    tables = [(read_columns(context, table), table) for table in book.tables]
    columns = [column for log_table, table in tables for column in describe_columns(context, log_table, table)]
    headings = [heading for table in book.tables for heading in table.headers if heading]
    texts = [
        log_table.headings[position]
        for log_table, _table in tables
        for position in list_text_columns(log_table.headings, log_table.fields, log_table.profiles)
        if log_table.headings[position]
    ]
    if not headings:
        return UnknownColumns(_("{file} has no table of actions.").format(file=book.path.name), columns)
    sentence = _('{file} has no table of actions. Its columns are "{met}". Map one, for example --map "{first}=title".')
    unknown = [
        heading
        for heading in headings
        if not (resolve_column(heading, {}) or is_origin_heading(normalize_text(heading)))
    ]
    names, best = '", "'.join(headings[:6]), (texts or unknown or headings)[0]
    return UnknownColumns(sentence.format(file=book.path.name, met=names, first=best), columns)


def _read_line(log_table: LogTable, line: Line) -> LogRow:
    """Return a line with the cells that have a value, a colour or a comment."""
    is_closed = log_table.is_closed or is_closed_heading(line.section)
    if isinstance(line.cells, PlainCells):
        values = tuple(map(_read_value, log_table.fields, line.cells.values))
        cells = RowCells(PlainCells(line.cells.columns, line.number, values), log_table.positions)
        return LogRow(log_table, line.number, cells, line.hidden, line.section, is_closed)
    marked_cells: dict[str, tuple[Cell, ...]] = {}
    for field, cell in zip(log_table.fields, line.cells, strict=False):
        value = _read_value(field, cell.value)
        if field and (value is not None or cell.fill or cell.comment):
            marked_cells[field] = (*marked_cells.get(field, ()), replace(cell, value=value))
    return LogRow(log_table, line.number, marked_cells, line.hidden, line.section, is_closed)


def _read_value(field: str | None, value: CellValue) -> CellValue:
    """Return a value without the mark of a Welsh file before an English text; None for filler such as "n/a"."""
    if not isinstance(value, str):
        return value
    if field in _FILLER_FIELDS and _is_filler(value):
        return None
    return drop_language_mark(value) if ENGLISH_ONLY in value else value


def _scale_percentages(lines: list[LogRow]) -> list[LogRow]:
    """Return the lines with the numbers of percent columns as texts: 1 is 100% unless the column has larger ones."""
    cells = [cell for line in lines for cell in line.cells.get("percent", ())]
    factor = 1 if any(number > 1 for cell in cells if (number := _read_number(cell)) is not None) else 100

    def write_percentage(cell: Cell) -> Cell:
        number = _read_number(cell)
        return cell if number is None else replace(cell, value=f"{factor * number:g}%")

    return [
        replace(line, cells={**line.cells, "percent": tuple(map(write_percentage, line.cells["percent"]))})
        if "percent" in line.cells
        else line
        for line in lines
    ]


def _read_number(cell: Cell) -> float | None:
    """Return the number of a cell; in a text file it is a text."""
    if isinstance(cell.value, (int, float)) and not isinstance(cell.value, bool):
        return cell.value
    return float(cell.value) if isinstance(cell.value, str) and _NUMBER.fullmatch(cell.value) else None


def _is_filler(value: str) -> bool:
    if len(value) > len("amherthnasol"):
        return False
    return (not any(map(str.isalnum, value)) and not set(value) & TICKS) or normalize_text(value) in _FILLER_WORDS


def _has_month_first_date(row: LogRow) -> bool:
    return any(field in _DATE_FIELDS and is_month_first(text) for field, text in row.list_texts())


def _read_sent_actions(book: Book) -> tuple[tuple[SentAction, ...], Set[str]]:
    """Return the rows of the sheet of sent values, and the digests of the texts on the other sheets."""
    digests: set[str] = set()

    def read_rows() -> Iterator[dict[str, str]]:
        for table in book.tables:
            for values in table.values if SENT_KEY in table.headers else ():
                row = dict(zip(table.headers, map(format_cell_value, values), strict=True))
                digests.update(row.get(SENT_TEXTS, "").split())
                yield row

    return read_sent_actions(read_rows()), digests


def _read_sent_keys(book: Book) -> Iterator[RowKey]:
    """Yield the keys in the hidden list of all actions that were sent in an older workbook."""
    for table in book.tables:
        positions = [i for i, heading in enumerate(table.headers) if resolve_column(heading, {}) == ROW_IDS]
        for line in table.lines if positions else ():
            for position in positions:
                yield from decode_keys(line.cells[position].value)
