"""Texts, comments and text boxes of a file that belong to no action: they are named, and never imported."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Set

from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.report import FileWarning
from ahtc_tui.domain.imports.sheets import Book, Cell, SheetNotes, Table
from ahtc_tui.domain.returns.model import SENT_SHEET, digest_text
from ahtc_tui.services.imports.actions.model import LogRow, is_closed_heading
from ahtc_tui.services.imports.actions.reading_context import ReadingContext

_MAX_NOTES, _NOTE_LENGTH = 20, 300
_TITLE_LINES = 3
"""Lines above the headings of a return: its title, its marking and the request."""


def list_texts_around(table: Table, sent_texts: Set[str]) -> Iterator[Cell]:
    """Yield text above and beside a table, except for the texts that were sent.

    `sent_texts` are digests; where a workbook has none, the lines of its title are left out.
    """
    first_column = table.header_address.rstrip("0123456789")
    above = list(table.above)
    if not sent_texts:
        title = [cell for cell in above if cell.address.rstrip("0123456789") == first_column][-_TITLE_LINES:]
        above = [cell for cell in above if cell not in title]
    yield from (cell for cell in (*above, *table.beside) if digest_text(cell.text) not in sent_texts)


def list_notes(book: Book, tables: Collection[Table], own_sheets: Collection[str], sent_texts: Set[str]) -> list[Cell]:
    """Return the text boxes of a file, and the texts on the sheets without actions that were not sent.

    `own_sheets` are the sheets of our own beside the actions, where the file is a workbook that was sent.
    """
    sheets = {table.sheet for table in tables}
    others = {*own_sheets, *book.sheets_without_table} - sheets - {SENT_SHEET} if sent_texts else set()
    cells = [cell for name in book.notes if name in others for cell in book.notes[name].texts]
    boxes = [cell for notes in _list_read_sheets(book, {*sheets, *own_sheets}) for cell in notes.text_boxes]
    return [cell for cell in cells if digest_text(cell.text) not in sent_texts] + boxes


def warn_about_comments(book: Book, rows: Iterable[LogRow], sheets: Set[str]) -> Iterator[FileWarning]:
    """Name the comments of these sheets that are on none of the cells of the rows."""
    read = {cell.address for row in rows for cell in row.list_comments()}
    for cell in (cell for notes in _list_read_sheets(book, sheets) for cell in notes.comments):
        if cell.address not in read and cell.comment:
            yield build_comment_warning(cell)


def build_comment_warning(cell: Cell, ref: str | None = None) -> FileWarning:
    """Return the warning about the comment of a cell."""
    text = (cell.comment or "").strip()
    return FileWarning(cell.address, _('comment on the cell: "{text}"').format(text=text), ref, "comment")


def warn_about_sections(context: ReadingContext, sections: Iterable[Cell]) -> Iterator[FileWarning]:
    """Name the headings between the rows from which neither an objective nor a status is read."""
    for cell in sections:
        if not is_closed_heading(cell.text) and not context.records.find_objective(cell.text):
            sentence, text = _('a heading between the rows, left out: "{text}"'), " ".join(cell.text.split())
            yield FileWarning(cell.address, sentence.format(text=text[:_NOTE_LENGTH]), None, "row")


def warn_about_notes(notes: list[Cell]) -> Iterator[FileWarning]:
    """Name text that belongs to no action, such as "Please call me" below the table."""
    for cell in notes[:_MAX_NOTES]:
        text = " ".join(cell.text.split())
        shown = text if len(text) <= _NOTE_LENGTH else f"{text[:_NOTE_LENGTH]}…"
        yield FileWarning(cell.address, _('text without an action, not imported: "{text}"').format(text=shown))
    if len(notes) > _MAX_NOTES:
        sentence = _("passages without an action, not listed: {n}")
        yield FileWarning(notes[_MAX_NOTES].address, sentence.format(n=len(notes) - _MAX_NOTES))


def _list_read_sheets(book: Book, sheets: Set[str]) -> list[SheetNotes]:
    return [notes for name, notes in book.notes.items() if name in sheets]
