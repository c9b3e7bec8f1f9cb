"""The state of the records on a day: a copy of the database whose journal ends there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlcipher3 import dbapi2

from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.journal.ledger import read_changes
from ahtc_tui.store.journal.projection import TableWriter, add_same_rows
from ahtc_tui.store.journal.replay import ROW
from ahtc_tui.store.privacy.erasure import drop_guards
from ahtc_tui.store.privacy.erasure_register import list_erased_keys
from ahtc_tui.store.records.columns import read_columns
from ahtc_tui.store.records.cursor import Cursor, RecordKey, Table
from ahtc_tui.store.replication import merge_log
from ahtc_tui.store.search import index

if TYPE_CHECKING:
    from ahtc_tui.store.engine.database import Database


def remove_steps(copy: Database, steps: tuple[RowKey, ...]) -> None:
    """Take steps out of the journal of a copy, and project the records that they changed again. Erased records stay."""
    with copy.read() as cursor:
        for pragma in ("foreign_keys = OFF", "synchronous = OFF", "ignore_check_constraints = ON"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.execute("BEGIN IMMEDIATE")
        drop_guards(cursor)
        records = _remove_changes(cursor, steps)
        removed = {record for record in records if all(change.field != ROW for change in read_changes(cursor, *record))}
        for table, key in removed:
            cursor.execute(f'DELETE FROM "{table}" WHERE id = ?', (key,))
        tables = TableWriter(cursor)
        projections = dict(tables.resolve_records(add_same_rows(cursor, records - removed)))
        tables.write_records(projections)
        merge_log.update_conflicting_records(cursor, projections)
        _remove_impossible_rows(cursor, records - removed)
        index.rebuild_index(cursor)
        cursor.execute("COMMIT")


def _remove_changes(cursor: Cursor, steps: tuple[RowKey, ...]) -> set[RecordKey]:
    """Delete steps with their changes; return the records that they changed, without the erased ones."""
    records: set[RecordKey] = set()
    for step in steps:
        records |= set(cursor.execute('SELECT "table", row_id FROM change WHERE "transaction" = ?', (step,)).fetchall())
    values = [(step,) for step in steps]
    cursor.executemany('DELETE FROM change WHERE "transaction" = ?', values)
    cursor.executemany("DELETE FROM step WHERE id = ?", values)
    erased = list_erased_keys(cursor)
    return {(table, key) for table, key in records if key not in erased}


def _remove_impossible_rows(cursor: Cursor, records: set[RecordKey]) -> None:
    """Empty the references to removed rows; remove the rows that require one, and those that break a rule.

    A seat of a party that was not recorded yet is such a row. Repeated until no reference is left to a removed row.
    """
    while True:
        emptied = _remove_dangling_keys(cursor)
        broken = [record for record in records | emptied if _breaks_rule(cursor, *record)]
        for table, key in broken:
            cursor.execute(f'DELETE FROM "{table}" WHERE id = ?', (key,))
        if not emptied and not broken:
            return
        records = set()


def _remove_dangling_keys(cursor: Cursor) -> set[RecordKey]:
    """Empty the references to removed rows or remove the rows that require one; return the rows that are left."""
    emptied: set[RecordKey] = set()
    while rows := cursor.execute("PRAGMA foreign_key_check").fetchall():
        for table, rowid, _parent, number in rows:
            query = 'SELECT "from" FROM pragma_foreign_key_list(?) WHERE id = ?'
            column = cursor.execute(query, (table, number)).fetchone()[0]
            query = 'SELECT "notnull" OR pk FROM pragma_table_info(?) WHERE name = ?'
            if cursor.execute(query, (table, column)).fetchone()[0]:
                cursor.execute(f'DELETE FROM "{table}" WHERE rowid = ?', (rowid,))
            else:
                cursor.execute(f'UPDATE "{table}" SET "{column}" = NULL WHERE rowid = ?', (rowid,))
                query = f'SELECT id FROM "{table}" WHERE rowid = ?'
                emptied |= {(table, key) for (key,) in cursor.execute(query, (rowid,))}
    return emptied


def _breaks_rule(cursor: Cursor, table: Table, key: RowKey) -> bool:
    """Return whether a row breaks a CHECK of its table, which a write of all its columns evaluates."""
    columns = ", ".join(f'"{name}" = "{name}"' for name in read_columns(cursor, table).names)
    cursor.execute("PRAGMA ignore_check_constraints = OFF")
    try:
        cursor.execute(f'UPDATE "{table}" SET {columns} WHERE id = ?', (key,))
    except dbapi2.IntegrityError:
        return True
    finally:
        cursor.execute("PRAGMA ignore_check_constraints = ON")
    return False
