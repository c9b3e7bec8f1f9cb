"""Writes folders of files atomically, all files or none, and finds free names. The content is up to the caller."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import TypeVar

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.errors import Refused, StoreError
from ahtc_tui.domain.export_kinds import EXPORT_KINDS
from ahtc_tui.domain.i18n import _, get_current_language, use_language
from ahtc_tui.domain.running_job import expect_parts
from ahtc_tui.domain.text.cleaning import clean_line
from ahtc_tui.formats.files.atomic_write import LONGEST_PATH, check_target, write_file_atomically
from ahtc_tui.services.workspace import Workspace

LEAST_STEM, LONGEST_STEM = 40, 160
"""Bytes of the name of a file without its ending, in a folder with a long path and in any other."""
ROOM_FOR_ENDING = 16
Writer = Callable[[Path], None]
Result = TypeVar("Result")


@contextmanager
def remove_on_failure() -> Iterator[list[Path]]:
    """Yield a list for new files and folders; those in it are removed again, last first, where an error is raised."""
    created: list[Path] = []
    try:
        yield created
    except BaseException:
        for path in reversed(created):
            with suppress(OSError):
                if path.is_dir():
                    path.rmdir()
                else:
                    path.unlink()
        raise


def write_files(folder: Path, files: Mapping[Path, Writer], force: bool, created: list[Path]) -> None:
    """Write every file, or refuse before the first; new paths are appended to `created`."""
    for path in files:
        check_target(path, force)
    make_folder(folder, created)
    expect_parts(len(files))
    for path, write in files.items():
        is_new = not path.exists()
        write_file_atomically(path, write, force)
        if is_new:
            created.append(path)


def require_marked_name(target: Path, marking: Marking) -> None:
    """Raise Refused for a CSV file above OFFICIAL whose name does not say so."""
    mark = marking.value
    if target.suffix.lower() != ".csv" or marking is Marking.OFFICIAL:
        return
    if mark not in "-".join(re.split(r"[\W_]+", target.stem.lower())):
        sentence = _(
            'The name of a CSV file must show the marking, {marking}. Name it "{name}", or leave out what is marked '
            "higher, with --up-to official."
        )
        raise Refused(sentence.format(marking=marking.label, name=f"{target.stem}-{mark}{target.suffix}"))


def claim_free_name(folder: Path, stem: str, taken: set[str], fallback: str) -> str:
    """Return a portable name without its suffix and add it to `taken`. Raises Refused where it leaves the folder."""
    from pathvalidate import sanitize_filename

    name = sanitize_filename(_shorten_stem(folder, clean_line(stem)), replacement_text="-").strip(". ") or fallback
    while name.lower() in taken:
        name += "-2"
    taken.add(name.lower())
    if (folder / name).resolve().parent != folder.resolve():
        raise Refused(_('"{path}" would be outside the folder.').format(path=folder / name))
    return name


def _shorten_stem(folder: Path, stem: str) -> str:
    """Return a stem with room for a number and an ending, also within the limit of Windows in a deep folder."""
    room = LONGEST_PATH - ROOM_FOR_ENDING - len(str(folder.absolute()))
    return stem.encode()[: max(LEAST_STEM, min(LONGEST_STEM, room))].decode(errors="ignore").rstrip()


def format_file_name(build: Callable[[], str]) -> str:
    """Return a name that `build` gives in the language of files, in the first of two."""
    with use_language(get_current_language().languages[0]):
        return build()


def find_free_path(folder: Path, stem: str, ending: str = "", fallback: str = "export") -> Path:
    """Return a path that does not exist; "-2", "-3" ... is appended to a taken name."""
    name = claim_free_name(folder, stem, set(), fallback)
    names = (name if number == 1 else f"{name}-{number}" for number in count(1))
    return next(path for candidate in names if not (path := folder / f"{candidate}{ending}").exists())


def find_dated_path(workspace: Workspace, describe_file: Callable[[], str], ending: str = "") -> Path:
    """Return a free path in the exports folder, such as "2014-01-28 Action log.xlsx", for a file that people open.

    `describe_file` returns what the file is, in the current language.
    """
    name = format_file_name(lambda: f"{workspace.today().isoformat()} {describe_file()}")
    return find_free_path(workspace.exports, name, ending)


def find_data_path(workspace: Workspace, stem: str, ending: str) -> Path:
    """Return a free path in the exports folder, such as "meetings-2014-01-28.ics", for a file that programs read.

    Its name is the same in every language.
    """
    return find_free_path(workspace.exports, f"{stem}-{workspace.today().isoformat()}", ending)


def find_export_path(workspace: Workspace, kind: str) -> Path:
    """Return a free path in the exports folder for a kind of export, in the format of Reports."""
    export = EXPORT_KINDS[kind]
    ending = export.menu_ending
    if export.data_name:
        return find_data_path(workspace, export.data_name, ending)
    return find_dated_path(workspace, lambda: export.file_name, ending)


def export_to_folder(
    workspace: Workspace, kind: str, export: Callable[[Workspace, Path], Result]
) -> tuple[Path, Result]:
    """Write a kind of export to a free path in the exports folder; return the path and what `export` returns."""
    path = find_export_path(workspace, kind)
    return path, export(workspace, path)


def make_folder(folder: Path, created: list[Path], *, empty: bool = False) -> None:
    """Create a folder unless it exists, and append it to `created`.

    Raises Refused for a file of that name, or for a folder with content where `empty` is required; StoreError where the
    disk fails.
    """
    existed = folder.is_dir()
    try:
        if existed and empty and any(folder.iterdir()):
            raise Refused(_('"{path}" is not empty. Choose another folder, or add --force.').format(path=folder))
        folder.mkdir(mode=0o700, exist_ok=True)
    except FileExistsError as error:
        raise Refused(_('"{path}" is a file, not a folder.').format(path=folder)) from error
    except OSError as error:
        sentence = _('The folder "{path}" cannot be created: {reason}.')
        raise StoreError(sentence.format(path=folder, reason=error.strerror)) from error
    if not existed:
        created.append(folder)
