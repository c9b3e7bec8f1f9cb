"""Reads the files of the papers of meetings."""

from __future__ import annotations

import binascii
from base64 import b64decode
from typing import NamedTuple

from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.meetings.model import PaperFile
from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.records.rows import select_column, select_rows


class _StoredFile(NamedTuple):
    """A file with the reference of its paper."""

    ref: str
    name: str
    content: str


FILES = """SELECT r.ref, f.name, f.content FROM paper_files f JOIN papers r ON r.id = f.paper AND NOT r.deleted
 LEFT JOIN agenda_items i ON i.id = r.item AND NOT i.deleted WHERE NOT f.deleted AND f.content <> '' AND"""


def read_files(cursor: Cursor, meeting: RowKey) -> dict[str, PaperFile]:
    """Return the files of a meeting by the reference of their paper; of two of a paper the later one."""
    query = f"{FILES} r.meeting = ? ORDER BY i.position IS NULL, i.position, r.n, f.n"
    rows = select_rows(cursor, _StoredFile, query, (meeting,))
    return {row.ref: _build_file(row) for row in rows}


def read_file(cursor: Cursor, paper: RowKey) -> PaperFile | None:
    """Return the file of a paper; None where it has none."""
    rows = select_rows(cursor, _StoredFile, f"{FILES} f.paper = ? ORDER BY f.n DESC LIMIT 1", (paper,))
    return _build_file(rows[0]) if rows else None


def _build_file(row: _StoredFile) -> PaperFile:
    """Return a file; an empty one where another laptop wrote what is not base64."""
    try:
        return PaperFile(row.name, b64decode(row.content, validate=True))
    except (binascii.Error, ValueError):
        return PaperFile(row.name, b"")


def list_file_keys(cursor: Cursor, paper: RowKey) -> list[RowKey]:
    """Return the keys of the files of a paper: two where two laptops attached one each."""
    return select_column(cursor, "SELECT id FROM paper_files WHERE paper = ? AND NOT deleted ORDER BY n", (paper,))
