"""Restoring: a file is looked through first, what stands there is kept, and only then does the one take its place.

The restored copy is a device of its own, gives no number again, and erases again whoever was erased since.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from ahtc_tui.domain.backup import model as backups
from ahtc_tui.domain.backup.model import Restored, Why
from ahtc_tui.domain.dates.formatting import say_number
from ahtc_tui.domain.errors import BadFile, NotFound, Refused, StoreError
from ahtc_tui.domain.i18n import _
from ahtc_tui.services.backup import free_name, make_backup, sweep
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.privacy.erasure import settle
from ahtc_tui.services.workspace import BACKUPS, DATABASE, Workspace, is_locked, system_now
from ahtc_tui.store.backup import snapshot as stored
from ahtc_tui.store.engine import driver, integrity_check
from ahtc_tui.store.engine.atomic_replace import put_in_place
from ahtc_tui.store.engine.copies import put_older_in_place
from ahtc_tui.store.engine.database import Database
from ahtc_tui.store.engine.encryption import is_encrypted, new_key
from ahtc_tui.store.engine.migrate import remove, upgrade

WAL = b"\x02\x02"
"""Bytes 18 and 19 of a database that keeps what was written last in a file beside it."""


def restore(
    root: Path, file: Path, today: date | None = None, *, dry_run: bool = False, key: str | None = None
) -> Restored:
    """Put a backup in the place of the database of a folder, or say what that would do.

    `key` is the passphrase of the backup and of the database, where they have one: a plain backup gets it as well.
    Raises BadFile for a file that is not a whole database of ours, Refused, StoreError; then nothing is changed.
    """
    target = root / DATABASE
    _refuse_unusable(file, target)
    of_file = key if is_encrypted(file) else None
    if dry_run:
        return _verified(file, file, target, of_file, bring_up=False)
    os.umask(0o077)
    with _copied(file, target.parent) as part:
        told = _verified(part, file, target, of_file)
        if key and not of_file and is_encrypted(target):
            of_file = new_key(key)
            put_older_in_place(part, None, of_file)
        return _take_place(root, today, part, of_file, told, key)


def _refuse_unusable(file: Path, target: Path) -> None:
    try:
        with file.open("rb") as opened:
            head = opened.read(100)
    except OSError as error:
        raise BadFile(_('"{path}" cannot be read: {reason}.').format(path=file, reason=error.strerror)) from error
    if not head:
        raise BadFile(_('"{path}" is empty: it is no backup.').format(path=file))
    if target.exists() and file.samefile(target):
        raise Refused(_('"{path}" is the database itself: name a backup of it.').format(path=file))
    beside = file.with_name(file.name + "-wal")
    if head[18:20] == WAL and beside.exists() and beside.stat().st_size:
        sentence = _('"{path}" is open in another program, or was not closed: what was written last is in "{beside}".')
        raise BadFile(sentence.format(path=file, beside=beside.name))


@contextmanager
def _copied(file: Path, folder: Path) -> Iterator[Path]:
    """The bytes of the file alone under a name of our own, gone again at the end unless it was given another."""
    part = None
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        sweep(folder)
        handle, name = tempfile.mkstemp(prefix=".ahtc-", suffix=".db", dir=folder)
        os.close(handle)
        part = Path(name)
        shutil.copyfile(file, part)
        yield part
    except OSError as error:
        sentence = _('"{path}" cannot be restored: {reason}. Nothing was changed.')
        raise StoreError(sentence.format(path=file, reason=error.strerror or error)) from error
    finally:
        with suppress(OSError):
            if part:
                remove(part)


def _verified(part: Path, file: Path, target: Path, key: str | None, *, bring_up: bool = True) -> Restored:
    """Look the copy through, and bring it to the present schema. Raises BadFile."""
    try:
        with stored.looked_at(part, key) as looked:
            older = driver.schema_of(looked.connection) < driver.SCHEMA
            found = stored.faults(looked, quick=older)
            with looked.read() as cursor:
                said = stored.sealed_as(cursor)
        if older and bring_up and not found:
            upgrade(part, key, lambda _connection: None)
            with stored.looked_at(part, key) as looked:
                found = integrity_check.faults(looked)
        if found:
            number = say_number(len(found), _("1 fault"), _("{n} faults"))
            sentence = _('"{path}" is not whole ({number}) and was not restored: {first}')
            raise BadFile(sentence.format(path=file, number=number, first=found[0]))
        with stored.looked_at(part, key) as looked, looked.read() as cursor:
            holds = stored.content(cursor)
    except StoreError as error:
        raise BadFile(str(error).replace(str(part), str(file))) from error
    made, what = _when(said, file)
    return Restored(file, target, False, made, what, holds.records, holds.steps, None, True, 0)


def _when(said: dict[str, str], file: Path) -> tuple[datetime | None, str]:
    """When and why a backup was made: as its seal says, else its name."""
    with suppress(ValueError, KeyError):
        return datetime.fromisoformat(said["made"]), said.get("what", "")
    of_name = backups.named(file)
    return (of_name.made, of_name.what) if of_name else (None, "")


def _take_place(
    root: Path, today: date | None, part: Path, key: str | None, told: Restored, standing_key: str | None
) -> Restored:
    as_it_was = _kept_as_it_was(told.database) if _has_sides(told.database) else None
    try:
        standing = open_workspace(root, today, standing_key if is_locked(root) else None)
    except NotFound:
        return _put(part, key, told, None, today)
    except StoreError:
        kept = as_it_was or _kept_as_it_was(told.database)
        return replace(_put(part, key, told, None, today), replaced=kept, replaced_whole=False)
    with closing(standing), standing.database.held():
        whole = True
        try:
            with closing(standing.reader()) as beside:
                kept = make_backup(beside, what=Why.RESTORE).file
        except StoreError:
            kept, whole = as_it_was or _kept_as_it_was(told.database), False
        if whole and as_it_was:
            remove(as_it_was)
        return replace(_put(part, key, told, standing, today), replaced=kept, replaced_whole=whole)


def _put(part: Path, key: str | None, told: Restored, standing: Workspace | None, today: date | None) -> Restored:
    """Make the copy a database of its own, erase again whoever was erased since, and give it its name."""
    with closing(Database(part, key)) as copy:
        stored.settle_in(copy)
        if standing:
            with suppress(StoreError), standing.database.read() as cursor:
                stored.raise_counters(copy, stored.counters(cursor))
        again = _erased_again(copy, told.database.parent.parent, today)
    put_in_place(part, told.database, standing.database if standing else None)
    return replace(told, done=True, erased_again=again)


def _erased_again(copy: Database, root: Path, today: date | None) -> int:
    """Erase whoever was erased since the backup was made; returns how many it still had. Raises StoreError."""
    with copy.read() as cursor:
        before = stored.content(cursor).steps
    settle(Workspace(root, copy, (lambda: today) if today else lambda: system_now().date()))
    with copy.read() as cursor:
        number = stored.content(cursor).steps - before
    if number and (found := integrity_check.faults(copy)):
        raise StoreError(
            _("The erased cannot be erased again, and nothing was changed: {first}").format(first=found[0])
        )
    return number


def _has_sides(database: Path) -> bool:
    """Whether a journal lies beside a database: opening it uses the journal up, or throws it away."""
    sides = (database.with_name(database.name + tail) for tail in ("-journal", "-wal"))
    return database.exists() and any(side.exists() for side in sides)


def _kept_as_it_was(database: Path) -> Path:
    """Copy a database that cannot be read among the backups, with what lies beside it. Raises StoreError."""
    folder = database.parent.parent / BACKUPS
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        kept = free_name(folder, backups.name_of(system_now(), Why.DAMAGED))
        for tail in ("", "-journal", "-wal"):
            with suppress(FileNotFoundError):
                shutil.copyfile(database.with_name(database.name + tail), kept.with_name(kept.name + tail))
    except OSError as error:
        sentence = _("{path} cannot be kept: {reason}. Nothing was changed.")
        raise StoreError(sentence.format(path=database, reason=error.strerror or error)) from error
    return kept
