"""Reads the protective marking that a written file carries."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path, PurePath

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.formats.files.text_extraction import extract_text

LARGEST_READ = 50_000_000
"""Bytes of the largest file, and of the largest contents of an archive, that are read."""
ODF_PARTS = ("content.xml", "styles.xml")
"""Parts of an OpenDocument file with its text, headers and footers."""
SENSITIVE = re.compile(r"(?:official|swyddogol)[-\s\u2010\u2011_]+sensiti(?:ve|f)", re.IGNORECASE)
OFFICIAL = re.compile(r"\b(?:OFFICIAL|SWYDDOGOL)\b|^marking\nofficial$", re.MULTILINE)
"""The word, or the value of the name `marking` in a JSON file, whose names and values are lines."""


def read_marking(path: Path) -> Marking | None:
    """Return the highest marking in the name or the text of a file; None without one, or where it cannot be read.

    The text of PDF files and of encrypted ones is not read.
    """
    if SENSITIVE.search(path.name):
        return Marking.OFFICIAL_SENSITIVE
    marking = None
    try:
        if path.stat().st_size > LARGEST_READ:
            return None
        for text in _read_texts(path):
            if SENSITIVE.search(text):
                return Marking.OFFICIAL_SENSITIVE
            if OFFICIAL.search(text):
                marking = Marking.OFFICIAL
    except (OSError, ValueError, LookupError, RuntimeError, NotImplementedError, zipfile.BadZipFile, zlib.error):
        return marking
    return marking


def _read_texts(path: Path) -> Iterator[str]:
    data = path.read_bytes()
    if not zipfile.is_zipfile(BytesIO(data)):
        yield from extract_text(PurePath(path.name), data)
        return
    with zipfile.ZipFile(BytesIO(data)) as archive:
        if sum(member.file_size for member in archive.infolist()) > LARGEST_READ:
            return
        for name in ODF_PARTS:
            if name in archive.namelist():
                yield archive.read(name).decode("utf-8", "replace")
    yield from extract_text(PurePath(path.name), data)
