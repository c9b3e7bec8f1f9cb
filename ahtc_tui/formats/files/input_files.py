"""Bounded reading and decoding of small input files such as vCards and calendars."""

from __future__ import annotations

import codecs
from pathlib import Path

from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.i18n import _

MEGABYTE = 1024 * 1024
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""UTF-32 comes before UTF-16, whose mark is the beginning of its own."""


def read_file_bytes(path: Path, megabytes: int, advice: str = "") -> bytes:
    """Return the content of a regular file of limited size. Raises BadFile; `advice` ends the sentence about a larger
    file.
    """
    data = read_first_bytes(path, megabytes * MEGABYTE + 1)
    if not data.strip():
        raise BadFile(_('"{path}" is empty.').format(path=path))
    if len(data) > megabytes * MEGABYTE:
        sentence = _('"{path}" is larger than {n} MB: {advice}.')
        raise BadFile(sentence.format(path=path, n=megabytes, advice=advice or _("import it in parts")))
    return data


def read_first_bytes(path: Path, most: int) -> bytes:
    """Return at most that many bytes of a regular file. Raises BadFile with one sentence."""
    try:
        if not path.is_file():
            exists = path.exists() or path.is_symlink()
            missing = _('"{path}" is not a file.') if exists else _('There is no file "{path}".')
            raise BadFile(missing.format(path=path))
        with path.open("rb") as file:
            return file.read(most)
    except OSError as error:
        raise BadFile(_('"{path}" cannot be read: {reason}.').format(path=path, reason=error.strerror)) from error


def find_unicode_encoding(data: bytes) -> str | None:
    """Return the encoding by the byte order mark, or UTF-16 where every other byte is zero; None for other text."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return encoding
    for encoding, zeros in (("utf-16-le", data[1:4096:2]), ("utf-16-be", data[0:4096:2])):
        if len(zeros) > 1 and zeros.count(0) > len(zeros) * 0.4:
            return encoding
    return None


def decode_text(data: bytes, charset: str | None = None) -> str:
    """Return decoded text: by `find_unicode_encoding`, else UTF-8, else `charset`, else Windows-1252."""
    if encoding := find_unicode_encoding(data):
        return data.decode(encoding, "replace")
    for name in ("utf-8", charset or "cp1252"):
        try:
            return data.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("cp1252", "replace")
