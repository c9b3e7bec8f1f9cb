"""The state of the records on a day: the steps after it, and a copy of the database whose journal ends there.

A step belongs to the day in its key (`Ledger`), which is that of the clock, or that of --as-at. The steps that load
reference data count as known from the beginning.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.journal.ledger import read_changes
from ahtc_tui.store.journal.projection import RecordKey, TableWriter, add_same_rows
from ahtc_tui.store.journal.replay import ROW
from ahtc_tui.store.privacy.erasure import drop_guards
from ahtc_tui.store.privacy.erasure_register import list_erased_keys
from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.records.rows import select_mapping
from ahtc_tui.store.replication import merge_log
from ahtc_tui.store.search import index

if TYPE_CHECKING:
    from ahtc_tui.store.engine.database import Database

TIME_BYTES = 6
"""The bytes of a UUIDv7 that hold its time in milliseconds (RFC 9562, section 5.7)."""
SAME_DAY_MS = 12 * 60 * 60 * 1000
"""A step whose key differs more than this from its time has the day of --as-at."""


class LaterSteps(NamedTuple):
    """The steps after a day."""

    hidden: tuple[RowKey, ...]
    """Those that its state leaves out."""
    shown: int
    """The number of those that it cannot leave out, because the journal begins after the day."""
    begins_on: date
    """The first day of the journal."""


def find_later_steps(cursor: Cursor, day: date) -> LaterSteps:
    """Return the steps that were written after a day.

    A day before the journal has no state: what was written on days of the clock is shown as it is now, and
    only the steps that have a later day from --as-at are left out.
    """
    end = int(datetime.combine(day + timedelta(days=1), datetime.min.time()).timestamp() * 1000)
    first_key = max(end, 0).to_bytes(TIME_BYTES) + bytes(16 - TIME_BYTES)
    begin: int = cursor.execute("SELECT coalesce(min(wall_ms), 0) FROM step").fetchone()[0]
    query = "SELECT id AS key, wall_ms AS value FROM step WHERE kind <> 'load' AND id >= ?"
    later: dict[RowKey, int] = select_mapping(cursor, query, (first_key,))
    hidden = tuple(key for key, wall_ms in later.items() if begin < end or _has_own_day(key, wall_ms))
    return LaterSteps(hidden, len(later) - len(hidden), datetime.fromtimestamp(begin / 1000).astimezone().date())


def _has_own_day(key: RowKey, wall_ms: int) -> bool:
    return abs(int.from_bytes(key[:TIME_BYTES]) - wall_ms) > SAME_DAY_MS


def remove_steps(copy: Database, steps: tuple[RowKey, ...]) -> None:
    """Take steps out of the journal of a copy, and project the records that they changed again. Erased records stay."""
    with copy.read() as cursor:
        for pragma in ("foreign_keys = OFF", "synchronous = OFF"):
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
        _remove_dangling_keys(cursor)
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


def _remove_dangling_keys(cursor: Cursor) -> None:
    """Empty the references to removed rows, and remove the rows that require one, until none is left."""
    while rows := cursor.execute("PRAGMA foreign_key_check").fetchall():
        for table, rowid, _parent, number in rows:
            query = 'SELECT "from" FROM pragma_foreign_key_list(?) WHERE id = ?'
            column = cursor.execute(query, (table, number)).fetchone()[0]
            query = 'SELECT "notnull" OR pk FROM pragma_table_info(?) WHERE name = ?'
            if cursor.execute(query, (table, column)).fetchone()[0]:
                cursor.execute(f'DELETE FROM "{table}" WHERE rowid = ?', (rowid,))
            else:
                cursor.execute(f'UPDATE "{table}" SET "{column}" = NULL WHERE rowid = ?', (rowid,))
