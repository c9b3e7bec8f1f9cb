"""The database of another laptop, opened read-only, and the transfer of its changes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.errors import BadFile, Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.engine import foreign_file, integrity_check
from ahtc_tui.store.journal.chain import CHANGE_COLUMNS, INSERT_CHANGE, STEP_COLUMNS, StoredChange, StoredStep
from ahtc_tui.store.journal.replay import ROW
from ahtc_tui.store.records.columns import list_record_tables
from ahtc_tui.store.records.cursor import build_placeholders
from ahtc_tui.store.records.fields import read_setting
from ahtc_tui.store.records.rows import select_mapping, select_row, select_rows, select_value
from ahtc_tui.store.replication.line_checks import LineChecks
from ahtc_tui.store.replication.office_pack import PACK_SCHEMA

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor

JOURNAL_TABLES = ("setting", "step", "change", "missing_change", "erasure", "counter")
"""The tables of another laptop that are read, beside those with records."""


def refuse_unreadable_file(path: Path) -> None:
    """Raise BadFile where a file is empty or cannot be read."""
    try:
        with path.open("rb") as file:
            empty = not file.read(1)
    except OSError as error:
        raise BadFile(_('"{path}" cannot be read: {reason}.').format(path=path, reason=error.strerror)) from error
    if empty:
        raise BadFile(_("{path} is empty. It is not a database of ahtc.").format(path=path))


@contextmanager
def open_peer(path: Path, key: str | None, local: Cursor, *, check_records: bool = True) -> Iterator[Cursor]:
    """Open the database of another laptop read-only, with the schema of the local one. Raises BadFile.

    The journal of an unencrypted file is compared with its records, because no page has a checksum; not without
    `check_records`.
    """
    refuse_unreadable_file(path)
    with foreign_file.open_foreign_file(path, key, foreign_file.read_schema(local), PACK_SCHEMA) as cursor:
        _refuse_damaged(cursor, path, encrypted=bool(key) or not check_records)
        yield cursor


def _refuse_damaged(cursor: Cursor, path: Path, *, encrypted: bool) -> None:
    fault = foreign_file.check_tables(cursor, [*JOURNAL_TABLES, *list_record_tables(cursor)])
    if not (fault or encrypted) and any(integrity_check.find_journal_faults(cursor)):
        fault = next(integrity_check.find_journal_faults(cursor, _list_bad_records(cursor)), None)
    if fault:
        raise BadFile(
            _("{path} is damaged: {fault}. Use an undamaged copy.").format(path=path, fault=fault.rstrip("."))
        )


def _list_bad_records(cursor: Cursor) -> set[object]:
    """Return the keys of records with a line that a merge refuses by itself: they are not damage to the file."""
    changes = read_stored_changes(cursor, list_change_ids(cursor))
    checks = LineChecks(cursor)
    return {change.row_id for change in changes if checks.find_fault(change)}


def refuse_other_office(local: Cursor, peer: Cursor, path: Path) -> None:
    """Raise Refused unless both databases have the same salt."""
    if _read_origin(local) != _read_origin(peer):
        sentence = _("{path} belongs to another office. It does not come from this database, so nothing is merged.")
        raise Refused(sentence.format(path=path))


def _read_origin(cursor: Cursor) -> Any:
    return read_setting(cursor, "erasure_salt") or select_value(cursor, "SELECT id FROM step ORDER BY seq, id LIMIT 1")


def list_records(cursor: Cursor) -> set[RowKey]:
    """Return the key of every record that has its first change."""
    return {row[0] for row in cursor.execute("SELECT row_id FROM change WHERE field = ?", (ROW,))}


def list_line_states(cursor: Cursor) -> set[tuple[RowKey, bytes, bytes | None]]:
    """Return id, chain and salt of every change: two copies with equal ones have the same history."""
    return set(cursor.execute("SELECT id, chain, salt FROM change"))


def count_lines(cursor: Cursor) -> dict[str, int]:
    """Return the number of changes of each device."""
    return select_mapping(cursor, "SELECT device AS key, count(*) AS value FROM change GROUP BY device")


def list_change_ids(cursor: Cursor) -> set[RowKey]:
    """Return the id of every change."""
    return {row[0] for row in cursor.execute("SELECT id FROM change")}


def read_stored_changes(cursor: Cursor, change_ids: set[RowKey]) -> list[StoredChange]:
    """Return the changes with these ids, in journal order."""
    query = f"SELECT {CHANGE_COLUMNS} FROM change"
    if len(change_ids) > 2000 or not all(isinstance(key, bytes) for key in change_ids):
        changes = [row for row in select_rows(cursor, StoredChange, query) if row.id in change_ids]
    else:
        by_id = f"{query} WHERE id = ?"
        changes = [row for key in change_ids for row in select_rows(cursor, StoredChange, by_id, (key,))]
    return sorted(changes, key=_find_place)


def _find_place(change: StoredChange) -> tuple[int, int, RowKey]:
    """Return the place of a change in the journal; that of a line with invalid columns is the start."""
    if type(change.seq) is int and type(change.wall_ms) is int and isinstance(change.id, bytes):
        return change.seq, change.wall_ms, change.id
    return 0, 0, RowKey(b"")


def read_steps(cursor: Cursor, step_ids: set[RowKey], known_ids: set[RowKey]) -> list[StoredStep]:
    """Return these steps and all that they reverse, without the known ones, in journal order.

    Raises BadFile where a step is missing.
    """
    steps: dict[RowKey, StoredStep] = {}
    pending = step_ids - known_ids
    while pending:
        for key in pending:
            step = select_row(cursor, StoredStep, f"SELECT {STEP_COLUMNS} FROM step WHERE id = ?", (key,))
            if step is None:
                raise BadFile(_("A change in the journal has no step. The database is incomplete."))
            steps[key] = step
        pending = {step.reverses for step in steps.values() if step.reverses} - known_ids - set(steps)
    return sorted(steps.values(), key=lambda step: (step.seq, step.id))


def insert_changes(local: Cursor, steps: list[StoredStep], changes: list[StoredChange]) -> None:
    """Insert changes of a peer with their steps."""
    insert_step = f"INSERT INTO step ({STEP_COLUMNS}) VALUES ({build_placeholders(StoredStep._fields)})"
    local.executemany(f"{insert_step} ON CONFLICT DO NOTHING", steps)
    local.executemany(f"{INSERT_CHANGE} ON CONFLICT DO NOTHING", changes)
