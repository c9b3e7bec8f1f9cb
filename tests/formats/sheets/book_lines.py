"""Lines and cells of a book, in the form that tests compare."""

from __future__ import annotations

from collections.abc import Iterator

from ahtc_tui.domain.imports.sheets import Book, Cell, Line
from ahtc_tui.domain.returns.headings import resolve_headings


def iterate_rows(book: Book) -> Iterator[dict[str, Cell]]:
    """Yield each line as a map of field to cell."""
    for table in book.tables:
        fields = resolve_headings(table.headers)
        for line in table.lines:
            yield {name: cell for name, cell in zip(fields, line.cells, strict=True) if name}


def list_lines(book: Book) -> list[Line]:
    """Return each line of each table."""
    return [line for table in book.tables for line in table.lines]


def titles_by_ref(book: Book) -> dict[str, str]:
    """Map the reference of each line, or its cell without one, to its title."""
    titles = {}
    for line in iterate_rows(book):
        ref = line.get("ref")
        title = line["title"]
        titles[str(ref.value) if ref and ref.value is not None else title.address] = str(title.value)
    return titles


def find_cell(book: Book, at: str) -> Cell:
    """Return the cell with that address."""
    return next(cell for line in list_lines(book) for cell in line.cells if cell.address == at)
