"""Reads other people's workbooks and files of cells: xlsx, xlsm, xlsb, xls, ods, csv, tsv. Macros and links never run.

How to use it:

    book = read_book(path, field_of)            # domain.return_words.field_of for action logs, or your own function
    for table in book.tables:                   # of every sheet, hidden ones too (table.hidden)
        fields = fields_of(table.headers)       # what each column is; a header over two rows is joined by a space
        for line in table.lines:                # made as you go: keep what you need, not the lines
            for field, cell in zip(fields, line.cells, strict=True):
                cell.value, cell.at, cell.fill, cell.comment, cell.struck, cell.spread; line.hidden, line.section

Left out already: empty rows, rows that hold only a number, rows of totals, headers repeated, lists beside a table.
`book.warnings` says what a person should know. BadFile (one sentence) where nothing can be read.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path

from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.report import FileWarning
from ahtc_tui.domain.imports.sheets import Book, Table
from ahtc_tui.domain.returns.headings import ANCHOR_FIELDS
from ahtc_tui.formats.files.input_guard import FileKind, detect_kind
from ahtc_tui.formats.sheets.delimited_text import read_text_grid
from ahtc_tui.formats.sheets.grid import Appearance, Grid
from ahtc_tui.formats.sheets.tables import find_likeliest_table, find_tables
from ahtc_tui.formats.sheets.xlsx_parts import UnreadablePart

ANY_ANCHOR = ANCHOR_FIELDS | {"name", "first", "last", "email", "organisation", "role"}


def read_book(path: Path, find_field: Callable[[str], str | None], anchors: Collection[str] = ANY_ANCHOR) -> Book:
    """Every table of a file. `knows` gives the field that a heading means, or None.

    A table without one of the fields `anchors` is dropped where another one has some. Raises BadFile with one sentence.
    """
    kind = detect_kind(path)
    try:
        grids, since_1904, appearance_warnings = _read_grids(path, kind, find_field)
    except (BadFile, OSError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise BadFile(_('"{path}" cannot be read: {reason}.').format(path=path, reason=reason)) from error
    tables, warnings = _collect_tables(grids, find_field, frozenset(anchors))
    if not tables:
        raise BadFile(_('"{path}" holds no table: no row of it looks like headings.').format(path=path))
    return Book(path, tuple(tables), (*appearance_warnings, *warnings, *_warn_uncalculated(grids)), since_1904)


def _read_grids(
    path: Path, kind: FileKind, find_field: Callable[[str], str | None]
) -> tuple[list[Grid], bool, list[FileWarning]]:
    """The sheets with what is seen of their cells, and whether days count from 1904."""
    if kind is FileKind.TEXT:
        return [read_text_grid(path.read_bytes(), find_field)], False, []
    from ahtc_tui.formats.sheets.values import TooLarge

    try:
        return _read_grids_with_appearance(path, kind)
    except TooLarge:
        if kind not in (FileKind.XLSX, FileKind.ODS):
            raise
    from tempfile import TemporaryDirectory

    from ahtc_tui.formats.sheets.trimming import trim_workbook

    with TemporaryDirectory(prefix="ahtc-") as folder:
        small = Path(folder, f"small.{kind}")
        far_cells = trim_workbook(path, kind, small)
        grids, since_1904, appearance_warnings = _read_grids_with_appearance(small, kind)
    reason = _("cells that lie far from all others, from this one on, are left out")
    return grids, since_1904, [*appearance_warnings, *(FileWarning(cell, reason) for cell in far_cells)]


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
    reason = _("no heading is known: this row is taken for the headings")
    return likely_tables, [FileWarning(table.header_address, reason) for table in likely_tables]
