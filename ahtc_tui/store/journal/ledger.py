"""The one way to write: each change of a field is a line of the journal, and the table is brought up to it at once.

A Ledger lives as long as one transaction (`Database.write`). It knows no noun: tables and fields are names, checked by
the database itself.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

import uuid_utils

from ahtc_tui.domain.case_data.detector import heed_record
from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.store.journal.minutes_lock import refuse_locked
from ahtc_tui.store.journal.replay import DELETED, ROW, Entry, entry, field_names, heads_of, to_json
from ahtc_tui.store.records.columns import columns
from ahtc_tui.store.records.computed_columns import derived_values
from ahtc_tui.store.search import index

Values = Mapping[str, Any]

INSERT_CHANGE = (
    'INSERT INTO change (id, wall_ms, seq, device, user, "transaction", "table", row_id, field, value, parents)'
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


def new_key() -> bytes:
    """A UUIDv7: 16 bytes, sortable by creation."""
    return uuid_utils.uuid7().bytes


def row_changes(cursor: Any, table: str, key: bytes) -> list[Entry]:
    """The journal of one record in the order of showing."""
    found = cursor.execute(
        'SELECT id, field, value, parents FROM change WHERE "table" = ? AND row_id = ? ORDER BY seq, wall_ms, id',
        (table, key),
    )
    return [entry(*line) for line in found]


class Ledger:
    """The writes of one transaction: one step of history, one undo."""

    def __init__(self, cursor: Any, user: str, label: str, kind: str) -> None:
        """Begin a step; it is stored with its first change, so a step without changes leaves nothing."""
        self.cursor = cursor
        self.label = label
        """What the person did; may be put better until the first change."""
        self.amends = kind != "do"
        """Whether the step may change what is agreed: reversals may, and amendments."""
        self._user = user
        self._kind = kind
        self._step: bytes | None = None
        self._touched: dict[str, set[bytes]] = {}
        self._anew = False

    def reverse(self, step: bytes, label: str) -> None:
        """Say which step this one reverses; it is stored even if the tables stand as they should already."""
        self.label = label
        self._begin(reverses=step)

    def beside(self, label: str, kind: str) -> Ledger:
        """Another step of the same transaction; whoever asks for it finishes it."""
        return Ledger(self.cursor, self._user, label, kind)

    def stand(self) -> bytes:
        """Store the step even if it writes no line, and return its key."""
        return self._begin()

    def touch(self, table: str, key: bytes) -> None:
        """Let the search index be brought up to a record that other lines than the ledger's own have changed."""
        self._touched.setdefault(table, set()).add(key)

    def reindex(self) -> None:
        """Let the whole search index be made anew at the end."""
        self._anew = True

    def log(
        self, table: str, key: bytes, field: str, value: Any, parents: tuple[bytes, ...], name: bytes | None = None
    ) -> bytes:
        """Write one line of the journal alone, and return its id: the caller brings the table up to it."""
        self._log(table, [(key, (field, value, parents))], name)
        newest = 'SELECT id FROM change WHERE "table" = ? AND row_id = ? ORDER BY rowid DESC LIMIT 1'
        made: bytes = self.cursor.execute(newest, (table, key)).fetchone()[0]
        return made

    def add(self, table: str, values: Values, key: bytes | None = None) -> bytes:
        """Make a record and return its key."""
        return self.add_all(table, [values], [key] if key else None)[0]

    def add_all(self, table: str, rows: Sequence[Values], keys: Sequence[bytes] | None = None) -> list[bytes]:
        """Make many records of one table at once and return their keys.

        The journal keeps what the schema fills in as well, so that it alone says what the record is.
        """
        made = list(keys) if keys else [new_key() for _row in rows]
        self._refuse_erased(keys or ())
        if not self.amends:
            refuse_locked(self.cursor, table, meetings=(row["meeting"] for row in rows if "meeting" in row))
        unsaid = columns(self.cursor, table).defaults
        present = [unsaid | {name: value for name, value in row.items() if value is not None} for row in rows]
        for row in present:
            heed_record(table, row)
        self._insert(table, [row | derived_values(table, row) for row in present], made)
        lines = [(ROW, to_json(row), ()) for row in present]
        self._log(table, zip(made, lines, strict=True))
        return made

    def _insert(self, table: str, rows: Sequence[Values], keys: Sequence[bytes]) -> None:
        """Neighbours with the same columns go in together."""
        lines = zip(keys, rows, strict=True)
        for named, some in groupby(lines, key=lambda line: sorted(line[1])):
            names = ", ".join(f'"{name}"' for name in ("id", *named))
            marks = ", ".join("?" * (len(named) + 1))
            values = [(key, *(row[name] for name in named)) for key, row in some]
            self.cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', values)

    def change(self, table: str, key: bytes, values: Values) -> tuple[str, ...]:
        """Write the fields that differ from what stands, and return their names."""
        self._refuse_erased([key])
        names = ", ".join(f'"{name}"' for name in ("deleted", *values))
        gone, *now = self.cursor.execute(f'SELECT {names} FROM "{table}" WHERE id = ?', (key,)).fetchone()
        if gone:
            raise Refused(_("This record was removed: it may not be written before it is brought back."))
        differing = {
            name: value for (name, value), old in zip(values.items(), now, strict=True) if not _same(value, old)
        }
        if differing:
            self._refuse_locked(table, key, differing)
            heed_record(table, differing)
            entries = row_changes(self.cursor, table, key)
            lines = [
                (key, (name, value, tuple(head.id for head, _value in heads_of(entries, name))))
                for name, value in to_json(differing).items()
            ]
            self._log(table, lines)
            self._project(table, key, differing | derived_values(table, differing))
        return tuple(differing)

    def remove(self, table: str, key: bytes) -> None:
        """Take a record away: every head that this write saw is named, so an edit it did not see would keep the row."""
        self._refuse_erased([key])
        self._refuse_locked(table, key)
        entries = row_changes(self.cursor, table, key)
        seen = {head.id for name in field_names(entries) | {DELETED} for head, _value in heads_of(entries, name)}
        self._log(table, [(key, (DELETED, True, tuple(sorted(seen))))])
        self._project(table, key, {"deleted": 1})

    def restore(self, table: str, key: bytes) -> None:
        """Bring a removed record back."""
        self._refuse_erased([key])
        heads = heads_of(row_changes(self.cursor, table, key), DELETED)
        self._log(table, [(key, (DELETED, False, tuple(head.id for head, _value in heads)))])
        self._project(table, key, {"deleted": 0})

    def _project(self, table: str, key: bytes, values: Values) -> None:
        names = ", ".join(f'"{name}" = ?' for name in values)
        self.cursor.execute(f'UPDATE "{table}" SET {names} WHERE id = ?', (*values.values(), key))

    def _log(
        self,
        table: str,
        lines: Iterable[tuple[bytes, tuple[str, Any, tuple[bytes, ...]]]],
        name: bytes | None = None,
    ) -> None:
        step = self._begin()
        touched = self._touched.setdefault(table, set())
        rows = []
        for key, (field, value, parents) in lines:
            touched.add(key)
            said = None if value is None else json.dumps(value, ensure_ascii=False)
            seen = json.dumps([parent.hex() for parent in parents])
            rows.append((name or new_key(), *self._when, self._user, step, table, key, field, said, seen))
        self.cursor.executemany(INSERT_CHANGE, rows)

    def _begin(self, reverses: bytes | None = None) -> bytes:
        """The step of this transaction, stored with its first change."""
        if self._step is None:
            self._step = new_key()
            seq: int = self.cursor.execute("SELECT coalesce(max(seq), 0) + 1 FROM step").fetchone()[0]
            device: str = self.cursor.execute("SELECT value FROM setting WHERE name = 'device'").fetchone()[0]
            self._when = (time.time_ns() // 1_000_000, seq, device)
            self.cursor.execute(
                "INSERT INTO step (id, wall_ms, seq, device, user, label, kind, reverses)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (self._step, *self._when, self._user, self.label, self._kind, reverses),
            )
        return self._step

    def _refuse_erased(self, keys: Sequence[bytes]) -> None:
        for key in keys:
            if self.cursor.execute("SELECT 1 FROM erasure WHERE row_id = ?", (key,)).fetchone():
                raise Refused(_("This record was erased and may not be written again."))

    def _refuse_locked(self, table: str, key: bytes, fields: Iterable[str] | None = None) -> None:
        if not self.amends:
            refuse_locked(self.cursor, table, keys=[key], fields=fields)

    def finish(self) -> None:
        """Bring the search index up to the records that were touched."""
        if self._anew:
            index.rebuild(self.cursor)
        else:
            index.refresh(self.cursor, self._touched)


def _same(new: Any, old: Any) -> bool:
    """Equal as the database stores them: yes and no are 1 and 0 there."""
    return bool(new == old) and (new is None) == (old is None)
