"""What a file is by its first bytes, and whether it is safe to open: its size and what it would unfold to."""

from __future__ import annotations

import zipfile
from enum import StrEnum
from pathlib import Path

from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.i18n import _

LARGEST = 100 * 1024 * 1024
"""Bytes of a file."""
LARGEST_PART = 512 * 1024 * 1024
"""Bytes that one part of a zip may unfold to."""
MOST_PARTS = 5_000
RATIO = 400
"""How far a part may shrink by packing; rows of empty cells with a format reach 100."""
SMALL = 16 * 1024 * 1024
"""Below this a part may be packed as tightly as it likes."""


class Kind(StrEnum):
    """What to read a file with."""

    XLSX = "xlsx"
    XLSB = "xlsb"
    XLS = "xls"
    ODS = "ods"
    TEXT = "text"


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def kind_of(path: Path) -> Kind:
    """The kind of a file. Raises BadFile with one sentence for whatever is no table, or is not safe to open."""
    head = _head(path)
    if head.startswith(b"PK"):
        return _kind_of_zip(path)
    if head.startswith(_OLE):
        if _ENCRYPTED in path.read_bytes():
            raise BadFile(_('"{path}" has a password: save it without one.').format(path=path))
        return Kind.XLS
    if head[:2] == b"\x09\x08" or head[:4] in (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00"):
        return Kind.XLS
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:512].lower()
    for beginning, kind in _OTHERS:
        if start.startswith(beginning):
            raise BadFile(_('"{path}" is {kind}.').format(path=path, kind=_(kind)))
    if b"<html" in start or b"<table" in start:
        raise BadFile(_('"{path}" is {kind}.').format(path=path, kind=_(_WEB_PAGE)))
    return Kind.TEXT


_WEB_PAGE = "a web page by another name: open it in a spreadsheet and save it as .xlsx"
_OTHERS = (
    (b"<!doctype html", _WEB_PAGE),
    (b"mime-version:", "a web archive: open it in a spreadsheet and save it as .xlsx"),
    (b"<?xml", "an XML file: open it in a spreadsheet and save it as .xlsx"),
    (b"%pdf", "a PDF file: ask for the workbook that it was made from"),
    (b"{\\rtf", "a text document: ask for the workbook"),
    (b"begin:vcalendar", "a calendar: import it as meetings"),
    (b"begin:vcard", "a file of contacts: import it as contacts"),
    (b"\x89png", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"gif8", "a picture"),
    (b"\x1f\x8b", "packed: unpack it first"),
    (b"7z\xbc\xaf", "packed: unpack it first"),
    (b"rar!", "packed: unpack it first"),
    (b"sqlite format 3", "a database"),
)


def _head(path: Path) -> bytes:
    """The first bytes of an ordinary file of reasonable size. Raises BadFile."""
    try:
        if not path.is_file():
            there = path.exists() or path.is_symlink()
            missing = _('"{path}" is not a file.') if there else _('There is no file "{path}".')
            raise BadFile(missing.format(path=path))
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(4096)
    except OSError as error:
        raise BadFile(_('"{path}" cannot be read: {reason}.').format(path=path, reason=error.strerror)) from error
    if not size or not head.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0"):
        raise BadFile(_('"{path}" is empty.').format(path=path))
    if size > LARGEST:
        most = LARGEST // 1024 // 1024
        raise BadFile(_('"{path}" is larger than {most} MB: import it in parts.').format(path=path, most=most))
    return head


def _kind_of_zip(path: Path) -> Kind:
    try:
        with zipfile.ZipFile(path) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, UnicodeError) as error:
        raise BadFile(_('"{path}" is damaged: its parts cannot be listed.').format(path=path)) from error
    guard_parts(path, parts)
    names = {part.filename.lower().lstrip("/") for part in parts}
    for mark, kind in (("xl/workbook.xml", Kind.XLSX), ("xl/workbook.bin", Kind.XLSB), ("content.xml", Kind.ODS)):
        if mark in names:
            return kind
    if any(name.startswith("word/") for name in names):
        raise BadFile(_('"{path}" is a Word document, no workbook.').format(path=path))
    raise BadFile(_('"{path}" is a zip archive without a workbook in it.').format(path=path))


def guard_parts(path: Path, parts: list[zipfile.ZipInfo], what: str = "workbook") -> None:
    """Raise BadFile where the parts of an archive are too many, would unfold too far, or have a password."""
    if len(parts) > MOST_PARTS:
        sentence = _('"{path}" holds {n} parts: that is no ordinary {what}.')
        raise BadFile(sentence.format(path=path, n=len(parts), what=_(what)))
    for part in parts:
        bomb = part.file_size > SMALL and part.file_size > RATIO * max(part.compress_size, 1)
        if part.file_size > LARGEST_PART or bomb:
            sentence = _('"{path}" would unfold to {n} MB: that is no ordinary {what}.')
            unfolded = sum(one.file_size for one in parts) // 1024 // 1024
            raise BadFile(sentence.format(path=path, n=unfolded, what=_(what)))
        if part.flag_bits & 1:
            raise BadFile(_('"{path}" has a password: save it without one.').format(path=path))
