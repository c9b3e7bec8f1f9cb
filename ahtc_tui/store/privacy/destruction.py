"""Destroys records under the retention schedule: rows, journal and search index, as an erasure of a person does.

Their keys go into the register of erasures, so that no other copy and no older backup brings them again.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ahtc_tui.store.journal import parked_lines
from ahtc_tui.store.privacy.erasure import delete_changes, without_guards
from ahtc_tui.store.privacy.erasure_register import RETENTION_GROUND, ErasedPerson, add_erased, request_compaction
from ahtc_tui.store.privacy.retention import DESTROYED_TABLES
from ahtc_tui.store.records.cursor import defer_foreign_keys
from ahtc_tui.store.records.rows import select_column
from ahtc_tui.store.search import index

if TYPE_CHECKING:
    from ahtc_tui.domain.keys import RowKey
    from ahtc_tui.store.journal.ledger import Ledger
    from ahtc_tui.store.records.cursor import Cursor
    from ahtc_tui.store.records.table_names import RecordKey


def destroy_records(ledger: Ledger, records: Iterable[RecordKey], day: str) -> None:
    """Destroy records in a step; the caller compacts the database."""
    cursor = ledger.cursor
    ledger.store_step()
    parked_lines.drop_lines(cursor)
    defer_foreign_keys(cursor)
    with without_guards(cursor):
        for table, key in records:
            cut_step_labels(cursor, key)
            delete_changes(cursor, table, key)
            cursor.execute(f'DELETE FROM "{table}" WHERE id = ?', (key,))
            cursor.execute(
                "INSERT OR IGNORE INTO erasure (row_id, erased_on, ground, marks) VALUES (?, ?, ?, '[]')",
                (key, day, RETENTION_GROUND),
            )
    request_compaction(cursor)
    index.rebuild_index(cursor)


def destroy_again(ledger: Ledger, key: RowKey, day: str) -> None:
    """Destroy a record that an older copy of the database has again, or register it where it is absent."""
    tables = select_column(ledger.cursor, 'SELECT DISTINCT "table" FROM change WHERE row_id = ?', (key,))
    destroy_records(ledger, [(table, key) for table in tables if table in DESTROYED_TABLES], day)
    if not tables:
        add_erased(ledger.cursor, ErasedPerson(key, day, ()), RETENTION_GROUND)


def cut_step_labels(cursor: Cursor, key: RowKey) -> None:
    """Leave the words of a record out of the names of the steps that wrote it: they follow a colon."""
    cursor.execute(
        """UPDATE step SET label = substr(label, 1, instr(label, ':') - 1) WHERE instr(label, ':') > 1
 AND id IN (SELECT "transaction" FROM change WHERE row_id = ?)""",
        (key,),
    )
