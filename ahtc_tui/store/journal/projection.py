"""Bringing tables up to a journal that grew by other lines than the ledger's own: after a merge, or when one is undone.

Local numbers follow the order of creation afterwards, so that two copies list what two laptops made in the same order.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, Any, NamedTuple

from ahtc_tui.store.journal.ledger import row_changes
from ahtc_tui.store.journal.record_state import standing
from ahtc_tui.store.journal.replay import DELETED, Folded
from ahtc_tui.store.records.columns import Columns, columns, record_tables
from ahtc_tui.store.records.computed_columns import derived_values

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor

Row = tuple[str, bytes]
"""Table and key of a record."""


class State(NamedTuple):
    """A record as its journal has it, and as its table is to hold it."""

    folded: Folded
    stored: dict[str, Any]


class Tables:
    """The tables of one transaction, with what their schema says remembered."""

    def __init__(self, cursor: Cursor) -> None:
        self.cursor = cursor
        self._columns: dict[str, Columns] = {}
        self._unique: dict[str, tuple[str, ...]] = {}

    def columns(self, table: str) -> Columns:
        """The columns of a table."""
        if table not in self._columns:
            self._columns[table] = columns(self.cursor, table)
        return self._columns[table]

    def unique(self, table: str) -> tuple[str, ...]:
        """The columns in which no two records of a table say the same, removed ones included."""
        if table not in self._unique:
            found = self.cursor.execute(
                "SELECT i.name FROM pragma_index_list(?) l JOIN pragma_index_info(l.name) i"
                " WHERE l.\"unique\" AND l.origin = 'u' AND i.name <> 'id'",
                (table,),
            )
            self._unique[table] = tuple(name for (name,) in found.fetchall() if name in self.columns(table).names)
        return self._unique[table]

    def state(self, row: Row) -> State:
        """What the journal says of a record now."""
        table, key = row
        folded = standing(table, row_changes(self.cursor, table, key))
        return State(folded, self.stored(table, folded.values))

    def stored(self, table: str, values: Mapping[str, Any]) -> dict[str, Any]:
        """Folded values as the table holds them."""
        known = self.columns(table)
        named = {
            name: bytes.fromhex(values[name]) if name in known.keys and values.get(name) else values.get(name)
            for name in known.names
        }
        return named | derived_values(table, named) | {"deleted": int(bool(values.get(DELETED)))}

    def held(self, row: Row) -> dict[str, Any] | None:
        """The record as the table holds it; None where there is none."""
        table, key = row
        names = ("deleted", *self.columns(table).names)
        listed = ", ".join(f'"{name}"' for name in names)
        found = self.cursor.execute(f'SELECT {listed} FROM "{table}" WHERE id = ?', (key,)).fetchone()
        return dict(zip(names, found, strict=True)) if found else None

    def project(self, states: Mapping[Row, State]) -> None:
        """Write the records; values that no two may share are set aside first, so that two may change places."""
        renamed = []
        for (table, key), state in sorted(states.items(), key=lambda one: one[0]):
            unique = self.unique(table)
            listed = ", ".join(f'"{name}"' for name in ("id", *unique))
            there = self.cursor.execute(f'SELECT {listed} FROM "{table}" WHERE id = ?', (key,)).fetchone()
            values = dict(state.stored)
            if unique and there != (key, *(state.stored[name] for name in unique)):
                values |= {name: f"{name} {key.hex()}" for name in unique}
                renamed.append((table, key))
            if there is None:
                self._insert(table, key, values)
            else:
                self._update(table, key, values)
        for table, key in renamed:
            self._update(table, key, {name: states[table, key].stored[name] for name in self.unique(table)})

    def _insert(self, table: str, key: bytes, values: Mapping[str, Any]) -> None:
        listed = ", ".join(f'"{name}"' for name in ("id", *values))
        marks = ", ".join("?" * (len(values) + 1))
        self.cursor.execute(f'INSERT INTO "{table}" ({listed}) VALUES ({marks})', (key, *values.values()))

    def _update(self, table: str, key: bytes, values: Mapping[str, Any]) -> None:
        listed = ", ".join(f'"{name}" = ?' for name in values)
        self.cursor.execute(f'UPDATE "{table}" SET {listed} WHERE id = ?', (*values.values(), key))

    def number_anew(self, tables: Iterable[str], shared: Mapping[str, int]) -> bool:
        """Give the records that not both copies had their local numbers in the order of creation.

        `shared` is the highest number of each table that both copies gave to the same record. Returns whether a record
        has another number than before.
        """
        moved = [self._number(table, shared.get(table, 0), frozenset()) for table in tables]
        return any(moved)

    def number_last(self, rows: Iterable[Row]) -> bool:
        """Let these records come last in their tables, as before they were there; returns whether one has moved."""
        last: dict[str, set[bytes]] = {}
        for table, key in rows:
            last.setdefault(table, set()).add(key)
        moved = []
        for table, keys in last.items():
            found = self.cursor.execute(f'SELECT n, id FROM "{table}"').fetchall()
            moved.append(self._number(table, min((n for n, key in found if key in keys), default=1) - 1, keys))
        return any(moved)

    def _number(self, table: str, above: int, last: AbstractSet[bytes]) -> bool:
        rows = self.cursor.execute(f'SELECT n, id FROM "{table}" WHERE n > ?', (above,)).fetchall()
        rows.sort(key=lambda row: (row[1] in last, row[1]))
        wanted = [(n, key, was) for n, (was, key) in enumerate(rows, above + 1)]
        changed = [(n, key) for n, key, was in wanted if n != was]
        self.cursor.executemany(f'UPDATE "{table}" SET n = -n WHERE id = ?', [(key,) for _n, key in changed])
        self.cursor.executemany(f'UPDATE "{table}" SET n = ? WHERE id = ?', changed)
        return bool(changed)


def shared_numbers(here: Cursor, there: Cursor, tables: Iterable[str]) -> dict[str, int]:
    """The highest local number of each table up to which both copies gave the same number to the same record."""
    found = {}
    for table in tables:
        query = f'SELECT n, id FROM "{table}" ORDER BY n'
        ours, theirs = dict(here.execute(query).fetchall()), dict(there.execute(query).fetchall())
        differing = [n for n in ours.keys() | theirs.keys() if ours.get(n) != theirs.get(n)]
        found[table] = min(differing) - 1 if differing else max(ours, default=0)
    return found


def live_records(cursor: Cursor) -> int:
    """How many records stand."""
    counts = " + ".join(f'(SELECT count(*) FROM "{table}" WHERE NOT deleted)' for table in record_tables(cursor))
    found: int = cursor.execute(f"SELECT {counts}").fetchone()[0]
    return found
