"""Working away from the office: a pack to take along, and a workspace made of one on another laptop.

A pack is the whole workspace in one encrypted file: the database with its journal, `ahtc.toml` and the templates.
What was exported, backups and logs stay here. How it comes back is not decided here.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from ahtc_tui.domain.errors import BadFile, BadInput, Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.privacy.passphrases import fit
from ahtc_tui.domain.text.terminal import safe
from ahtc_tui.formats.files.atomic_write import refuse_existing, write_whole
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.output_folders import free_today, gone_on_failure, put_in_place, writer
from ahtc_tui.services.privacy.erasure_files import PACK
from ahtc_tui.services.workspace import DATABASE, SETTINGS
from ahtc_tui.store.engine.encryption import is_encrypted
from ahtc_tui.store.replication import office_pack as stored

if TYPE_CHECKING:
    from ahtc_tui.services.workspace import Workspace

TEMPLATES = "templates"
LARGEST = 20_000_000
"""Bytes of a template that goes along."""
LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class PackMade:
    """A pack that was made and read through."""

    file: Path
    letters: str
    """What the references minted from it begin their letters with."""
    bytes: int
    files: tuple[str, ...]
    """Small files of the workspace in it."""
    left_out: tuple[str, ...] = ()
    """Those that are too large, or cannot be read."""


@dataclass(frozen=True, slots=True)
class PackOpened:
    """A workspace that was made of a pack."""

    workspace: Path
    device: str
    letters: str
    files: tuple[str, ...]
    kept: tuple[str, ...]
    """Small files that stood in the folder already and stayed as they were."""
    marked: bool
    """Whether the pack knows that it was opened: it was not on a disk that can only be read."""


@dataclass(slots=True)
class _Files:
    """Small files on their way into a pack."""

    taken: dict[str, bytes] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)


def pack(workspace: Workspace, target: Path, passphrase: str, *, force: bool = False) -> PackMade:
    """Write everything that the workspace holds into one file that only the passphrase opens, whole or not at all.

    Raises BadInput for another ending or a passphrase that protects nothing, Refused where a file stands already.
    """
    refuse_target(target, force)
    fit(passphrase)
    letters = stored.next_letters(workspace.database)
    small = _small_files(workspace.root)

    def write(path: Path) -> None:
        stored.write_pack(workspace.database, path, passphrase, letters, small.taken)

    write_whole(target, write, force)
    return PackMade(target, letters, target.stat().st_size, tuple(small.taken), tuple(small.left_out))


def refuse_target(target: Path, force: bool) -> None:
    """Raise BadInput or Refused where no pack can be written, before anybody types a passphrase."""
    if target.suffix.lower() != PACK:
        raise BadInput(_('A pack is written as {ending}, not "{name}".').format(ending=PACK, name=target.name))
    refuse_existing(target, force)


def pack_to_exports(workspace: Workspace, passphrase: str) -> PackMade:
    """A pack of the day among the exports, under a name that is free."""
    return pack(workspace, free_today(workspace, "pack", PACK), passphrase)


def open_pack(file: Path, folder: Path, passphrase: str, device: str = "") -> PackOpened:
    """Make a workspace of a pack in a folder, under the same passphrase, a device id and letters of its own.

    Raises BadFile for what is no pack or another passphrase, Refused where a workspace is there already.
    """
    refuse_opening(file, folder)
    name = " ".join(safe(device).split())[:LONGEST_NAME]
    kept: list[str] = []
    with gone_on_failure() as made:

        def small_files(opened: stored.Opened) -> None:
            kept.extend(_put(folder, opened.files, made))

        opened = stored.make_of_pack(file, passphrase, folder / DATABASE, name, small_files)
    with closing(open_workspace(folder, key=passphrase)):
        pass  # who was erased is listed beside the database from the first moment on
    files = tuple(one for one in opened.files if one not in kept)
    return PackOpened(folder, opened.device, opened.letters, files, tuple(kept), opened.marked)


def _small_files(root: Path) -> _Files:
    """`ahtc.toml` and the templates, by their names from the workspace on."""
    found = _Files()
    for path in _candidates(root):
        name = path.relative_to(root).as_posix()
        try:
            if path.stat().st_size > LARGEST:
                found.left_out.append(name)
            else:
                found.taken[name] = path.read_bytes()
        except OSError:
            found.left_out.append(name)
    return found


def _candidates(root: Path) -> Iterator[Path]:
    for path in (root / SETTINGS, *sorted((root / TEMPLATES).rglob("*"))):
        if path.is_file() and not path.is_symlink():
            yield path


def _put(folder: Path, files: dict[str, bytes], made: list[Path]) -> list[str]:
    """Put the small files into the new workspace; returns those that stood there already. Raises BadFile."""
    kept: list[str] = []
    for name, data in files.items():
        path = folder / name
        if name != str(SETTINGS) and (folder / TEMPLATES).resolve() not in path.resolve().parents:
            raise BadFile(_('The pack holds a file "{name}" that no workspace has.').format(name=name))
        if path.exists():
            kept.append(name)
            continue
        for parent in reversed([one for one in path.parents if one.is_relative_to(folder) and not one.exists()]):
            parent.mkdir(mode=0o700)
            made.append(parent)
        put_in_place(path.parent, {path: writer(data)}, force=False, made=made)
    return kept


def refuse_opening(file: Path, folder: Path) -> None:
    """Raise BadFile where there is no pack, Refused where a workspace is, before anybody types a passphrase."""
    if not file.is_file():
        raise BadFile(_('There is no pack at "{path}".').format(path=file))
    if not is_encrypted(file):
        raise BadFile(_("{path} is no pack, or not all of one: `ahtc pack` makes one.").format(path=file))
    if (folder / DATABASE).exists():
        raise Refused(_("{path} exists already: nothing was changed.").format(path=folder / DATABASE))
