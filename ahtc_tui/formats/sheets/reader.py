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

from collections.abc import Callable, Collection
from pathlib import Path

from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.report import FileWarning
from ahtc_tui.domain.imports.sheets import Book, CellValue, Table
from ahtc_tui.domain.returns.headings import ANCHOR_FIELDS, is_column_name
from ahtc_tui.formats.files.input_guard import FileKind, detect_kind
from ahtc_tui.formats.sheets.delimited_text import read_text_grid
from ahtc_tui.formats.sheets.grid import Appearance, Grid
from ahtc_tui.formats.sheets.tables import find_likeliest_table, find_tables, list_notes
from ahtc_tui.formats.sheets.xlsx_parts import UnreadablePart

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
        raise BadFile(_('"{path}" contains no table: no row looks like headings.').format(path=path))
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
    return grids, since_1904, appearance_warnings


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
        "{n} formulas have no value, because nobody has calculated them: open the file, save it, and import again"
    )
    single_reason = _(
        "a formula has no value, because nobody has calculated it: open the file, save it, and import again"
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
    reason = _('no heading is known: this row is used as the headings; if it is not, map by letter: "Column A=title"')
    plain_reason = _("no row has headings: the columns are named by their letters")
    return likely_tables, [
        FileWarning(table.header_address, plain_reason if any(map(is_column_name, table.headers)) else reason)
        for table in likely_tables
    ]
