"""Finds and removes the files of a workspace that contain a person's name."""

from __future__ import annotations

import binascii
from base64 import b64decode
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from pathlib import Path, PurePath
from zipfile import BadZipFile, ZipFile, is_zipfile

from ahtc_tui.domain.errors import StoreError
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.privacy.person_mentions import PersonMentions

FOLDERS = ("exports", "templates")
LOGS = ("*.log", "ahtc.toml")
PACK = ".ahtc"
"""Encrypted office pack. It cannot be searched, so it counts as containing the name."""
LARGEST = 200_000_000
"""Largest file that is searched, and the largest contents of an archive, in bytes."""


def find_files(root: Path, mentions: PersonMentions) -> tuple[Path, ...]:
    """Return the files that contain the name. It may take long: do not call it inside a transaction."""
    return tuple(path for path in _list_files(root) if _holds_name(path, path.relative_to(root), mentions))


def name_files(root: Path, paths: Iterable[Path]) -> tuple[str, ...]:
    """Return the names of files from the folder of the workspace."""
    return tuple(path.relative_to(root).as_posix() for path in paths)


def remove_files(root: Path, paths: Iterable[Path]) -> tuple[Path, ...]:
    """Remove the exports and logs among the files, never templates or settings, and return them. Raises StoreError."""
    removable = [path for path in paths if path.suffix != ".toml" and path.relative_to(root).parts[0] != "templates"]
    for path in removable:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            sentence = _("{path} cannot be removed: {reason}.")
            raise StoreError(sentence.format(path=path, reason=error.strerror)) from error
    return tuple(removable)


def rewrite_stored_file(file: str, change: Callable[[str], str]) -> str:
    """Return a file in base64 with `change` applied to its text: a Word file is rewritten.

    Any other file in which `change` finds something is emptied, since only its author can change it.
    """
    try:
        data = b64decode(file, validate=True)
    except binascii.Error:
        return file
    if _is_word_file(data):
        from ahtc_tui.formats.docx.text_replacement import replace_text

        return replace_text(file, change)
    # The suffix decides how texts are extracted, and a stored file has no name of its own here.
    name = PurePath("file.zip" if is_zipfile(BytesIO(data)) else "file.pdf")
    return "" if any(change(text) != text for text in _read_texts(name, data)) else file


def read_stored_lines(name: str, file: str) -> Iterator[str]:
    """Yield the lines of text of a file in base64, by the suffix of its name; nothing from what cannot be read."""
    from ahtc_tui.formats.files.text_extraction import extract_text
    from ahtc_tui.formats.pdf.page_texts import read_page_texts

    path = PurePath(name)
    try:
        data = b64decode(file, validate=True)
        for text in read_page_texts(data) if path.suffix.lower() == ".pdf" else extract_text(path, data):
            yield from filter(None, (line.strip() for line in text.splitlines()))
    except (ValueError, LookupError, BadZipFile, OSError):
        return


def _is_word_file(data: bytes) -> bool:
    from ahtc_tui.formats.files.text_extraction import find_word_text

    try:
        with ZipFile(BytesIO(data)) as archive:
            return find_word_text(archive) is not None
    except BadZipFile:
        return False


def list_backups(root: Path) -> tuple[str, ...]:
    """Return the backups of the database in the workspace."""
    folder = root / "data" / "backups"
    return tuple(path.relative_to(root).as_posix() for path in sorted(folder.glob("*")) if path.is_file())


def _list_files(root: Path) -> Iterator[Path]:
    for folder in FOLDERS:
        yield from sorted(path for path in (root / folder).rglob("*") if path.is_file() and not path.is_symlink())
    for pattern in LOGS:
        yield from sorted(root.glob(pattern))


def _holds_name(path: Path, name: PurePath, mentions: PersonMentions) -> bool:
    if path.suffix == PACK or mentions.is_named_in(name.as_posix()):
        return True
    try:
        if path.stat().st_size > LARGEST:
            return False
        data = path.read_bytes()
    except OSError:
        return False
    return any(mentions.is_named_in(text) for text in _read_texts(name, data))


def _read_texts(name: PurePath, data: bytes, depth: int = 0) -> Iterator[str]:
    """Yield every text of a file: decoded as it is, extracted, and of the members of an archive."""
    from ahtc_tui.formats.files.text_extraction import DEEPEST, extract_text

    if is_zipfile(BytesIO(data)):
        try:
            with ZipFile(BytesIO(data)) as archive:
                if depth == DEEPEST or sum(member.file_size for member in archive.infolist()) > LARGEST:
                    return
                for member in archive.namelist():
                    yield member
                    yield from _read_texts(PurePath(member), archive.read(member), depth + 1)
        except (BadZipFile, NotImplementedError, RuntimeError, OSError):
            return
    else:
        yield data.decode("utf-8", "replace")
        if b"\x00" in data[:4000]:
            yield data.decode("utf-16", "replace")
    if name.suffix.lower() == ".pdf":
        from ahtc_tui.formats.pdf.page_texts import read_page_texts

        yield from read_page_texts(data)
    try:
        yield from extract_text(name, data, depth)
    except (ValueError, LookupError, BadZipFile, OSError):
        return
