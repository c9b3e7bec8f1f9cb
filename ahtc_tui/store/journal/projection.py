"""Projection of journal changes into the tables after a merge or its undo.

Local numbers follow the order of creation afterwards, so that two copies list their records in the same order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby, islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlcipher3 import dbapi2

from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.journal.ledger import read_records
from ahtc_tui.store.journal.record_state import resolve_record
from ahtc_tui.store.journal.replay import DELETED, Change, RecordState
from ahtc_tui.store.records.columns import Columns, compute_columns, list_record_tables, read_columns
from ahtc_tui.store.records.cursor import KEYS, RecordKey, Table, build_placeholders, defer_foreign_keys, encode_keys
from ahtc_tui.store.records.relations import PARTY_TABLES
from ahtc_tui.store.records.rows import select_column, select_mapping

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor

BATCH_SIZE = 500
"""Records whose journals are in memory together."""


class Projection(NamedTuple):
    """The state of a record, and the column values of its row."""

    state: RecordState
    values: dict[str, Any]

    def without_state_values(self) -> Projection:
        """Return the projection without the values of the state, which those of the row repeat."""
        return self._replace(state=RecordState({}, self.state.conflicts))


class TableWriter:
    """Writes projected records; it caches the schema of their tables during one transaction."""

    def __init__(self, cursor: Cursor) -> None:
        self.cursor = cursor
        self._columns: dict[str, Columns] = {}
        self._unique: dict[str, tuple[str, ...]] = {}

    def read_columns(self, table: Table) -> Columns:
        """Return the journalled columns of a table."""
        if table not in self._columns:
            self._columns[table] = read_columns(self.cursor, table)
        return self._columns[table]

    def read_unique_columns(self, table: Table) -> tuple[str, ...]:
        """Return the columns with a UNIQUE constraint, which includes removed records."""
        if table not in self._unique:
            rows = self.cursor.execute(
                "SELECT i.name FROM pragma_index_list(?) l JOIN pragma_index_info(l.name) i"
                " WHERE l.\"unique\" AND l.origin = 'u' AND i.name <> 'id'",
                (table,),
            )
            self._unique[table] = tuple(name for (name,) in rows.fetchall() if name in self.read_columns(table).names)
        return self._unique[table]

    def resolve_record(self, record: RecordKey) -> Projection:
        """Replay the journal of a record."""
        return dict(self.resolve_records([record]))[record]

    def resolve_records(
        self, records: Iterable[RecordKey], known: Mapping[RecordKey, list[Change]] | None = None
    ) -> Iterator[tuple[RecordKey, Projection]]:
        """Yield records with their state; journals that are not known are read, and all are replayed, in batches."""
        remaining = iter(records)
        known = known or {}
        while batch := list(islice(remaining, BATCH_SIZE)):
            rows = {(name, key) for table, key in batch for name in _list_tables(table)}
            journals = {**known, **read_records(self.cursor, rows - known.keys())}
            for table, key in batch:
                yield (table, key), self._project(table, {name: journals[name, key] for name in _list_tables(table)})

    def _project(self, table: Table, journals: Mapping[Table, list[Change]]) -> Projection:
        state = resolve_record(table, journals.__getitem__)
        return Projection(state, self.to_column_values(table, state.values))

    def to_column_values(self, table: Table, values: Mapping[str, Any]) -> dict[str, Any]:
        """Convert replayed values to column values; a column that is younger than its record has its default."""
        columns = self.read_columns(table)
        column_values = {name: values.get(name, columns.defaults.get(name)) for name in columns.names}
        for name in columns.keys:
            if text := column_values[name]:
                column_values[name] = bytes.fromhex(text)
        return column_values | compute_columns(table, column_values) | {"deleted": int(bool(values.get(DELETED)))}

    def read_record(self, record: RecordKey) -> dict[str, Any] | None:
        """Return the stored record; None where there is none."""
        return self.read_stored_records([record])[record]

    def read_stored_records(self, records: Iterable[RecordKey]) -> dict[RecordKey, dict[str, Any] | None]:
        """Return the stored records; None for one that is not there."""
        stored: dict[RecordKey, dict[str, Any] | None] = dict.fromkeys(records)
        for table in {table for table, _key in stored}:
            names = ("deleted", *self.read_columns(table).names)
            keys = [key for name, key in stored if name == table]
            for key, *values in self._select_rows(table, ("id", *names), keys):
                stored[table, key] = dict(zip(names, values, strict=True))
        return stored

    def _select_rows(self, table: Table, names: Iterable[str], keys: Iterable[RowKey]) -> list[tuple[Any, ...]]:
        listed = ", ".join(f'"{name}"' for name in names)
        query = f'SELECT {listed} FROM "{table}" WHERE id IN {KEYS.format("?")}'
        return self.cursor.execute(query, (encode_keys(keys),)).fetchall()

    def select_unique_values(self, record: RecordKey, projection: Projection) -> Projection:
        """Return a projection with the unique values of its record alone."""
        values = {name: projection.values[name] for name in self.read_unique_columns(record[0])}
        return Projection(RecordState({}, {}), values)

    def write_records(self, projections: Mapping[RecordKey, Projection]) -> None:
        """Write the records; unique values get a placeholder first, so that two records can exchange theirs."""
        # A record may come before the one that it refers to: the keys are checked at the commit.
        defer_foreign_keys(self.cursor)
        self.write_unique_values(projections, self.write_other_values(projections))

    def write_other_values(self, projections: Mapping[RecordKey, Projection]) -> list[RecordKey]:
        """Write the records; return those whose changed unique values have a placeholder as yet."""
        set_aside: list[RecordKey] = []
        for table, group in groupby(sorted(projections), key=itemgetter(0)):
            while keys := [key for _table, key in islice(group, BATCH_SIZE)]:
                set_aside += self._write_batch(table, {key: projections[table, key].values for key in keys})
        return set_aside

    def _write_batch(self, table: Table, rows: Mapping[RowKey, Mapping[str, Any]]) -> list[RecordKey]:
        """Write rows of a table in one statement for each set of columns; return the set-aside ones."""
        unique = self.read_unique_columns(table)
        names = ("id", *next(iter(rows.values())))
        stored_rows = {row[0]: dict(zip(names, row, strict=True)) for row in self._select_rows(table, names, rows)}
        set_aside: list[RecordKey] = []
        updates: dict[tuple[str, ...], list[tuple[Any, ...]]] = {}
        for key, row in rows.items():
            values, current = dict(row), stored_rows.get(key)
            if unique and (current is None or any(current[name] != row[name] for name in unique)):
                values |= {name: f"{name} {key.hex()}" for name in unique}
                set_aside.append((table, key))
            if current is None:
                self._insert_row(table, key, values)
            elif differing := tuple(name for name, value in values.items() if value != current[name]):
                updates.setdefault(differing, []).append((*map(values.__getitem__, differing), key))
        for columns, lines in updates.items():
            listed = ", ".join(f'"{name}" = ?' for name in columns)
            self.cursor.executemany(f'UPDATE "{table}" SET {listed} WHERE id = ?', lines)
        return set_aside

    def write_unique_values(self, projections: Mapping[RecordKey, Projection], records: Iterable[RecordKey]) -> None:
        """Write the unique values of records, with what is computed from them."""
        for table, key in records:
            values = {name: projections[table, key].values[name] for name in self.read_unique_columns(table)}
            self._update_row(table, key, values)

    def find_refused(self, projections: Mapping[RecordKey, Projection]) -> dict[RecordKey, str]:
        """Return the records that a constraint of their table refuses, with its message. Nothing is written.

        Unique values are left out: the rules of a merge make them unique.
        """
        faults: dict[RecordKey, str] = {}
        # SQLite itself decides: a copy of its constraints in Python would differ from them some day.
        self.cursor.execute("SAVEPOINT refused")
        for (table, key), projection in projections.items():
            unique = {name: f"{name} {key.hex()}" for name in self.read_unique_columns(table)}
            values = {**projection.values, **unique}
            try:
                self._write_row(table, key, values, self._read_values(table, key, values))
            except dbapi2.IntegrityError as error:
                faults[table, key] = str(error)
        self.cursor.execute("ROLLBACK TO refused")
        self.cursor.execute("RELEASE refused")
        return faults

    def _read_values(self, table: Table, key: RowKey, names: Iterable[str]) -> dict[str, Any] | None:
        """Return some columns of a stored row; None where there is none."""
        listed = ", ".join(f'"{name}"' for name in names)
        row = self.cursor.execute(f'SELECT {listed} FROM "{table}" WHERE id = ?', (key,)).fetchone()
        return dict(zip(names, row, strict=True)) if row else None

    def _write_row(
        self, table: Table, key: RowKey, values: Mapping[str, Any], current: Mapping[str, Any] | None
    ) -> None:
        """Write a row of which `current` are the stored values; only what differs, because each column that is written
        rewrites its indexes.
        """
        if current is None:
            self._insert_row(table, key, values)
        elif differing := {name: value for name, value in values.items() if value != current[name]}:
            self._update_row(table, key, differing)

    def _insert_row(self, table: Table, key: RowKey, values: Mapping[str, Any]) -> None:
        names = ("id", *values)
        listed = ", ".join(f'"{name}"' for name in names)
        statement = f'INSERT INTO "{table}" ({listed}) VALUES ({build_placeholders(names)})'
        self.cursor.execute(statement, (key, *values.values()))

    def _update_row(self, table: Table, key: RowKey, values: Mapping[str, Any]) -> None:
        listed = ", ".join(f'"{name}" = ?' for name in values)
        self.cursor.execute(f'UPDATE "{table}" SET {listed} WHERE id = ?', (*values.values(), key))

    def renumber(self, tables: Iterable[Table], shared: Mapping[Table, int]) -> bool:
        """Number the records that are not in both copies in the order of creation; return whether a number changed.

        `shared` is, for each table, the highest number up to which both copies agree.
        """
        changed = [self._renumber_table(table, shared.get(table, 0)) for table in tables]
        return any(changed)

    def _renumber_table(self, table: Table, above: int) -> bool:
        old_numbers = select_mapping(self.cursor, f'SELECT id AS key, n AS value FROM "{table}" WHERE n > ?', (above,))
        changed = [(n, key) for n, key in enumerate(sorted(old_numbers), above + 1) if n != old_numbers[key]]
        # By way of negative numbers, because `n` is unique and two records may exchange theirs.
        self.cursor.executemany(f'UPDATE "{table}" SET n = -n WHERE id = ?', [(key,) for _n, key in changed])
        self.cursor.executemany(f'UPDATE "{table}" SET n = ? WHERE id = ?', changed)
        return bool(changed)


def _list_tables(table: Table) -> tuple[Table, ...]:
    """Return the tables whose journals decide on the state of a record: for a contact all tables of contacts."""
    return PARTY_TABLES if table in PARTY_TABLES else (table,)


def add_same_rows(cursor: Cursor, records: Iterable[RecordKey]) -> set[RecordKey]:
    """Return these rows with the second row of each contact: both are removed together, or kept together."""
    listed = set(records)
    keys = encode_keys(key for table, key in listed if table in PARTY_TABLES)
    rows = {(table, key) for table, key in listed if table not in PARTY_TABLES}
    query = f'SELECT DISTINCT row_id FROM change WHERE "table" = ? AND row_id IN {KEYS.format("?")}'
    for table in PARTY_TABLES:
        rows |= {(table, key) for key in select_column(cursor, query, (table, keys))}
    return rows


def find_shared_numbers(local: Cursor, peer: Cursor, tables: Iterable[Table]) -> dict[Table, int]:
    """Return, for each table, the highest number up to which both copies gave the same numbers to the same records."""
    highest = {}
    for table in tables:
        query = f'SELECT n AS key, id AS value FROM "{table}" ORDER BY n'
        ours, theirs = select_mapping(local, query), select_mapping(peer, query)
        differing = [n for n in ours.keys() | theirs.keys() if ours.get(n) != theirs.get(n)]
        highest[table] = min(differing) - 1 if differing else max(ours, default=0)
    return highest


def count_live_people(cursor: Cursor) -> int:
    """Return the number of persons that are not removed."""
    query = "SELECT count(*) FROM parties WHERE kind = 'person' AND NOT deleted"
    count: int = cursor.execute(query).fetchone()[0]
    return count


def count_live_records(cursor: Cursor) -> dict[Table, int]:
    """Return the number of records of each table that are not removed."""
    return {
        table: cursor.execute(f'SELECT count(*) FROM "{table}" WHERE NOT deleted').fetchone()[0]
        for table in list_record_tables(cursor)
    }
