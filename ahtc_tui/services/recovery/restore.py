"""Restore of a backup: it is checked, the present database is kept, and then replaced.

The restored copy gets a new device id, issues no number again, and erases persons who were erased since.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from ahtc_tui.domain.backup import model as backups
from ahtc_tui.domain.backup.model import BackupReason, RestoreReport
from ahtc_tui.domain.errors import BadFile, NotFound, Refused, StoreError
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.saved_work import record_saved_work
from ahtc_tui.services.backup import find_free_path, make_backup
from ahtc_tui.services.opening import build_workspace, open_workspace
from ahtc_tui.services.privacy.erasure import settle_erasures
from ahtc_tui.services.workspace import BACKUPS, DATABASE, Workspace, is_locked, read_system_time
from ahtc_tui.store.backup import snapshot as stored
from ahtc_tui.store.engine import driver, integrity_check
from ahtc_tui.store.engine.copies import rekey_copy
from ahtc_tui.store.engine.creation import create_temporary_file, replace_file
from ahtc_tui.store.engine.database import Database
from ahtc_tui.store.engine.driver import follow_link
from ahtc_tui.store.engine.encryption import derive_key, is_encrypted
from ahtc_tui.store.engine.foreign_file import refuse_foreign_tables
from ahtc_tui.store.engine.migrate import remove_database_file, run_migrations

WAL_VERSIONS = b"\x02\x02"
"""Bytes 18 and 19 of a database in write-ahead-log mode."""


def restore_backup(
    root: Path, file: Path, today: date | None = None, *, dry_run: bool = False, key: str | None = None
) -> RestoreReport:
    """Replace the database of a folder by a backup; with `dry_run`, check only.

    `key` is the passphrase of both; an unencrypted backup is encrypted with it. Raises BadFile for an unsound file,
    Refused, StoreError; then nothing is changed.
    """
    target = follow_link(root / DATABASE)
    _refuse_unusable(file, target)
    file_key = key if is_encrypted(file) else None
    if dry_run:
        return _verify_copy(file, file, target, file_key, migrate=False)
    os.umask(0o077)
    with _copy_file(file, target) as part:
        result = _verify_copy(part, file, target, file_key)
        if is_encrypted(target):
            database_key = derive_key(target, key)  # that of all backups
            if database_key != derive_key(part, file_key):
                rekey_copy(part, file_key, database_key)
                file_key = database_key
        return _replace_database(root, today, part, file_key, result, key)


def _refuse_unusable(file: Path, target: Path) -> None:
    try:
        with file.open("rb") as opened:
            head = opened.read(100)
    except FileNotFoundError as error:
        raise BadFile(_('There is no file "{path}".').format(path=file)) from error
    except OSError as error:
        raise BadFile(_('"{path}" cannot be read: {reason}.').format(path=file, reason=error.strerror)) from error
    if not head:
        raise BadFile(_('"{path}" is empty. It is not a backup.').format(path=file))
    if target.exists() and file.samefile(target):
        raise Refused(_('"{path}" is the database itself. Name a backup of it.').format(path=file))
    wal_file = file.with_name(file.name + "-wal")
    if head[18:20] == WAL_VERSIONS and wal_file.exists() and wal_file.stat().st_size:
        sentence = _('"{path}" is open in another program, or was not closed. The last changes are in "{beside}".')
        raise BadFile(sentence.format(path=file, beside=wal_file.name))


@contextmanager
def _copy_file(file: Path, target: Path) -> Iterator[Path]:
    """Copy a file without its sidecars into a temporary file."""
    message = _('"{file}" cannot be restored: {reason}. Nothing was changed.')
    with create_temporary_file(target, message, file=file) as part:
        shutil.copyfile(file, part)
        yield part


def _verify_copy(part: Path, file: Path, target: Path, key: str | None, *, migrate: bool = True) -> RestoreReport:
    """Check the copy and migrate it. Raises BadFile."""
    refuse_foreign_tables(part, key, file)
    try:
        with stored.open_snapshot(part, key) as copy:
            older = driver.read_schema_version(copy.connection) < driver.SCHEMA_VERSION
            faults = stored.find_faults(copy, quick=older)
            with copy.read() as cursor:
                seal = stored.read_seal(cursor)
        if older and migrate and not faults:
            run_migrations(part, key, lambda _connection: None)
            with stored.open_snapshot(part, key) as copy:
                faults = integrity_check.find_faults(copy)
        if faults:
            number = ngettext("1 fault", "{n} faults", len(faults))
            sentence = _('"{path}" is damaged ({number}) and was not restored: {first}')
            raise BadFile(sentence.format(path=file, number=number, first=faults[0]))
        with stored.open_snapshot(part, key) as copy, copy.read() as cursor:
            counts = stored.count_content(cursor)
    except StoreError as error:
        raise BadFile(str(error).replace(str(part), str(file))) from error
    created_at, reason = _find_creation(seal, file)
    return RestoreReport(file, target, False, created_at, reason, counts.records, counts.steps, None, True, 0)


def _find_creation(seal: dict[str, str], file: Path) -> tuple[datetime | None, str]:
    """Return when and why a backup was made, by its seal or else its name."""
    with suppress(ValueError, KeyError):
        return datetime.fromisoformat(seal["made"]), seal.get("what", "")
    name_parts = backups.read_backup_name(file)
    return (name_parts.created, name_parts.reason) if name_parts else (None, "")


def _replace_database(
    root: Path, today: date | None, part: Path, key: str | None, result: RestoreReport, standing_key: str | None
) -> RestoreReport:
    preserved = _preserve_database(root, result.database) if _has_sidecars(result.database) else None
    try:
        existing = open_workspace(root, today, standing_key if is_locked(root) else None)
    except NotFound:
        return _put_in_place(root, part, key, result, None, today)
    except StoreError:
        kept = preserved or _preserve_database(root, result.database)
        return replace(_put_in_place(root, part, key, result, None, today), replaced=kept, replaced_whole=False)
    with closing(existing), existing.database.block_writers():
        is_whole = True
        try:
            with closing(existing.open_reader()) as reader:
                kept = make_backup(reader, reason=BackupReason.RESTORE).file
        except StoreError:
            kept, is_whole = preserved or _preserve_database(root, result.database), False
        if is_whole and preserved:
            remove_database_file(preserved)
        return replace(_put_in_place(root, part, key, result, existing, today), replaced=kept, replaced_whole=is_whole)


def _put_in_place(
    root: Path, part: Path, key: str | None, result: RestoreReport, existing: Workspace | None, today: date | None
) -> RestoreReport:
    """Initialize the copy, repeat erasures, and rename it."""
    with closing(Database(part, key)) as copy, record_saved_work():  # not in place yet
        stored.initialize_restored(copy)
        if existing:
            with suppress(StoreError), existing.database.read() as cursor:
                stored.raise_counters(copy, stored.read_counters(cursor))
        erased_again = _erase_again(copy, root, today)
    replace_file(part, result.database, existing.database if existing else None)
    return replace(result, done=True, erased_again=erased_again)


def _erase_again(copy: Database, root: Path, today: date | None) -> int:
    """Erase persons who were erased after the backup, and return their number. Raises StoreError."""
    with copy.read() as cursor:
        before = stored.count_content(cursor).steps
    settle_erasures(build_workspace(root, copy, today))
    with copy.read() as cursor:
        erased_count = stored.count_content(cursor).steps - before
    if erased_count and (faults := integrity_check.find_faults(copy)):
        raise StoreError(
            _("Erased people could not be erased again, and nothing was changed: {first}").format(first=faults[0])
        )
    return erased_count


def _has_sidecars(database: Path) -> bool:
    """Return whether the database has a journal file, which opening it would use up."""
    sidecars = (database.with_name(database.name + suffix) for suffix in ("-journal", "-wal"))
    return database.exists() and any(sidecar.exists() for sidecar in sidecars)


def _preserve_database(root: Path, database: Path) -> Path:
    """Copy an unreadable database and its sidecars into the backups. Raises StoreError."""
    folder = root / BACKUPS
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        kept = find_free_path(folder, backups.format_backup_name(read_system_time(), BackupReason.DAMAGED))
        for suffix in ("", "-journal", "-wal"):
            with suppress(FileNotFoundError):
                shutil.copyfile(database.with_name(database.name + suffix), kept.with_name(kept.name + suffix))
    except OSError as error:
        sentence = _("{path} cannot be kept: {reason}. Nothing was changed.")
        raise StoreError(sentence.format(path=database, reason=error.strerror or error)) from error
    return kept
