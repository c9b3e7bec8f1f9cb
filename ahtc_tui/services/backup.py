"""Backups: a whole copy, checked when it is made, under a dated name; made by itself before what is hard to take back.

What is automatic is thinned, what a person asked for is not. Never puts one in the place of the database.
"""

from __future__ import annotations

import os
import re
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import date, datetime
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from ahtc_tui.domain.backup import model as backups
from ahtc_tui.domain.backup.model import BackupMade, BackupRow, Content, Named, NotWhole, Why
from ahtc_tui.domain.dates.formatting import say_number
from ahtc_tui.domain.errors import AhtcError, StoreError
from ahtc_tui.domain.i18n import _
from ahtc_tui.formats.files.atomic_write import write_whole
from ahtc_tui.store.backup import snapshot as stored
from ahtc_tui.store.engine import integrity_check

if TYPE_CHECKING:
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.engine.database import Database

LEFT_OVER = 3600
"""Seconds after which a temporary file belongs to a program that was killed."""


def before(workspace: Workspace, what: str) -> Path:
    """A whole backup from before something that is hard to take back: "import", "merge". Call it outside a write.

    Where nothing was written since the newest one, that one serves. Raises StoreError: then do not go on.
    """
    newest = _newest(workspace)
    if newest and _same(workspace, newest.file):
        return newest.file
    slug = re.sub(r"[^a-z]+", "-", what.lower()).strip("-") or "work"
    return make_backup(workspace, what=f"before-{slug}").file


def daily(workspace: Workspace) -> Path | None:
    """The backup of the day; None where the day has one, nothing was written since the last, or none is wished."""
    newest = _newest(workspace)
    if not workspace.keep.daily or (newest and newest.made.date() == workspace.now().date()):
        return None
    with workspace.database.read() as cursor:
        number, _oldest = stored.unsaved(cursor, 0)
    if not number or (newest and _same(workspace, newest.file)):
        return None
    return make_backup(workspace, what=Why.DAILY).file


def after_erasure(workspace: Workspace) -> None:
    """One without the name, so that the older ones may go. An erasure that is done does not fail for want of it."""
    with suppress(StoreError):
        make_backup(workspace, what=Why.ERASURE)


def make_backup(
    workspace: Workspace, target: Path | None = None, *, what: str = Why.ASKED, force: bool = False
) -> BackupMade:
    """Write a whole copy to `target`, or under a dated name among the backups of the workspace, where it also thins.

    Raises NotWhole where the database has a fault, Refused where a file stands already, StoreError for the disk.
    """
    made = workspace.now()
    path = target or free_name(workspace.backups, backups.name_of(made, what))
    held: list[Content] = []
    try:
        write_whole(path, lambda part: held.append(_write(workspace, part, made, what)), force, leaves_office=False)
    except StoreError as error:
        said = re.sub(r"[^\s\"]*\.ahtc-[^\s\":]*", str(path).replace("\\", "\\\\"), str(error))
        raise type(error)(said) from error
    removed = () if target else tuple(_thin(workspace))
    return BackupMade(path, made, what, path.stat().st_size, held[0].records, held[0].steps, removed)


def _write(workspace: Workspace, part: Path, made: datetime, what: str) -> Content:
    """Copy, check and seal."""
    stored.copy_whole(workspace.database, part)
    try:
        with closing(workspace.database.other(part)) as copy:
            if found := integrity_check.faults(copy):
                raise not_whole(found)
            stored.seal(copy, made.isoformat(timespec="seconds"), what)
            with copy.read() as cursor:
                return stored.content(cursor)
    finally:
        stored.tidy_beside(part)


def not_whole(found: list[str]) -> NotWhole:
    """The sentence for a database of which no backup is made."""
    number = say_number(len(found), _("1 fault"), _("{n} faults"))
    sentence = _(
        "The database is not whole ({number}): no backup was made. `ahtc check` lists them; `ahtc doctor --repair`"
        " makes the search index anew, `ahtc restore` puts an older backup in its place."
    )
    return NotWhole(sentence.format(number=number))


def list_backups(workspace: Workspace) -> list[BackupRow]:
    """Every backup of the workspace, each opened and looked through, the newest first. Writes nothing."""
    with workspace.database.read() as cursor:
        erased = set(stored.erased(cursor))
    found = sorted(_files(workspace), key=lambda path: path.stat().st_mtime_ns)
    return sorted((_look(workspace, path, erased) for path in reversed(found)), key=lambda row: row.made, reverse=True)


