"""Finds and removes the files of a workspace that contain a person's name."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path, PurePath
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile, is_zipfile

from ahtc_tui.domain.errors import StoreError
from ahtc_tui.domain.i18n import _

if TYPE_CHECKING:
    from ahtc_tui.domain.privacy.person_mentions import PersonMentions

FOLDERS = ("exports", "templates")
LOGS = ("*.log", "ahtc.toml")
PACK = ".ahtc"
"""Encrypted office pack. It cannot be searched, so it counts as containing the name."""
LARGEST = 200_000_000
"""Largest file that is searched, in bytes."""


def sweep_files(root: Path, mentions: PersonMentions, *, remove: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the files that contain the name and remain, and those that were removed. Raises StoreError.

    Only exports and logs are removed, never templates.
    """
    remaining: list[str] = []
    removed: list[str] = []
    for path in _list_files(root):
        if not _holds_name(path, path.relative_to(root), mentions):
            continue
        name = path.relative_to(root).as_posix()
        if remove and not name.startswith("templates/") and path.suffix != ".toml":
            try:
                path.unlink()
            except OSError as error:
                raise StoreError(
                    _("{path} cannot be removed: {reason}.").format(path=path, reason=error.strerror)
                ) from error
            removed.append(name)
        else:
            remaining.append(name)
    return tuple(remaining), tuple(removed)


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


def _read_texts(name: PurePath, data: bytes) -> Iterator[str]:
    """Yield every text of a file: decoded as it is, extracted, and of the members of an archive."""
    from ahtc_tui.formats.files.text_extraction import extract_text

    if is_zipfile(BytesIO(data)):
        try:
            with ZipFile(BytesIO(data)) as archive:
                for member in archive.namelist():
                    yield member
                    yield from _read_texts(PurePath(member), archive.read(member))
        except (BadZipFile, NotImplementedError, RuntimeError, OSError):
            return
    else:
        yield data.decode("utf-8", "replace")
        if b"\x00" in data[:4000]:
            yield data.decode("utf-16", "replace")
    try:
        yield from extract_text(name, data)
    except (ValueError, LookupError, BadZipFile, OSError):
        return
