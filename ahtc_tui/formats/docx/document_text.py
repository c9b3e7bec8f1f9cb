"""Reads the text of a document that somebody else wrote: Word files and plain text."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.i18n import _
from ahtc_tui.formats.files.input_files import decode_text, read_file_bytes
from ahtc_tui.formats.files.input_guard import check_archive_parts

LARGEST = 20
"""Size limit in megabytes."""
PLAIN = (".txt", ".md")


def read_document_text(path: Path) -> str:
    """Return the paragraphs of a .docx, .md or .txt file, a line each; the cells of a table row share a line.

    Raises BadFile for another format, a damaged file and one without text.
    """
    data, suffix = read_file_bytes(path, LARGEST, _("save a smaller copy")), path.suffix.lower()
    if suffix in PLAIN:
        text = decode_text(data)
    elif suffix == ".docx":
        text = "\n".join(_read_word_lines(path, data))
    else:
        raise BadFile(_('"{path}" is not a .docx, .md or .txt file.').format(path=path))
    if not text.strip():
        raise BadFile(_('"{path}" has no text.').format(path=path))
    return text


def _read_word_lines(path: Path, data: bytes) -> list[str]:
    """Return paragraphs and table rows in the order of the document."""
    from docx import Document

    try:
        with ZipFile(BytesIO(data)) as archive:
            check_archive_parts(path, archive.infolist(), "document")
        blocks = list(Document(BytesIO(data)).iter_inner_content())
        return [_format_block_row(row) for block in blocks for row in getattr(block, "rows", [block])]
    except BadFile:
        raise
    except Exception as error:  # python-docx and lxml raise many types for damaged files
        raise BadFile(_('"{path}" is damaged, or not a Word file.').format(path=path)) from error


def _format_block_row(block: Any) -> str:
    cells = getattr(block, "cells", None)
    return str(block.text) if cells is None else "\t".join(cell.text for cell in cells)
