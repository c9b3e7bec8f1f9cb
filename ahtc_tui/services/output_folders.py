"""A folder of files written as one: every file in its place, or none of them, and the folder gone again.

Never decides what is in a file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from ahtc_tui.domain.errors import Refused, StoreError
from ahtc_tui.domain.i18n import _
from ahtc_tui.formats.files.atomic_write import refuse_existing, write_file_atomically

if TYPE_CHECKING:
    from ahtc_tui.services.workspace import Workspace

Writer = Callable[[Path], None]


@contextmanager
def remove_on_failure() -> Iterator[list[Path]]:
    """A list of new files and folders, in the order in which they are made, that go again if anything fails."""
    created: list[Path] = []
    try:
        yield created
    except BaseException:
        for path in reversed(created):
            with suppress(OSError):
                path.rmdir() if path.is_dir() else path.unlink()
        raise


def write_files(folder: Path, files: Mapping[Path, Writer], force: bool, created: list[Path]) -> None:
    """Write every file, or refuse before the first; what is new is noted in `made`."""
    for path in files:
        refuse_existing(path, force)
    make_folder(folder, created)
    for path, write in files.items():
        is_new = not path.exists()
        write_file_atomically(path, write, force)
        if is_new:
            created.append(path)


def make_bytes_writer(data: bytes) -> Writer:
    """What writes these bytes."""

    def write_bytes(path: Path) -> None:
        path.write_bytes(data)

    return write_bytes


def claim_free_name(folder: Path, stem: str, taken: set[str], fallback: str) -> str:
    """A name that every system takes and that is not `taken` yet, without its ending; never outside the folder."""
    from pathvalidate import sanitize_filename

    name = sanitize_filename(stem, replacement_text="-").strip(". ") or fallback
    while name.lower() in taken:
        name += "-2"
    taken.add(name.lower())
    if (folder / name).resolve().parent != folder.resolve():
        raise Refused(_('"{path}" would lie outside the folder.').format(path=folder / name))
    return name


def find_free_path(folder: Path, stem: str, ending: str = "", fallback: str = "export") -> Path:
    """A file or folder of this name, or with -2, -3 ... behind it where that is taken."""
    name = claim_free_name(folder, stem, set(), fallback)
    names = (name if number == 1 else f"{name}-{number}" for number in count(1))
    return next(path for candidate in names if not (path := folder / f"{candidate}{ending}").exists())


def find_dated_path(workspace: Workspace, stem: str, ending: str = "") -> Path:
    """A name of the day that is free among the exports: "returns-2014-01-28"."""
    return find_free_path(workspace.exports, f"{stem}-{workspace.today().isoformat()}", ending)


def make_folder(folder: Path, created: list[Path], *, empty: bool = False) -> None:
    """Make the folder, unless it is there, and note in `made` that it is new.

    Raises Refused for a file of that name, or for a folder that holds something where it must be `empty`, StoreError
    when the disk says no.
    """
    existed = folder.is_dir()
    try:
        if existed and empty and any(folder.iterdir()):
            raise Refused(_('"{path}" holds something already: choose another, or add --force.').format(path=folder))
        folder.mkdir(mode=0o700, exist_ok=True)
    except FileExistsError as error:
        raise Refused(_('"{path}" is a file: give a folder.').format(path=folder)) from error
    except OSError as error:
        raise StoreError(
            _('The folder "{path}" cannot be made: {reason}.').format(path=folder, reason=error.strerror)
        ) from error
    if not existed:
        created.append(folder)
