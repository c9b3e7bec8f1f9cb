"""Reader of workbooks and tables: xlsx, xlsm, xlsb, xls, ods, csv, tsv and docx. Macros and links never run.

Usage:

    book = read_book(path, resolve_heading)     # domain.returns.readers, or another function from heading to field
    for table in book.tables:                   # of every sheet, including hidden ones (table.hidden)
        fields = resolve_headings(table.headers)  # field of each column; a header of two rows is joined by a space
        for line in table.lines:                # built on access: keep values, not lines
            for field, cell in zip(fields, line.cells, strict=True):
                cell.value, cell.at, cell.fill, cell.comment, cell.struck, cell.spread; line.hidden, line.section

Empty rows, rows with only a number, totals, repeated headers and lists next to a table are left out.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Collection, Iterator
from itertools import islice
from pathlib import Path

from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.report import FileWarning
from ahtc_tui.domain.imports.sheets import Book, CellValue, Table
from ahtc_tui.domain.returns.headings import ANCHOR_FIELDS, is_column_name
from ahtc_tui.formats.files.input_files import decode_text, find_unicode_encoding
from ahtc_tui.formats.files.input_guard import FileKind, detect_kind
from ahtc_tui.formats.sheets.grid import MAX_CELL_LENGTH, Appearance, Grid, clean_text
from ahtc_tui.formats.sheets.headers import FieldFinder
from ahtc_tui.formats.sheets.size_limits import MAX_COLUMNS, MAX_ROWS, build_column_reason, build_row_reason
from ahtc_tui.formats.sheets.tables import find_likeliest_table, find_tables, list_notes
from ahtc_tui.formats.sheets.xlsx_parts import UnreadablePart
from ahtc_tui.formats.text_table import starts_like_formula

ANY_ANCHOR = ANCHOR_FIELDS | {"name", "first", "last", "email", "organisation", "role"}
"""Fields that mark a table as one of actions or contacts."""


def read_book(path: Path, find_field: Callable[[str], str | None], anchors: Collection[str] = ANY_ANCHOR) -> Book:
    """Return every table of a file. `find_field` returns the field of a heading, or None.

    A table without one of the fields `anchors` is dropped if another table has one. Raises BadFile with one sentence.
    """
    kind = detect_kind(path)
    try:
        grids, since_1904, appearance_warnings = _read_grids(path, kind, find_field)
    except (BadFile, OSError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise BadFile(_('"{path}" cannot be read: {reason}.').format(path=path, reason=reason)) from error
    tables, warnings = _collect_tables(grids, find_field, frozenset(anchors))
    if not tables:
        raise BadFile(_('"{path}" contains no table. No row looks like headings.').format(path=path))
    sheets = {table.sheet for table in tables}
    without_table = tuple(grid.sheet for grid in grids if grid.rows and grid.sheet not in sheets)
    all_warnings = (*appearance_warnings, *warnings, *_warn_uncalculated(grids))
    notes = {grid.sheet: list_notes(grid) for grid in grids}
    return Book(path, tuple(tables), all_warnings, without_table, notes, since_1904)


def _read_grids(
    path: Path, kind: FileKind, find_field: Callable[[str], str | None]
) -> tuple[list[Grid], bool, list[FileWarning]]:
    """Return the sheets with their appearance, whether days count from 1904, and warnings."""
    if kind is FileKind.TEXT:
        return [read_text_grid(path.read_bytes(), find_field)], False, []
    if kind is FileKind.WORD:
        return _read_word_grids(path), False, []
    from ahtc_tui.formats.sheets.size_limits import refuse_large_sheets
    from ahtc_tui.formats.sheets.values import TooLarge

    refuse_large_sheets(path, kind)
    try:
        return _read_grids_with_appearance(path, kind)
    except TooLarge:
        if kind not in (FileKind.XLSX, FileKind.ODS):
            raise
    from ahtc_tui.domain.files.temporary_files import hold_temporary_folder
    from ahtc_tui.formats.sheets.trimming import trim_workbook

    with hold_temporary_folder() as folder:
        small = folder / f"small.{kind}"
        far_cells = trim_workbook(path, kind, small)
        grids, since_1904, appearance_warnings = _read_grids_with_appearance(small, kind)
    reason = _("cells far from all others are left out, from this one on")
    return grids, since_1904, [*appearance_warnings, *(FileWarning(cell, reason) for cell in far_cells)]


def _read_word_grids(path: Path) -> list[Grid]:
    """Return each table of a Word document as a sheet, with its tracked changes accepted."""
    from ahtc_tui.formats.received_documents.reader import parse_document

    grids: dict[int, Grid] = {}
    for block in parse_document(path.with_suffix(".docx"), path.read_bytes()).blocks:
        if block.table:
            grid = grids.setdefault(block.table, Grid(_("table {n}").format(n=block.table)))
            values: list[CellValue] = [cell.text or None for cell in block.cells]
            grid.rows.append((len(grid.rows) + 1, values))
    if not grids:
        raise BadFile(_("it is a Word document without a table"))
    return list(grids.values())


def _read_grids_with_appearance(path: Path, kind: FileKind) -> tuple[list[Grid], bool, list[FileWarning]]:
    from ahtc_tui.formats.sheets.values import ValueReader

    appearance_warnings: list[FileWarning] = []
    with ValueReader(path) as values:
        try:
            appearances, since_1904 = _read_appearances(path, kind)
        except UnreadablePart:
            appearances, since_1904 = {}, False
            appearance_warnings = [FileWarning("", _("colours, comments and hidden rows of this file cannot be seen"))]
        grids = values.read_grids()
    for grid in grids:
        grid.appearance = appearances.get(grid.sheet, grid.appearance)
        grid.merges = grid.merges or grid.appearance.merges
        grid.show_percentages()
        grid.remove_pivots()
        appearance_warnings += _warn_about_pivots(grid)
    return grids, since_1904, appearance_warnings


def _warn_about_pivots(grid: Grid) -> Iterator[FileWarning]:
    """Name the pivot tables of a sheet, which are no lists."""
    for area in grid.appearance.pivots:
        reason = _("the pivot table is left out, because it counts the rows of another list")
        yield FileWarning(grid.format_cell_name(area.top, area.left), reason, field="sheet")


def _read_appearances(path: Path, kind: FileKind) -> tuple[dict[str, Appearance], bool]:
    from ahtc_tui.formats.sheets.ods_appearance import read_ods_appearance
    from ahtc_tui.formats.sheets.xlsx_appearance import read_xlsx_appearance

    match kind:
        case FileKind.XLSX:
            return read_xlsx_appearance(path)
        case FileKind.ODS:
            return read_ods_appearance(path)
    raise UnreadablePart(path)


def _warn_uncalculated(grids: list[Grid]) -> list[FileWarning]:
    reason = _(
        "{n} formulas have no value, because nobody has calculated them. Open the file, save it, and import again"
    )
    single_reason = _(
        "a formula has no value, because nobody has calculated it. Open the file, save it, and import again"
    )
    return [
        FileWarning(f"{grid.sheet}!{cells[0]}", reason.format(n=len(cells)) if len(cells) > 1 else single_reason)
        for grid in grids
        if (cells := grid.appearance.uncalculated)
    ]


def _collect_tables(
    grids: list[Grid], find_field: Callable[[str], str | None], anchors: frozenset[str]
) -> tuple[list[Table], list[FileWarning]]:
    tables: list[Table] = []
    unanchored: list[Table] = []
    for grid in grids:
        candidates = list(find_tables(grid, find_field))
        anchored = [table for table, fields in candidates if fields & anchors]
        unanchored += [table for table, fields in candidates if not fields & anchors]
        likely_table = None if anchored else find_likeliest_table(grid, find_field, anchors)
        tables += [likely_table] if likely_table else anchored
    if tables or unanchored:
        return tables or unanchored, []
    likely_tables = [table for grid in grids if not grid.hidden and (table := find_likeliest_table(grid, find_field))]
    reason = _(
        'no heading is known, so this row is used as the headings. If it is not, map by letter, as in "Column A=title"'
    )
    plain_reason = _("no row has headings, so the columns are named by their letters")
    return likely_tables, [
        FileWarning(table.header_address, plain_reason if any(map(is_column_name, table.headers)) else reason)
        for table in likely_tables
    ]


_SEPARATORS = (",", ";", "\t", "|")
_DECLARED_SEPARATOR = re.compile(r'\A"?sep=(?P<sign>[^\r\n])"?\r?\n', re.IGNORECASE)
_STATEMENT = re.compile(
    r"\s*(?:(?:import|from) [\w.]+(?: import [\w*, ()]+)?(?: as \w+)?\s*$|(?:async )?def \w+\(|class \w+[(:]|@\w+"
    r"|(?:if|elif|for|while|with|try|except|else|finally)\b.*:\s*$|return\b(?!,)|print\(|\w[\w.\[\]\"']* [+-]?= \S"
    r"|(?i:create table|insert into|alter table|drop table|delete from|select\b.* from) |-- "
    r"|(?:done|fi|then|esac)\s*$|for \w+ in .*; do\b|echo |export \w+=|(?:if|while) \[|\[\["
    r"|(?:const|let|var) \w+ =|function \w*\(|#include|public |private |\};?\s*$|</?\w+[^<>]*>\s*$)"
)
"""Lines of Python, shells, JavaScript, C, HTML or SQL."""
_CODE_SAMPLE, _MIN_STATEMENTS, _FEW_STATEMENTS = 200, 5, 3
_SAMPLE_ROWS = 60


def read_text_grid(data: bytes, find_field: FieldFinder) -> Grid:
    """Return the one sheet of a text file. Raises BadFile whose text is only the reason."""
    text = _decode_text(data)
    if _is_program(text):
        raise BadFile(_("it is the code of a program, not a table"))
    match = _DECLARED_SEPARATOR.match(text)
    body = text[match.end() :] if match else text
    rows = _read_rows(body, match["sign"] if match else _detect_separator(body, find_field))
    grid = Grid("")
    for number, record in enumerate(rows, 1):
        values: list[CellValue] = [_clean_field(field) for field in record]
        while values and values[-1] is None:
            values.pop()
        if len(values) > MAX_COLUMNS:
            raise BadFile(build_column_reason())
        if values:
            grid.rows.append((number, values))
        if len(grid.rows) > MAX_ROWS:
            raise BadFile(build_row_reason())
    return grid


def _decode_text(data: bytes) -> str:
    """Return decoded text. Raises BadFile for bytes that are no text."""
    if b"\0" in data[:4096] and not find_unicode_encoding(data):
        raise BadFile(_("it is neither a workbook nor text"))
    return decode_text(data)


def _is_program(text: str) -> bool:
    """Return whether many of the first lines are statements of a program: a script saved with the ending of a table."""
    if text.startswith("#!"):
        return True
    lines = [line for line in text[:20_000].splitlines()[:_CODE_SAMPLE] if line.strip()]
    statements = sum(bool(_STATEMENT.match(line)) for line in lines)
    is_mostly_code = statements >= _FEW_STATEMENTS and statements * 4 >= len(lines) * 3
    return is_mostly_code or (statements >= _MIN_STATEMENTS and statements * 4 >= len(lines))


def _detect_separator(text: str, find_field: FieldFinder) -> str:
    """Return the separator with the most known headings, or with the most regular columns."""

    def score_separator(separator: str) -> tuple[int, int]:
        try:
            rows = list(islice(_read_rows(text[:200_000], separator), _SAMPLE_ROWS))
        except BadFile:  # a long row has no other separator in it
            return 0, 0
        known_count = max(
            (len({find_field(cell) for cell in row if len(cell) < 80} - {None}) for row in rows[:20]), default=0
        )
        widths = [len(row) for row in rows if len(row) > 1]
        return known_count, max((widths.count(width) * (width - 1) for width in set(widths)), default=0)

    return max(_SEPARATORS, key=score_separator)


def _read_rows(text: str, separator: str) -> Iterator[list[str]]:
    """Yield the records; where a quotation mark is not closed, quotation marks have no meaning."""
    csv.field_size_limit(MAX_CELL_LENGTH * 4)
    has_lone_quote = text.count('"') % 2 == 1
    lines = io.StringIO(text.replace("\0", ""), newline="")
    try:
        yield from csv.reader(
            lines, delimiter=separator, quoting=csv.QUOTE_NONE if has_lone_quote else csv.QUOTE_MINIMAL
        )
    except csv.Error as error:
        raise BadFile(_("a cell is longer than a sheet allows, or quotation marks are unbalanced")) from error


def _clean_field(field: str) -> str | None:
    """Return the text without the apostrophe that prevents formula injection."""
    text = clean_text(field)
    return text[1:] if text and text[0] == "'" and starts_like_formula(text[1:]) else text
