"""Detection of the kind of an input file by its first bytes, and limits on its size and decompression."""

from __future__ import annotations

import zipfile
from enum import StrEnum
from pathlib import Path

from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.i18n import _, gettext_noop
from ahtc_tui.formats.files.input_files import read_first_bytes

MAX_FILE_BYTES = 100 * 1024 * 1024
"""Maximum size of a file."""
MAX_PART_BYTES = 512 * 1024 * 1024
"""Maximum uncompressed size of one part of a ZIP file."""
MAX_PARTS = 5_000
MAX_COMPRESSION_RATIO = 400
"""Maximum ratio of a part; rows of empty formatted cells reach 100."""
SMALL_PART_BYTES = 16 * 1024 * 1024
"""Parts below this size may have any ratio."""

_WEB_PAGE = gettext_noop("a web page by another name: open it in a spreadsheet and save it as .xlsx")

_REFUSED_BEGINNINGS = (
    (b"<!doctype html", _WEB_PAGE),
    (b"mime-version:", gettext_noop("a web archive: open it in a spreadsheet and save it as .xlsx")),
    (b"<?xml", gettext_noop("an XML file: open it in a spreadsheet and save it as .xlsx")),
    (b"%pdf", gettext_noop("a PDF file; request the original workbook")),
    (b"{\\rtf", gettext_noop("a text document; request a workbook")),
    (b"begin:vcalendar", gettext_noop("a calendar; import it as meetings")),
    (b"begin:vcard", gettext_noop("a file of contacts; import it as contacts")),
    (b"\x89png", gettext_noop("a picture")),
    (b"\xff\xd8\xff", gettext_noop("a picture")),
    (b"gif8", gettext_noop("a picture")),
    (b"\x1f\x8b", gettext_noop("packed; unpack it first")),
    (b"7z\xbc\xaf", gettext_noop("packed; unpack it first")),
    (b"rar!", gettext_noop("packed; unpack it first")),
    (b"sqlite format 3", gettext_noop("a database")),
)


class FileKind(StrEnum):
    """Format that decides which reader is used."""

    XLSX = "xlsx"
    XLSB = "xlsb"
    XLS = "xls"
    ODS = "ods"
    WORD = "docx"
    TEXT = "text"


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def detect_kind(path: Path) -> FileKind:
    """Return the kind of a file. Raises BadFile for a file without tables or one that is not safe to open."""
    head = _read_head(path)
    if head.startswith(b"PK"):
        return _detect_zip_kind(path)
    if head.startswith(_OLE):
        if _ENCRYPTED in path.read_bytes():
            raise BadFile(_('"{path}" has a password. Save it without one.').format(path=path))
        return FileKind.XLS
    if head[:2] == b"\x09\x08" or head[:4] in (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00"):
        return FileKind.XLS
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:512].lower()
    for beginning, kind in _REFUSED_BEGINNINGS:
        if start.startswith(beginning):
            raise BadFile(_('"{path}" is {kind}.').format(path=path, kind=_(kind)))
    if b"<html" in start or b"<table" in start:
        raise BadFile(_('"{path}" is {kind}.').format(path=path, kind=_(_WEB_PAGE)))
    return FileKind.TEXT


def _read_head(path: Path) -> bytes:
    """Return the first bytes of a regular file of limited size. Raises BadFile."""
    head = read_first_bytes(path, 4096)
    if not head.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0"):
        raise BadFile(_('"{path}" is empty.').format(path=path))
    if path.stat().st_size > MAX_FILE_BYTES:
        most = MAX_FILE_BYTES // 1024 // 1024
        raise BadFile(_('"{path}" is larger than {most} MB. Import it in parts.').format(path=path, most=most))
    return head


def _detect_zip_kind(path: Path) -> FileKind:
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, UnicodeError) as error:
        raise BadFile(_('"{path}" is damaged. The parts in it cannot be listed.').format(path=path)) from error
    check_archive_parts(path, parts)
    names = {part.filename.lower().lstrip("/") for part in parts}
    for mark, kind in (
        ("xl/workbook.xml", FileKind.XLSX),
        ("xl/workbook.bin", FileKind.XLSB),
        ("content.xml", FileKind.ODS),
    ):
        if mark in names:
            return kind
    if any(name.startswith("word/") for name in names):
        return FileKind.WORD
    raise BadFile(_('"{path}" is a zip archive without a workbook in it.').format(path=path))


def check_archive_parts(path: Path, parts: list[zipfile.ZipInfo], noun: str = "workbook") -> None:
    """Raise BadFile if an archive has too many parts, expands too far, or has a password."""
    if len(parts) > MAX_PARTS:
        sentence = _('"{path}" has {n} parts, too many for any {what}.')
        raise BadFile(sentence.format(path=path, n=len(parts), what=_(noun)))
    for part in parts:
        is_bomb = part.file_size > SMALL_PART_BYTES and part.file_size > MAX_COMPRESSION_RATIO * max(
            part.compress_size, 1
        )
        if part.file_size > MAX_PART_BYTES or is_bomb:
            sentence = _('"{path}" would expand to {n} MB, too large for any {what}.')
            unfolded = sum(entry.file_size for entry in parts) // 1024 // 1024
            raise BadFile(sentence.format(path=path, n=unfolded, what=_(noun)))
        if part.flag_bits & 1:
            raise BadFile(_('"{path}" has a password. Save it without one.').format(path=path))
