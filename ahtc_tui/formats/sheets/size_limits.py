"""Limits on the rows and columns of a sheet, found in the compressed parts before a library reads the whole sheet."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import IO

from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.i18n import _
from ahtc_tui.formats.files.input_guard import FileKind

MAX_ROWS = 110_000
"""Rows with values in one sheet: a log of 100,000 actions has headings, and ODF holds all sheets in one part."""
MAX_COLUMNS = 512
"""Cells with values in one row."""
CHUNK_BYTES = 1 << 20
_ROW = {FileKind.XLSX: re.compile(rb"<(?:\w+:)?row[\s>]"), FileKind.ODS: re.compile(rb"<table:table-row[\s>]")}
_VALUE = {
    FileKind.XLSX: re.compile(rb"<(?:\w+:)?(?:v|is)[\s>]"),
    FileKind.ODS: re.compile(rb"office:value-type="),
}


def refuse_large_sheets(path: Path, kind: FileKind) -> None:
    """Raise BadFile, whose text is only the reason, for a sheet with too many rows or columns."""
    if kind not in _ROW:
        return
    try:
        with zipfile.ZipFile(path) as archive:
            for part in archive.infolist():
                if _is_sheet(part.filename.lower(), kind) and part.file_size > MAX_COLUMNS * 8:
                    with archive.open(part) as stream:
                        _refuse_large_sheet(stream, kind)
    except (OSError, ValueError, zipfile.BadZipFile, NotImplementedError, EOFError):
        return  # the reader says what is wrong


def _is_sheet(name: str, kind: FileKind) -> bool:
    return name == "content.xml" if kind is FileKind.ODS else "sheet" in name and name.endswith(".xml")


def _refuse_large_sheet(stream: IO[bytes], kind: FileKind) -> None:
    """Count rows and cells with values, one chunk after the other."""
    row_mark, value_mark = _ROW[kind], _VALUE[kind]
    rows, rest = 0, b""
    while chunk := stream.read(CHUNK_BYTES):
        *pieces, rest = row_mark.split(rest + chunk)
        for piece in pieces:
            rows += _count_values(piece, value_mark) > 0
        if rows > MAX_ROWS:
            raise BadFile(build_row_reason())
        if len(rest) > CHUNK_BYTES:  # one row alone: its cells are counted before it ends
            _count_values(rest, value_mark)
    _count_values(rest, value_mark)


def _count_values(row: bytes, value_mark: re.Pattern[bytes]) -> int:
    """Return the number of cells with values of a row. Raises BadFile for too many."""
    if len(row) < MAX_COLUMNS * 8:  # shorter than that many cells
        return 1 if value_mark.search(row) else 0
    count = sum(1 for _match in value_mark.finditer(row))
    if count > MAX_COLUMNS:
        raise BadFile(build_column_reason())
    return count


def build_row_reason() -> str:
    """Return why a sheet with too many rows is refused."""
    return _("a sheet holds more than {n:,} rows. Import it in parts").format(n=MAX_ROWS)


def build_column_reason() -> str:
    """Return why a sheet with too many columns is refused."""
    return _("a row holds more than {n} columns. Import only the columns you need").format(n=MAX_COLUMNS)
