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
from ahtc_tui.domain.imports.report import Warned
from ahtc_tui.domain.imports.sheets import Book, Table
from ahtc_tui.domain.returns.headings import ANCHORS
from ahtc_tui.formats.files.input_guard import Kind, kind_of
from ahtc_tui.formats.sheets.delimited_text import text_grid
from ahtc_tui.formats.sheets.grid import Grid, Looks
from ahtc_tui.formats.sheets.tables import find_tables, likeliest_table
from ahtc_tui.formats.sheets.xlsx_parts import NotReadable

ANY_ANCHOR = ANCHORS | {"name", "first", "last", "email", "organisation", "role"}


def read_book(path: Path, knows: Callable[[str], str | None], anchors: Collection[str] = ANY_ANCHOR) -> Book:
    """Every table of a file. `knows` gives the field that a heading means, or None.

    A table without one of the fields `anchors` is dropped where another one has some. Raises BadFile with one sentence.
    """
    kind = kind_of(path)
    try:
        grids, since_1904, unseen = _grids(path, kind, knows)
    except (BadFile, OSError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise BadFile(_('"{path}" cannot be read: {reason}.').format(path=path, reason=reason)) from error
    tables, warnings = _tables(grids, knows, frozenset(anchors))
    if not tables:
        raise BadFile(_('"{path}" holds no table: no row of it looks like headings.').format(path=path))
    return Book(path, tuple(tables), (*unseen, *warnings, *_unsolved(grids)), since_1904)


def _grids(path: Path, kind: Kind, knows: Callable[[str], str | None]) -> tuple[list[Grid], bool, list[Warned]]:
    """The sheets with what is seen of their cells, and whether days count from 1904."""
    if kind is Kind.TEXT:
        return [text_grid(path.read_bytes(), knows)], False, []
    from ahtc_tui.formats.sheets.values import TooLarge

    try:
        return _seen_grids(path, kind)
    except TooLarge:
        if kind not in (Kind.XLSX, Kind.ODS):
            raise
    from tempfile import TemporaryDirectory

    from ahtc_tui.formats.sheets.trimming import trim

    with TemporaryDirectory(prefix="ahtc-") as folder:
        small = Path(folder, f"small.{kind}")
        far = trim(path, kind, small)
        grids, since_1904, unseen = _seen_grids(small, kind)
    reason = _("cells that lie far from all others, from this one on, are left out")
    return grids, since_1904, [*unseen, *(Warned(cell, reason) for cell in far)]


def _seen_grids(path: Path, kind: Kind) -> tuple[list[Grid], bool, list[Warned]]:
    from ahtc_tui.formats.sheets.values import Values

    unseen: list[Warned] = []
    with Values(path) as values:
        try:
            looks, since_1904 = _looks(path, kind)
        except NotReadable:
            looks, since_1904 = {}, False
            unseen = [Warned("", _("colours, comments and hidden rows of this file cannot be seen"))]
        grids = values.grids()
    for grid in grids:
        grid.looks = looks.get(grid.sheet, grid.looks)
        grid.merges = grid.merges or grid.looks.merges
    return grids, since_1904, unseen


def _looks(path: Path, kind: Kind) -> tuple[dict[str, Looks], bool]:
    from ahtc_tui.formats.sheets.ods_appearance import ods_looks
    from ahtc_tui.formats.sheets.xlsx_appearance import looks_of

    match kind:
        case Kind.XLSX:
            return looks_of(path)
        case Kind.ODS:
            return ods_looks(path)
    raise NotReadable(path)


def _unsolved(grids: list[Grid]) -> list[Warned]:
    reason = _(
        "{n} formulas have no value, because nobody has calculated them: open the file, save it, and import again"
    )
    one = _("a formula has no value, because nobody has calculated it: open the file, save it, and import again")
    return [
        Warned(f"{grid.sheet}!{cells[0]}", reason.format(n=len(cells)) if len(cells) > 1 else one)
        for grid in grids
        if (cells := grid.looks.unsolved)
    ]


def _tables(
    grids: list[Grid], knows: Callable[[str], str | None], anchors: frozenset[str]
) -> tuple[list[Table], list[Warned]]:
    tables: list[Table] = []
    others: list[Table] = []
    for grid in grids:
        found = list(find_tables(grid, knows))
        anchored = [table for table, fields in found if fields & anchors]
        others += [table for table, fields in found if not fields & anchors]
        likely = None if anchored else likeliest_table(grid, knows, anchors)
        tables += [likely] if likely else anchored
    if tables or others:
        return tables or others, []
    likely_tables = [table for grid in grids if not grid.hidden and (table := likeliest_table(grid, knows))]
    reason = _("no heading is known: this row is taken for the headings")
    return likely_tables, [Warned(table.header_at, reason) for table in likely_tables]
