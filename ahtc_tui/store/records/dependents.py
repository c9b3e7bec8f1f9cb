"""Reads what depends on a record: its parts, which go with it, and the records that refer to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.records.columns import list_record_tables
from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.records.relations import PARTY_TABLES, list_with_parts, read_owner_ref
from ahtc_tui.store.records.table_names import RecordKey, Table

LINK_TABLES: frozenset[Table] = frozenset(
    (
        *("invitations", "attendances", "holdings", "occupancies", "circulation_members", "not_duplicates"),
        *("engagement_parties", "decision_actions", "action_recommendations", "paragraph_links"),
        *("promise_links", "plan_actions"),
    )
)
"""Tables whose rows only link two records and go with either."""


class DependentRow(NamedTuple):
    """A row that refers to a record."""

    table: Table
    key: RowKey
    ref: str | None
    """Reference of the row or of the record that it is a part of."""


def list_parts(cursor: Cursor, table: Table, key: RowKey) -> list[RecordKey]:
    """Return the parts of a record that are not removed, and the rows that link it with others."""
    parts = [
        row for row in list_with_parts(cursor, table, key)[1:] if row[0] not in PARTY_TABLES and _is_kept(cursor, *row)
    ]
    links = [(row.table, row.key) for row in _list_referring(cursor, table, key) if row.table in LINK_TABLES]
    seats = [(row.table, row.key) for row in _list_referring(cursor, table, key) if _is_seat_of_group(cursor, row, key)]
    occupancies = [part for seat in seats for part in list_with_parts(cursor, *seat)[1:] if _is_kept(cursor, *part)]
    return list(dict.fromkeys((*parts, *links, *occupancies, *seats)))


def list_dependents(cursor: Cursor, table: Table, key: RowKey) -> list[DependentRow]:
    """Return the records that refer to a record or to one of its parts, without the parts themselves."""
    parts = list_parts(cursor, table, key)
    own = {(table, key), *parts}
    rows = (row for part in own for row in _list_referring(cursor, *part))
    return list(dict.fromkeys(row for row in rows if (row.table, row.key) not in own))


def _is_seat_of_group(cursor: Cursor, row: DependentRow, key: RowKey) -> bool:
    query = 'SELECT 1 FROM seats WHERE id = ? AND "group" = ?'
    return row.table == "seats" and cursor.execute(query, (row.key, key)).fetchone() is not None


def _is_kept(cursor: Cursor, table: Table, key: RowKey) -> bool:
    return not cursor.execute(f'SELECT deleted FROM "{table}" WHERE id = ?', (key,)).fetchone()[0]


def _list_referring(cursor: Cursor, table: Table, key: RowKey) -> Iterator[DependentRow]:
    """Yield the rows that are not removed and refer to a record by a foreign key."""
    targets = PARTY_TABLES if table in PARTY_TABLES else (table,)
    for name in list_record_tables(cursor):
        references = cursor.execute(f'PRAGMA foreign_key_list("{name}")').fetchall()
        columns = [row[3] for row in references if row[2] in targets and row[3] != "id"]
        for column in columns:
            rows = cursor.execute(f'SELECT id FROM "{name}" WHERE "{column}" = ? AND NOT deleted ORDER BY n', (key,))
            for (row_key,) in rows.fetchall():
                owner: Table = "parties" if name in PARTY_TABLES else name
                yield DependentRow(name, row_key, read_owner_ref(cursor, owner, row_key))
