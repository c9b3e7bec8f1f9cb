"""The files in the exports folder, with their age and marking, and the removal of old ones.

They are copies for other people; the records stay. The database is not opened.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from stat import S_ISREG

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.formats.files.marking_reader import read_marking
from ahtc_tui.services.workspace import EXPORTS


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """A file in the exports folder."""

    path: str
    """From the exports folder, with "/" between folders."""
    bytes: int
    made: datetime
    """Time of its last change."""
    age_days: int
    """Whole days since then; 0 for a time in the future."""
    marking: Marking | None
    """Highest marking in its name or text; None where it carries none or cannot be read."""


@dataclass(frozen=True, slots=True)
class ClearReport:
    """Result of removing old exports, or of its dry run."""

    removed: tuple[ExportedFile, ...]
    kept: int
    """Number of files that stay."""
    dry_run: bool
    failed: tuple[str, ...] = ()
    """Names of files that could not be removed."""


def list_exports(root: Path, now: datetime) -> list[ExportedFile]:
    """Return the files of the exports folder of a workspace, the oldest first. Links and hidden files are left out."""
    folder = root / EXPORTS
    files = [_describe_file(folder, path, now) for path in _list_files(folder)]
    return sorted((file for file in files if file), key=lambda file: (file.made, file.path))


def clear_exports(root: Path, now: datetime, older_than: timedelta, *, dry_run: bool = False) -> ClearReport:
    """Remove the exports that are older, and the folders that are empty then."""
    folder, files = root / EXPORTS, list_exports(root, now)
    old = [file for file in files if now - file.made > older_than]
    failed = () if dry_run else tuple(file.path for file in old if not _remove_file(folder, folder / file.path))
    removed = tuple(file for file in old if file.path not in failed)
    return ClearReport(removed, len(files) - len(removed), dry_run, failed)


def _list_files(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(parent, name) for name in names if not name.startswith("."))


def _describe_file(folder: Path, path: Path, now: datetime) -> ExportedFile | None:
    """Return None for a link, and for a file that was removed since or whose time is not a date."""
    try:
        status = path.lstat()
        made = datetime.fromtimestamp(status.st_mtime).astimezone()
    except (OSError, ValueError, OverflowError):
        return None
    if not S_ISREG(status.st_mode):
        return None
    name = path.relative_to(folder).as_posix()
    return ExportedFile(name, status.st_size, made, max((now - made).days, 0), read_marking(path))


def _remove_file(folder: Path, path: Path) -> bool:
    """Remove a file and the folders that it leaves empty; return whether the file is gone."""
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return False
    for parent in path.parents:
        if parent == folder:
            break
        try:
            parent.rmdir()
        except OSError:  # something else is in it
            break
    return True
