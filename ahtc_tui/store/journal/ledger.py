"""The only way to write records: each change of a field is added to the journal and projected into its table at once.

A Ledger lives for one transaction (`Database.write`).
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

import uuid_utils
from sqlcipher3 import dbapi2

from ahtc_tui.domain.case_data.reporter import check_record
from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.journal import parked_lines
from ahtc_tui.store.journal.chain import (
    INSERT_CHANGE,
    INSERT_PLACE,
    ChangePlace,
    append_changes,
    chain_change,
    derive_step_key,
    format_purpose,
    read_head,
)
from ahtc_tui.store.journal.import_steps import note_imports
from ahtc_tui.store.journal.minutes_lock import refuse_locked
from ahtc_tui.store.journal.overwrite_check import OverwriteCheck
from ahtc_tui.store.journal.replay import (
    DELETED,
    ROW,
    Change,
    find_head_ids,
    find_heads,
    list_field_values,
    parse_change,
)
from ahtc_tui.store.records.columns import compute_columns, find_stale_columns, list_welsh_columns, read_columns
from ahtc_tui.store.records.cursor import KEYS, RecordKey, Table, build_placeholders, defer_foreign_keys, encode_keys
from ahtc_tui.store.records.fields import read_device, read_fields
from ahtc_tui.store.records.references import choose_ref_after_restore
from ahtc_tui.store.records.relations import list_same_rows
from ahtc_tui.store.search import index

if TYPE_CHECKING:
    from ahtc_tui.domain.replication.overwrites import JournalPosition
    from ahtc_tui.store.records.cursor import Cursor

Values = Mapping[str, Any]

NewChange = tuple[RowKey, Table, RowKey, str, Any, tuple[RowKey, ...]]
"""Key, table, record, field, value and parents of a change."""

encode_json = json.JSONEncoder(ensure_ascii=False, default=bytes.hex).encode
"""Return the JSON text of a value, keys as hexadecimal text; `json.dumps` with an option builds an encoder per call."""

BATCH_SIZE = 1_000
"""Records that are added, and held in several forms, together."""


def read_changes(cursor: Cursor, table: Table, key: RowKey) -> list[Change]:
    """Return the changes of a record in journal order."""
    rows = cursor.execute(
        'SELECT id, field, value, parents FROM change WHERE "table" = ? AND row_id = ? ORDER BY seq, wall_ms, id',
        (table, key),
    )
    return [parse_change(*row) for row in rows]


class _Line(NamedTuple):
    """The columns of a change that a replay reads, with the key of its record."""

    row_id: RowKey
    id: RowKey
    field: str
    value: str | None
    parents: str


def read_records(cursor: Cursor, records: Iterable[RecordKey]) -> dict[RecordKey, list[Change]]:
    """Return the changes of several records in journal order; an empty list for a record without any."""
    journals: dict[RecordKey, list[Change]] = {record: [] for record in records}
    names = ", ".join(_Line._fields)
    query = f'SELECT {names} FROM change WHERE "table" = ? AND row_id IN {KEYS.format("?")} ORDER BY seq, wall_ms, id'
    for table in {table for table, _key in journals}:
        keys = encode_keys(key for name, key in journals if name == table)
        for line in map(_Line._make, cursor.execute(query, (table, keys))):
            journals[table, line.row_id].append(parse_change(line.id, line.field, line.value, line.parents))
    return journals


@dataclass
class Attempt:
    """A part of a transaction."""

    is_dropped: bool = False
    """Whether it is taken back."""


class Ledger:
    """The writes of one transaction: one step of the history, which one undo reverses."""

    def __init__(
        self,
        cursor: Cursor,
        user: str,
        label: str,
        kind: str,
        *,
        seen: JournalPosition | None = None,
        day: date | None = None,
    ) -> None:
        """Prepare a step; it is stored with its first change, under a key of `day` if that is not today.

        With `seen`, a position in the journal, `finish` refuses to replace what was written after it.
        """
        self.cursor = cursor
        self.label = label
        """The name of the step in the history; it can be set until the first change."""
        self.may_amend = kind != "do"
        """Whether the step may change agreed minutes, as reversals and amendments do."""
        self.is_import = False
        """Whether the step brings the content of a file."""
        self.is_dry_run = False
        """Whether the transaction is rolled back at its end."""
        self.text_check: Callable[[Cursor, str, Values], None] | None = None
        """Looks at the values of a record before they are written."""
        self._user = user
        self._kind = kind
        self.day = day
        self._step_key: RowKey | None = None
        self._stamp = (0, 0, "")
        """Time, number and device of the step, once it is stored."""
        self._purpose = ""
        self.step_keys: set[RowKey] = set()
        """Keys of the steps stored in this transaction."""
        self._touched: dict[str, set[RowKey]] = {}
        self._rebuild_index = False
        self._has_deferred_keys = False
        if kind != "do":
            self._defer_foreign_keys()
        self._overwrite_check = None if seen is None else OverwriteCheck(cursor, seen)

    def _defer_foreign_keys(self) -> None:
        if not self._has_deferred_keys:
            defer_foreign_keys(self.cursor)
            self._has_deferred_keys = True

    @staticmethod
    def create_key() -> RowKey:
        """Return a new UUIDv7, 16 bytes, sortable by time of creation."""
        return RowKey(uuid_utils.uuid7().bytes)

    def _move_to_day(self, wall_ms: int) -> int:
        """Return the time of day of the clock, on the day of the step."""
        now = datetime.fromtimestamp(wall_ms / 1000).astimezone()
        if self.day is None or self.day == now.date():
            return wall_ms
        return max(int(datetime.combine(self.day, now.time()).timestamp() * 1000), 0)

    def begin_reversal(self, step: RowKey, label: str) -> RowKey:
        """Store the step as the reversal of another, even if it changes nothing, and return its key."""
        self.label = label
        return self.store_step(reverses=step)

    def store_step(self, reverses: RowKey | None = None) -> RowKey:
        """Store the step, even without changes, unless it is stored already, and return its key."""
        if self._step_key is None:
            # Not the clock: it can go back, and the order of steps must not.
            seq: int = self.cursor.execute("SELECT coalesce(max(seq), 0) + 1 FROM step").fetchone()[0]
            wall_ms, device = time.time_ns() // 1_000_000, read_device(self.cursor)
            self._stamp = (wall_ms, seq, device)
            self._purpose = format_purpose(self._kind, reverses)
            self._step_key = derive_step_key(self._move_to_day(wall_ms), *self._stamp, self._purpose)
            self.step_keys.add(self._step_key)
            self.cursor.execute(
                "INSERT INTO step (id, wall_ms, seq, device, user, label, kind, reverses)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (self._step_key, *self._stamp, self._user, self.label, self._kind, reverses),
            )
            # A new step ends what could be redone; an undo or redo does not.
            if self._kind == "do":
                parked_lines.drop_lines(self.cursor)
        return self._step_key

    @property
    def is_stored(self) -> bool:
        """Whether the step is stored."""
        return self._step_key is not None

    def begin_next_step(self) -> None:
        """Let the next change begin another step, with the same name and kind."""
        self._step_key = None

    @contextmanager
    def attempt(self) -> Iterator[Attempt]:
        """Take back what is written inside, and that alone, at an exception or where the block drops it."""
        attempt, stored, step_keys = Attempt(), (self._step_key, self._stamp, self._purpose), set(self.step_keys)
        self.cursor.execute("SAVEPOINT attempt")
        try:
            yield attempt
        except BaseException:
            attempt.is_dropped = True
            raise
        finally:
            if attempt.is_dropped:
                self._step_key, self._stamp, self._purpose = stored
                self.step_keys &= step_keys
                with suppress(dbapi2.OperationalError):  # a full disk ends the whole transaction
                    self.cursor.execute("ROLLBACK TO attempt")
            with suppress(dbapi2.OperationalError):
                self.cursor.execute("RELEASE attempt")

    def start_separate_step(self, label: str, kind: str) -> Ledger:
        """Return the ledger of another step in the same transaction; the caller calls its `finish`."""
        ledger = Ledger(self.cursor, self._user, label, kind, day=self.day)
        ledger.step_keys = self.step_keys
        return ledger

    def invalidate(self, table: Table, key: RowKey) -> None:
        """Mark a record as changed for the search index."""
        self._touched.setdefault(table, set()).add(key)

    def schedule_reindex(self) -> None:
        """Rebuild the whole search index at the end."""
        self._rebuild_index = True

    def log_change(
        self,
        table: Table,
        key: RowKey,
        field: str,
        value: Any,
        parents: tuple[RowKey, ...],
        change_id: RowKey | None = None,
    ) -> RowKey:
        """Add one change to the journal and return its id; the caller projects it."""
        change_id = change_id or self.create_key()
        self.log_changes([(change_id, table, key, field, value, parents)])
        return change_id

    def log_changes(self, changes: Iterable[NewChange]) -> None:
        """Add changes to the journal together; the caller projects them."""
        step = self.store_step()
        lines = []
        for change_id, table, key, field, value, parents in changes:
            self.invalidate(table, key)
            text = None if value is None else encode_json(value)
            parent_text = encode_json([parent.hex() for parent in parents]) if parents else "[]"
            lines.append((change_id, *self._stamp, self._user, step, table, key, field, text, parent_text))
        # Read for each call and not kept: another step of the same transaction may have added places.
        head = read_head(self.cursor, self._stamp[2])
        self.cursor.executemany(INSERT_CHANGE, append_changes(head, lines, self._purpose))

    def log_place(self, table: Table, key: RowKey, field: str, digest: bytes) -> None:
        """Add a place to the chain of this laptop that commits to `digest`, without a change."""
        step = self.store_step()
        wall_ms, seq, device = self._stamp
        head = read_head(self.cursor, device)
        new = (self.create_key(), wall_ms, seq, device, step, table, key, field, "[]", head.position + 1, digest)
        place = ChangePlace(*new, b"", self._purpose)
        self.cursor.execute(INSERT_PLACE, place._replace(chain=chain_change(head.chain, place)))

    def add(self, table: Table, values: Values, key: RowKey | None = None) -> RowKey:
        """Add a record and return its key."""
        return self.add_all(table, [values], [key] if key else None)[0]

    def add_all(self, table: Table, rows: Sequence[Values], keys: Sequence[RowKey] | None = None) -> list[RowKey]:
        """Add records to one table and return their keys.

        The journal stores the defaults of the schema as well, so that a replay needs no schema.
        """
        created = list(keys) if keys else [self.create_key() for _row in rows]
        self._refuse_erased(keys or ())
        if not self.may_amend:
            refuse_locked(self.cursor, table, meetings=(row["meeting"] for row in rows if "meeting" in row))
        columns = read_columns(self.cursor, table)
        if any(not columns.keys.isdisjoint(row) for row in rows):
            self._defer_foreign_keys()
        # In batches: an import of a whole office would hold every record in several forms at once.
        for start in range(0, max(len(rows), 1), BATCH_SIZE):
            batch = slice(start, start + BATCH_SIZE)
            self._add_batch(table, rows[batch], created[batch], columns.defaults)
        return created

    def _add_batch(self, table: Table, rows: Sequence[Values], keys: Sequence[RowKey], defaults: Values) -> None:
        stored_rows = [{**defaults, **{name: row[name] for name in row if row[name] is not None}} for row in rows]
        for row in stored_rows:
            self._check_texts(table, row)
            if self._overwrite_check:
                self._overwrite_check.check_addition(table, row)
        self._insert_rows(table, [row | compute_columns(table, row) for row in stored_rows], keys)
        self.log_changes(
            (self.create_key(), table, key, ROW, row, ()) for key, row in zip(keys, stored_rows, strict=True)
        )

    def _check_texts(self, table: Table, values: Values) -> None:
        check_record(table, values)
        if self.text_check is not None:
            self.text_check(self.cursor, table, values)

    def _insert_rows(self, table: Table, rows: Sequence[Values], keys: Sequence[RowKey]) -> None:
        """Insert the rows in one statement. Columns with a default are in every row, so a missing value is NULL."""
        columns = sorted({name for row in rows for name in row})
        names = ("id", *columns)
        listed = ", ".join(f'"{name}"' for name in names)
        values = [(key, *map(row.get, columns)) for key, row in zip(keys, rows, strict=True)]
        self.cursor.executemany(f'INSERT INTO "{table}" ({listed}) VALUES ({build_placeholders(names)})', values)

    def update(self, table: Table, key: RowKey, values: Values) -> tuple[str, ...]:
        """Write the fields that differ from the stored ones, and return their names.

        A new English text clears the Welsh one that translated the former text. Raises Refused for a removed record.
        """
        self._refuse_erased([key])
        columns = list(dict.fromkeys((*values, *list_welsh_columns(table, values))))
        current = read_fields(self.cursor, table, key, ("deleted", *columns))
        if current["deleted"]:
            raise Refused(_("This record was removed. Restore it before you change it."))
        differing = {name: value for name, value in values.items() if value != current[name]}
        if self._kind == "do":
            differing |= dict.fromkeys(find_stale_columns(table, current, differing, values))
        if differing:
            if self._overwrite_check:
                self._overwrite_check.check_update(table, key, differing, current)
            self._refuse_locked(table, key, differing)
            self._check_texts(table, differing)
            changes = read_changes(self.cursor, table, key)
            self.log_changes(
                (
                    self.create_key(),
                    table,
                    key,
                    name,
                    value,
                    tuple(head.id for head, _value in find_heads(changes, name)),
                )
                for name, value in differing.items()
            )
            if any(isinstance(value, bytes) for value in differing.values()):
                self._defer_foreign_keys()
            self._update_table(table, key, differing | compute_columns(table, differing))
        return tuple(differing)

    def remove(self, table: Table, key: RowKey) -> None:
        """Remove a record: the change replaces every head, so that a concurrent edit, which it does not replace, keeps
        the record. Of a contact both rows are removed.
        """
        self._remove_row(table, key)
        for name, _key in list_same_rows(self.cursor, table, key):
            if name != table and not self._is_removed(name, key):
                self._remove_row(name, key)

    def _is_removed(self, table: Table, key: RowKey) -> bool:
        return bool(self.cursor.execute(f'SELECT deleted FROM "{table}" WHERE id = ?', (key,)).fetchone()[0])

    def _remove_row(self, table: Table, key: RowKey) -> None:
        self._refuse_erased([key])
        if self._overwrite_check:
            self._overwrite_check.check_removal(table, key)
        self._refuse_locked(table, key)
        changes = read_changes(self.cursor, table, key)
        self.log_change(table, key, DELETED, True, tuple(sorted(find_head_ids(changes))))
        self._update_table(table, key, {"deleted": 1})

    def restore(self, table: Table, key: RowKey) -> None:
        """Restore a removed record, under its former reference if an undo had released it. Of a contact both rows are
        restored.
        """
        self._restore_row(table, key)
        for name, _key in list_same_rows(self.cursor, table, key):
            if name != table and self._is_removed(name, key):
                self._restore_row(name, key)

    def _restore_row(self, table: Table, key: RowKey) -> None:
        self._refuse_erased([key])
        if self._overwrite_check:
            self._overwrite_check.check_restore(table, key)
        changes = read_changes(self.cursor, table, key)
        heads = find_heads(changes, DELETED)
        self.log_change(table, key, DELETED, False, tuple(head.id for head, _value in heads))
        self._update_table(table, key, {"deleted": 0})
        former_refs = [value for _change, value in list_field_values(changes, "ref") if value]
        if ref := choose_ref_after_restore(self.cursor, table, key, former_refs):
            self.update(table, key, {"ref": ref})

    def _update_table(self, table: Table, key: RowKey, values: Values) -> None:
        names = ", ".join(f'"{name}" = ?' for name in values)
        self.cursor.execute(f'UPDATE "{table}" SET {names} WHERE id = ?', (*values.values(), key))

    def _refuse_erased(self, keys: Sequence[RowKey]) -> None:
        for key in keys:
            if self.cursor.execute("SELECT 1 FROM erasure WHERE row_id = ?", (key,)).fetchone():
                raise Refused(_("This record was erased and may not be saved again."))

    def _refuse_locked(self, table: Table, key: RowKey, fields: Iterable[str] | None = None) -> None:
        if not self.may_amend:
            refuse_locked(self.cursor, table, keys=[key], fields=fields)

    def finish(self) -> None:
        """Note an import, and update the search index for the changed records.

        Raises ChangedMeanwhile where the step would replace values written after the position that was seen.
        """
        if self._overwrite_check:
            self._overwrite_check.refuse_overwrites()
        if self.is_import:
            note_imports(self.cursor, self.step_keys)
        if self._rebuild_index:
            index.rebuild_index(self.cursor)
        else:
            index.refresh_entries(self.cursor, self._touched)


class JournalBatch:
    """Journals of records in memory: a change is appended to them at once, and all are stored together."""

    def __init__(self, ledger: Ledger, journals: dict[RecordKey, list[Change]]) -> None:
        self.journals = journals
        self._ledger = ledger
        self._changes: list[NewChange] = []

    def log_change(self, table: Table, key: RowKey, field: str, value: Any, parents: tuple[RowKey, ...]) -> RowKey:
        """Append a change to the journal of a record and return its id."""
        change_id = self._ledger.create_key()
        self.journals[table, key].append(Change(change_id, field, value, frozenset(parents)))
        self._changes.append((change_id, table, key, field, value, parents))
        return change_id

    def store(self) -> None:
        """Add the changes to the journal of the database; the caller projects them."""
        if self._changes:
            self._ledger.log_changes(self._changes)
        self._changes = []
