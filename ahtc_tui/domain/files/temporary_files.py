"""Temporary files, beside the files that they become or in a folder of this program, and the removal of those that a
killed program left.

Each has a companion file that is locked while its program runs. The system releases the lock when the program ends,
however it ends, so that no clock and no process number is needed to recognise what was left.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

from ahtc_tui.domain.i18n import _

PREFIX = ".ahtc-"
FORMER_PREFIX = ".ahtc.db."
"""Beginning of the names that earlier versions gave; they had no companion."""
LOCK_SUFFIX = ".lock"
PROFILE = "profile"
"""Folder of the settings of LibreOffice, which hold no text of a document."""
LOCK_OFFSET = 2**30
"""The byte that is locked on Windows, beyond the content."""


@contextmanager
def hold_temporary_file(folder: Path, suffix: str) -> Iterator[Path]:
    """Create an empty file with a unique name; remove it and its sidecars at the end, unless it was renamed.

    Its mode is 0600. What killed programs left in the folder is removed first. Raises OSError.
    """
    remove_stale_files(folder)
    lock_path, handle = _create_lock(folder)
    path = lock_path.with_name(lock_path.name.removesuffix(LOCK_SUFFIX) + suffix)
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        yield path
    finally:
        _remove_files(path.parent, path.name)
        _remove_lock(lock_path, handle)


def list_missing_folders(folder: Path) -> list[Path]:
    """Return a folder and those around it that do not exist, the outermost first."""
    return [path for path in reversed((folder, *folder.parents)) if not path.exists()]


@contextmanager
def hold_temporary_folder() -> Iterator[Path]:
    """Create a folder inside the program's folder for temporary files; remove it at the end. Raises OSError."""
    base = find_own_folder()
    base.mkdir(mode=0o700, exist_ok=True)
    if not _is_own(base):
        raise PermissionError(errno.EPERM, _("it belongs to another account"), str(base))
    remove_stale_files(base)
    lock_path, handle = _create_lock(base)
    path = lock_path.with_suffix("")
    try:
        path.mkdir(mode=0o700)
        yield path
    finally:
        _remove_files(base, path.name)
        _remove_lock(lock_path, handle)


@contextmanager
def redirect_temporary_files() -> Iterator[None]:
    """Let libraries create their temporary files in the folder of this program until the block ends. Raises OSError."""
    import tempfile

    with hold_temporary_folder() as folder:
        former, tempfile.tempdir = tempfile.tempdir, str(folder)
        try:
            yield
        finally:
            tempfile.tempdir = former


@cache
def find_own_folder() -> Path:
    """Return the folder of this program and account among the temporary files of the system; it may not exist yet.

    It is where the module `tempfile` looks first, which is slow to import.
    """
    named = (os.environ.get(name) for name in ("TMPDIR", "TEMP", "TMP"))
    default = Path.home() if sys.platform == "win32" else Path("/tmp")  # the owner is checked
    base = next((Path(text) for text in named if text and Path(text).is_dir()), default)
    return base / (f"ahtc-{os.getuid()}" if hasattr(os, "getuid") else "ahtc")


def list_left_files() -> list[Path]:
    """Return the files in the folder of this program, and those that earlier versions left beside it."""
    own = find_own_folder()
    left = [path for pattern in ("openpyxl.*", "ahtc-*") for path in sorted(own.parent.glob(pattern))]
    folders = [path for path in left if path.is_dir() and not path.is_symlink() and _is_own(path)]
    files = [path for path in left if path.is_file() and _is_own(path)]
    held = [path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()]
    texts = [path for path in held if PROFILE not in path.relative_to(own.parent).parts]
    return files + [path for path in texts if path.suffix != LOCK_SUFFIX]


def _is_own(path: Path) -> bool:
    """Return whether a file or folder belongs to this account."""
    return not hasattr(os, "getuid") or path.lstat().st_uid == os.getuid()


def remove_stale_files(folder: Path) -> None:
    """Remove the temporary files of programs that no longer run. Files that cannot be removed are left."""
    try:
        names = [path.name for path in folder.iterdir() if path.name.startswith((PREFIX, FORMER_PREFIX))]
    except OSError:
        return
    for stem in sorted({_read_stem(name) for name in names}):
        _remove_if_stale(folder, stem)


def _read_stem(name: str) -> str:
    """Return the common part of the names of a temporary file, its sidecars and its companion."""
    return name if name.startswith(FORMER_PREFIX) else PREFIX + name.removeprefix(PREFIX).partition(".")[0]


def _remove_if_stale(folder: Path, stem: str) -> None:
    lock_path = folder / (stem + LOCK_SUFFIX)
    try:
        handle = os.open(lock_path, os.O_RDWR)
    except FileNotFoundError:
        _remove_files(folder, stem)
        return
    except OSError:
        return
    if try_lock(handle):
        _remove_files(folder, stem)
        _remove_lock(lock_path, handle)
    else:
        os.close(handle)


def _remove_files(folder: Path, beginning: str) -> None:
    """Remove the files whose names begin so, without the companion."""
    for path in folder.glob(f"{beginning}*"):
        if path.is_dir() and not path.is_symlink():
            import shutil

            shutil.rmtree(path, ignore_errors=True)
        elif path.suffix != LOCK_SUFFIX:
            with suppress(OSError):
                path.unlink()


def _remove_lock(path: Path, handle: int) -> None:
    """Remove a companion and close it.

    It is removed while it is locked, so that no other program locks it in between. Windows cannot remove an open file,
    neither one that another program has open: there it is closed first.
    """
    if sys.platform == "win32":
        os.close(handle)
    with suppress(OSError):
        path.unlink()
    if sys.platform != "win32":
        os.close(handle)


def _create_lock(folder: Path) -> tuple[Path, int]:
    """Create a locked companion file and return its path and its open descriptor.

    Where the file system has no locks, the file is not locked: no program recognises as stale what is beside it.
    """
    while True:
        path = folder / f"{PREFIX}{os.urandom(6).hex()}{LOCK_SUFFIX}"
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
        is_locked = try_lock(handle)
        with suppress(OSError):
            if os.path.samestat(path.stat(), os.fstat(handle)) and (is_locked or not _has_locks(folder)):
                return path, handle
        os.close(handle)  # another program took it for stale before it was locked


def _has_locks(folder: Path) -> bool:
    """Return whether the file system of a folder has locks; a file that no other program looks for shows it."""
    path = folder / f".{os.urandom(6).hex()}"
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
    try:
        return try_lock(handle)
    finally:
        os.close(handle)
        with suppress(OSError):
            path.unlink()


def try_lock(handle: int) -> bool:
    """Lock an open file until it is closed; return whether no other descriptor has the lock."""
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(handle, LOCK_OFFSET, os.SEEK_SET)  # a locked byte cannot be read
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
            os.lseek(handle, 0, os.SEEK_SET)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def sync_to_disk(path: Path) -> None:
    """Flush a file, or the names in a folder, to the disk where the system supports it."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except OSError:
        return  # Windows cannot open a folder
    try:
        os.fsync(handle)
    except OSError:
        pass  # some network folders refuse it
    finally:
        os.close(handle)
