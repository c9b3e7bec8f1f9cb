"""Bounded reading and decoding of small input files such as vCards and calendars."""

from __future__ import annotations

from pathlib import Path

from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.i18n import _

MEGABYTE = 1024 * 1024


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


def decode_text(data: bytes, charset: str | None = None) -> str:
    """Return decoded text: UTF-16 by its byte order mark, else UTF-8, else `charset`, else Windows-1252."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    for name in ("utf-8-sig", charset or "cp1252"):
        try:
            return data.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("utf-8-sig", "replace")
