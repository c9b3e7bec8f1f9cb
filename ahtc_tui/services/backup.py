"""Makes, checks, lists and thins the backups of a workspace. Restoring one is `services/recovery`.

Automatic backups are thinned by the retention settings; backups that a person requested are kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from datetime import date, datetime
from itertools import count
from pathlib import Path

from ahtc_tui.domain.backup import model as backups
from ahtc_tui.domain.backup.model import (
    BackupContent,
    BackupName,
    BackupReason,
    BackupReport,
    BackupRow,
    DamagedDatabase,
)
from ahtc_tui.domain.errors import AhtcError, Refused, StoreError
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.formats.files.atomic_write import write_file_atomically
from ahtc_tui.services.workspace import BACKUPS, Workspace
from ahtc_tui.store.backup import snapshot as stored
from ahtc_tui.store.engine import copies, integrity_check
from ahtc_tui.store.engine.creation import create_temporary_file
from ahtc_tui.store.engine.database import Database
from ahtc_tui.store.engine.driver import follow_link, remove_sidecars


def back_up_before(workspace: Workspace, operation: str) -> Path:
    """Return a backup made before an operation such as "import" or "merge"; call it outside a transaction.

    The newest backup is reused where nothing was written since. Raises StoreError: do not continue then.
    """
    newest = _find_newest(workspace)
    if newest and _is_unchanged_since(workspace, newest.file):
        return newest.file
    slug = re.sub(r"[^a-z]+", "-", operation.lower()).strip("-") or "work"
    return make_backup(workspace, reason=f"before-{slug}").file


def make_automatic_backup(workspace: Workspace) -> Path | None:
    """Make a backup while the screen is used; None where nothing was written since the newest, or if they are off."""
    newest = _find_newest(workspace)
    if not workspace.keep.daily:
        return None
    with workspace.database.read() as cursor:
        number, _oldest = stored.count_unsaved_steps(cursor, 0)
    if not number or (newest and _is_unchanged_since(workspace, newest.file)):
        return None
    return make_backup(workspace, reason=BackupReason.AUTOMATIC).file


def back_up_after_erasure(workspace: Workspace) -> None:
    """Make a backup without the erased data, so that older ones can be removed. A StoreError is ignored."""
    with suppress(StoreError):
        make_backup(workspace, reason=BackupReason.ERASURE)


def make_backup(
    workspace: Workspace, target: Path | None = None, *, reason: str = BackupReason.ASKED, force: bool = False
) -> BackupReport:
    """Write a checked copy to `target`, or under a dated name in the backups folder, which is thinned then.

    Raises DamagedDatabase for a database with faults, Refused for an existing file without `force`, StoreError where
    the disk fails.
    """
    made_at = workspace.now()
    if target is None:
        return _make_named_backup(workspace, made_at, reason)
    report = _write_checked_copy(workspace, target, made_at, reason, force)
    workspace.database.mark_departure([str(target.absolute())])
    return report


def _make_named_backup(workspace: Workspace, made_at: datetime, reason: str) -> BackupReport:
    """Write a backup under the next free name; another program may take one meanwhile."""
    while True:
        path = find_free_path(workspace.backups, backups.format_backup_name(made_at, reason))
        try:
            report = _write_checked_copy(workspace, path, made_at, reason)
        except Refused:
            if path.exists():
                continue
            raise
        if reason != BackupReason.RESTORE:  # its writers are blocked, and it is replaced
            workspace.database.mark_departure(())
        return replace(report, removed=tuple(_remove_surplus(workspace)))


def _write_checked_copy(
    workspace: Workspace, path: Path, made_at: datetime, reason: str, force: bool = False
) -> BackupReport:
    parts: list[Path] = []
    contents: list[BackupContent] = []

    def write_part(part: Path) -> None:
        parts.append(part)
        contents.append(_write_backup(workspace, part, made_at, reason))

    try:
        write_file_atomically(path, write_part, force, leaves_office=False)
    except StoreError as error:
        sentence = str(error)
        for part in parts:
            sentence = sentence.replace(str(part), str(path))
        raise type(error)(sentence) from error
    return BackupReport(path, made_at, reason, path.stat().st_size, contents[0].records, contents[0].steps, ())


def _write_backup(workspace: Workspace, part: Path, made_at: datetime, reason: str) -> BackupContent:
    stored.write_snapshot(workspace.database, part)
    try:
        with closing(workspace.database.open_other(part)) as copy:
            if faults := integrity_check.find_faults(copy):
                raise build_damage_error(faults)
            stored.seal_snapshot(copy, made_at.isoformat(timespec="seconds"), reason)
            with copy.read() as cursor:
                return stored.count_content(cursor)
    finally:
        remove_sidecars(part)


def build_damage_error(faults: list[str]) -> DamagedDatabase:
    """Return the error for a database that is not backed up because of its faults."""
    number = ngettext("1 fault", "{n} faults", len(faults))
    sentence = _(
        "The database is damaged ({number}). No backup was made. `ahtc check` lists them; `ahtc doctor --repair` "
        "rebuilds the search index, `ahtc restore` restores an older backup."
    )
    return DamagedDatabase(sentence.format(number=number))


def list_backups(workspace: Workspace) -> list[BackupRow]:
    """Return every backup of the workspace, newest first. Each is opened and checked quickly; nothing is written."""
    with workspace.database.read() as cursor:
        erased = set(stored.read_erasures(cursor))
    paths = sorted(_list_files(workspace), key=lambda path: path.stat().st_mtime_ns)
    rows = [_read_backup(workspace, path, erased) for path in reversed(paths)]
    return sorted(rows, key=lambda row: row.made, reverse=True)


def describe_unsaved_work(workspace: Workspace) -> tuple[BackupName | None, int, int]:
    """Return the newest backup, the number of steps it lacks and the age in days of the oldest of them."""
    newest, since = _find_newest(workspace), 0
    with suppress(AhtcError):
        if newest:
            with closing(workspace.database.open_other(newest.file, immutable=True)) as copy, copy.read() as cursor:
                since = stored.read_last_write(cursor)
    with workspace.database.read() as cursor:
        number, oldest = stored.count_unsaved_steps(cursor, since)
    now = int(workspace.now().timestamp() * 1000)
    return newest, number, (now - oldest) // 86_400_000 if oldest else 0


def _read_backup(workspace: Workspace, path: Path, erased: set[RowKey]) -> BackupRow:
    file_status = path.stat()
    parsed = backups.read_backup_name(path)
    made_at = parsed.created if parsed else datetime.fromtimestamp(file_status.st_mtime).astimezone()
    reason = parsed.reason if parsed else path.stem.removeprefix("ahtc-")
    faults, content, erased_in_copy, last_ms = [], BackupContent(0, 0, 0), erased, 0
    try:
        with closing(workspace.database.open_other(path, immutable=True)) as copy:
            faults = stored.find_faults(copy, quick=True)
            with copy.read() as cursor:
                content, erased_in_copy = stored.count_content(cursor), set(stored.read_erasures(cursor))
                last_ms = stored.read_last_write(cursor)
    except AhtcError as error:
        faults = faults or [str(error)]
    before_erasure = bool(erased - erased_in_copy)
    return BackupRow(
        path,
        made_at,
        reason,
        file_status.st_size,
        not faults,
        tuple(faults),
        content.records,
        content.steps,
        before_erasure=before_erasure,
        holds=content.by_table,
        written=datetime.fromtimestamp(last_ms / 1000).astimezone() if last_ms else None,
    )


def _is_unchanged_since(workspace: Workspace, path: Path) -> bool:
    """Return whether nothing was written since a backup was made; False for an unreadable backup."""
    try:
        with closing(workspace.database.open_other(path, immutable=True)) as copy, copy.read() as cursor:
            backup_state = stored.read_state(cursor)
    except AhtcError:
        return False
    with workspace.database.read() as cursor:
        return stored.read_state(cursor) == backup_state


def _list_files(workspace: Workspace) -> list[Path]:
    """Return the files of the backups folder, which is not created for it."""
    folder = workspace.root / BACKUPS
    return sorted(path for path in folder.glob("*.db") if path.is_file() and not path.name.startswith("."))


def _list_named_backups(workspace: Workspace) -> list[BackupName]:
    """Return the backups with a name of this program, oldest first; file times decide within one second."""
    times: dict[BackupName, int] = {}
    for path in _list_files(workspace):
        if backup := backups.read_backup_name(path):
            with suppress(FileNotFoundError):  # another screen has just thinned them
                times[backup] = path.stat().st_mtime_ns
    return sorted(times, key=lambda backup: (backup.created, times[backup]))


def _find_newest(workspace: Workspace) -> BackupName | None:
    """Return the newest backup that was intact when it was made."""
    intact = [backup for backup in _list_named_backups(workspace) if backup.reason != BackupReason.DAMAGED]
    return intact[-1] if intact else None


def find_free_path(folder: Path, name: str) -> Path:
    """Return the path of a new backup in a folder; "-2", "-3" ... is appended to a taken name."""
    names = (name if number == 1 else f"{name}-{number}" for number in count(1))
    return next(path for candidate in names if not (path := folder / f"{candidate}.db").exists())


def _remove_surplus(workspace: Workspace) -> list[Path]:
    """Remove surplus backups and stale temporary files, and return the backups removed. Failures are ignored."""
    with workspace.database.read() as cursor:
        erasure_days = [date.fromisoformat(day) for day in stored.read_erasures(cursor).values()]
    removed = []
    for backup in backups.find_surplus_backups(
        _list_named_backups(workspace), workspace.keep, workspace.now().date(), erasure_days
    ):
        with suppress(OSError):
            backup.file.unlink()
            removed.append(backup.file)
    return removed


@contextmanager
def open_snapshot(workspace: Workspace) -> Iterator[Database]:
    """Open a temporary copy of the database that other writes do not affect; it is deleted at the end.

    Raises StoreError where the copy cannot be written.
    """
    folder = follow_link(workspace.database.path).parent
    message = _("{folder} cannot be saved: {reason}.")
    with create_temporary_file(workspace.database.path, message, folder=folder) as part:
        stored.write_snapshot(workspace.database.whole, part)
        with (
            closing(workspace.database.open_other(part, immutable=True)) as copy,
            closing(workspace.database.limit_copy(copy)) as limited,
        ):
            yield limited


def settle_key_change(workspace: Workspace) -> None:
    """Give the backups the key of the database where a killed key change left them under the former one, or plain.

    A StoreError is ignored: the next start tries again.
    """
    with suppress(StoreError):
        former, key = copies.read_former_key(workspace.database), workspace.database.key
        if former is not None and key:
            rekey_backups(workspace.root, former or None, key)
            copies.forget_former_key(workspace.database)


def rekey_backups(root: Path, before: str | None, after: str | None) -> tuple[str, ...]:
    """Put the backups under another key or none, and return the names of those that neither key opens.

    Raises StoreError.
    """
    files = sorted(path for path in (root / BACKUPS).glob("*") if path.is_file())
    failed = [path for path in files if not copies.rekey_copy(path, before, after)]
    return tuple(path.relative_to(root).as_posix() for path in failed if not _can_open(path, after))


def _can_open(path: Path, key: str | None) -> bool:
    try:
        with stored.open_snapshot(path, key):
            return True
    except AhtcError:
        return False
