"""Office packs: a workspace in one encrypted file, and a workspace created from it on another laptop.

A pack holds the database and the templates; no settings, exports, backups or logs.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from ahtc_tui.domain.errors import BadFile, BadInput, Refused
from ahtc_tui.domain.files.temporary_files import list_missing_folders
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.privacy.passphrases import check_passphrase
from ahtc_tui.domain.text.cleaning import escape_controls
from ahtc_tui.formats.files.atomic_write import check_target, make_bytes_writer, write_file_atomically
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.output_folders import find_data_path, make_folder, remove_on_failure, write_files
from ahtc_tui.services.privacy.erasure_files import PACK
from ahtc_tui.services.workspace import DATABASE, SETTINGS, Workspace
from ahtc_tui.store.engine.encryption import is_encrypted
from ahtc_tui.store.replication import office_pack as stored

TEMPLATES = "templates"
LARGEST_FILE = 20_000_000
"""Bytes of the largest file in a pack."""
LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class CreatedPack:
    """The pack that was written, with the small files of the workspace that it holds or leaves out."""

    file: Path
    letters: str
    """The first letters of the suffix of references issued from it."""
    bytes: int
    files: tuple[str, ...]
    """Small files of the workspace in it."""
    left_out: tuple[str, ...] = ()
    """Files that are too large or cannot be read."""


@dataclass(frozen=True, slots=True)
class OpenedWorkspace:
    """A workspace created from a pack."""

    workspace: Path
    device: str
    letters: str
    files: tuple[str, ...]
    kept: tuple[str, ...]
    """Small files that already existed and were kept."""
    left_out: tuple[str, ...]
    """Settings in the pack of an earlier version: they do not travel."""
    marked: bool
    """Whether the pack recorded that it was opened."""


@dataclass(slots=True)
class _Files:
    """Small files of a workspace."""

    taken: dict[str, bytes] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)


def create_pack(workspace: Workspace, target: Path, passphrase: str, *, force: bool = False) -> CreatedPack:
    """Write a workspace into one encrypted file, atomically.

    Raises BadInput for another suffix or a weak passphrase, Refused where a file exists.
    """
    refuse_target(target, force)
    check_passphrase(passphrase)
    return _write_pack(workspace, target, passphrase, stored.draw_pack_suffix(workspace.database), force=force)


def _write_pack(workspace: Workspace, target: Path, passphrase: str, letters: str, *, force: bool) -> CreatedPack:
    small_files = _collect_files(workspace.root)

    def write_file(path: Path) -> None:
        stored.write_pack(workspace.database, path, passphrase, letters, small_files.taken)

    write_file_atomically(target, write_file, force)
    return CreatedPack(target, letters, target.stat().st_size, tuple(small_files.taken), tuple(small_files.left_out))


def refuse_target(target: Path, force: bool) -> None:
    """Raise BadInput or Refused where no pack can be written, before a passphrase is typed."""
    if target.suffix.lower() != PACK:
        raise BadInput(
            _('A pack is a {ending} file, so it cannot be saved as "{name}".').format(ending=PACK, name=target.name)
        )
    check_target(target, force)


def create_pack_in_exports(workspace: Workspace, passphrase: str) -> CreatedPack:
    """Write a pack into the exports; its name has its letters, which no pack of another laptop has, and the date."""
    check_passphrase(passphrase)
    letters = stored.draw_pack_suffix(workspace.database)
    target = find_data_path(workspace, f"pack-{letters.lower()}", PACK)
    return _write_pack(workspace, target, passphrase, letters, force=False)


def open_pack(file: Path, folder: Path, passphrase: str, device: str = "") -> OpenedWorkspace:
    """Create a workspace from a pack in a folder, under the same passphrase.

    Raises BadFile for another file or passphrase, Refused where a workspace exists.
    """
    refuse_opening(file, folder)
    name = " ".join(escape_controls(device).split())[:LONGEST_NAME]
    kept: list[str] = []
    left_out: list[str] = []
    with remove_on_failure() as created:
        created += list_missing_folders((folder / DATABASE).parent)

        def place_small_files(opened: stored.OpenedPack) -> None:
            if opened.files.pop(str(SETTINGS), None) is not None:
                left_out.append(str(SETTINGS))
            kept.extend(_place_files(folder, opened.files, created))

        opened = stored.create_from_pack(file, passphrase, folder / DATABASE, name, place_small_files)
        created.append(folder / DATABASE)
        with closing(open_workspace(folder, key=passphrase)):
            pass  # opening writes the erasure register
    files = tuple(name_in_pack for name_in_pack in opened.files if name_in_pack not in kept)
    return OpenedWorkspace(folder, opened.device, opened.letters, files, tuple(kept), tuple(left_out), opened.marked)


def _collect_files(root: Path) -> _Files:
    """Read the templates."""
    files = _Files()
    for path in _list_candidates(root):
        name = path.relative_to(root).as_posix()
        try:
            if path.stat().st_size > LARGEST_FILE:
                files.left_out.append(name)
            else:
                files.taken[name] = path.read_bytes()
        except OSError:
            files.left_out.append(name)
    return files


def _list_candidates(root: Path) -> Iterator[Path]:
    for path in sorted((root / TEMPLATES).rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield path


def _place_files(folder: Path, files: dict[str, bytes], created: list[Path]) -> list[str]:
    """Write the small files; return the names of those that existed. Raises BadFile."""
    kept: list[str] = []
    for name, data in files.items():
        if not isinstance(name, str) or "\0" in name:
            raise BadFile(_('The pack contains "{name}". This file does not belong in a workspace.').format(name=name))
        path = folder / name
        if (folder / TEMPLATES).resolve() not in path.resolve().parents:
            raise BadFile(_('The pack contains "{name}". This file does not belong in a workspace.').format(name=name))
        if path.exists():
            kept.append(name)
            continue
        for parent in list_missing_folders(path.parent):
            make_folder(parent, created)
        write_files(path.parent, {path: make_bytes_writer(data)}, force=False, created=created)
    return kept


def refuse_opening(file: Path, folder: Path) -> None:
    """Raise BadFile where there is no pack, Refused where a workspace exists, before a passphrase is typed."""
    if not file.is_file():
        raise BadFile(_('There is no pack at "{path}".').format(path=file))
    if not is_encrypted(file):
        raise BadFile(_("{path} is not a pack, or incomplete. To create one, run `ahtc pack`.").format(path=file))
    if (folder / DATABASE).exists():
        raise Refused(_("{path} exists already. Nothing was changed.").format(path=folder / DATABASE))