def unsaved(workspace: Workspace) -> tuple[Named | None, int, int]:
    """The newest backup, how many steps no backup has, and how many days the oldest of them is old."""
    newest, since = _newest(workspace), 0
    with suppress(AhtcError):
        if newest:
            with closing(workspace.database.other(newest.file, sealed=True)) as copy, copy.read() as cursor:
                since = stored.last_written(cursor)
    with workspace.database.read() as cursor:
        number, oldest = stored.unsaved(cursor, since)
    now = int(workspace.now().timestamp() * 1000)
    return newest, number, (now - oldest) // 86_400_000 if oldest else 0


def _look(workspace: Workspace, path: Path, erased: set[bytes]) -> BackupRow:
    about = path.stat()
    said = backups.named(path)
    made = said.made if said else datetime.fromtimestamp(about.st_mtime).astimezone()
    what = said.what if said else path.stem.removeprefix("ahtc-")
    faults, holds, here = [], Content(0, 0, 0), erased
    try:
        with closing(workspace.database.other(path, sealed=True)) as copy:
            faults = stored.faults(copy, quick=True)
            with copy.read() as cursor:
                holds, here = stored.content(cursor), set(stored.erased(cursor))
    except AhtcError as error:
        faults = faults or [str(error)]
    gone = bool(erased - here)
    return BackupRow(
        path, made, what, about.st_size, not faults, tuple(faults), holds.records, holds.steps, before_erasure=gone
    )


def _same(workspace: Workspace, path: Path) -> bool:
    """Whether nothing was written since a backup was made. Of one that cannot be read nothing is known."""
    try:
        with closing(workspace.database.other(path, sealed=True)) as copy, copy.read() as cursor:
            then = stored.state(cursor)
    except AhtcError:
        return False
    with workspace.database.read() as cursor:
        return stored.state(cursor) == then


def _files(workspace: Workspace) -> list[Path]:
    folder = workspace.backups
    return sorted(path for path in folder.glob("*.db") if path.is_file() and not path.name.startswith("."))


def _named(workspace: Workspace) -> list[Named]:
    """Those with a name of ours, the oldest first; the clock of the disk decides within one second."""
    found = [said for path in _files(workspace) if (said := backups.named(path))]
    return sorted(found, key=lambda one: (one.made, one.file.stat().st_mtime_ns))


def _newest(workspace: Workspace) -> Named | None:
    """The newest backup that was whole when it was made."""
    whole = [one for one in _named(workspace) if one.what != Why.DAMAGED]
    return whole[-1] if whole else None


def free_name(folder: Path, name: str) -> Path:
    """A name that no backup has: a second one in the same second gets a number."""
    names = (name if number == 1 else f"{name}-{number}" for number in count(1))
    return next(path for each in names if not (path := folder / f"{each}.db").exists())


def _thin(workspace: Workspace) -> list[Path]:
    """Let go what is too much, and what a killed program left behind. What cannot be removed stays."""
    with workspace.database.read() as cursor:
        days = [date.fromisoformat(day) for day in stored.erased(cursor).values()]
    gone = []
    for one in backups.surplus(_named(workspace), workspace.keep, workspace.now().date(), days):
        with suppress(OSError):
            one.file.unlink()
            gone.append(one.file)
    sweep(workspace.backups)
    sweep(workspace.backups.parent)
    return gone


@contextmanager
def of_this_moment(workspace: Workspace) -> Iterator[Database]:
    """A copy to read from at leisure while others write, gone again at the end. Raises StoreError."""
    folder = workspace.database.path.parent
    sweep(folder)
    part = None
    try:
        handle, name = tempfile.mkstemp(prefix=".ahtc-", suffix=".db", dir=folder)
        os.close(handle)
        part = Path(name)
        stored.copy_whole(workspace.database, part)
        with closing(workspace.database.other(part, sealed=True)) as copy:
            yield copy
    except OSError as error:
        sentence = _("{folder} cannot be written: {reason}.")
        raise StoreError(sentence.format(folder=folder, reason=error.strerror or error)) from error
    finally:
        if part:
            part.unlink(missing_ok=True)


def sweep(folder: Path) -> None:
    """Remove temporary files of ours that a killed program left: they hold the whole office."""
    for path in folder.glob(".ahtc-*"):
        with suppress(OSError):
            if time.time() - path.stat().st_mtime > LEFT_OVER:
                path.unlink()
