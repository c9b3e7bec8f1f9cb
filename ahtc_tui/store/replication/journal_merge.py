"""The merge of two journals: missing changes are inserted, and the touched records are replayed.

It is a union of sets: repeated, partial or reordered merges give the same result. It runs in one transaction.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlcipher3 import dbapi2

from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.engine.integrity_check import GUARD_TRIGGERS
from ahtc_tui.store.journal.devices import assign_new_device
from ahtc_tui.store.journal.ledger import Ledger
from ahtc_tui.store.journal.projection import Projection, RecordKey, TableWriter, find_shared_numbers
from ahtc_tui.store.journal.replay import ROW
from ahtc_tui.store.privacy.erasure import PersonErasure, delete_changes, drop_guards
from ahtc_tui.store.privacy.erasure_register import list_erased_keys, request_compaction
from ahtc_tui.store.privacy.erasure_scope import (
    PersonScope,
    add_marks,
    add_scope_marks,
    build_scope,
    find_erased_addresses,
)
from ahtc_tui.store.records.rows import select_rows
from ahtc_tui.store.replication import line_checks, merge_log, merge_rules, peer_database
from ahtc_tui.store.replication.compensating_changes import find_records
from ahtc_tui.store.replication.merge_log import Pair
from ahtc_tui.store.replication.merge_rules import Sides

if TYPE_CHECKING:
    from ahtc_tui.store.privacy.redaction import DocxRewriter
    from ahtc_tui.store.records.cursor import Cursor

PersonEraser = Callable[[Ledger, PersonScope, str], object]
"""Erases a person on a day."""

REBUILD_LIMIT = 1000
"""Number of records from which the search index is rebuilt instead of updated."""


class _Erasure(NamedTuple):
    row_id: RowKey
    erased_on: str
    ground: str
    marks: str


@dataclass
class JournalMerge:
    """The merge of a peer's journal into the local one, and its results."""

    ledger: Ledger
    peer: Cursor
    path: Path
    erase_person: PersonEraser
    rewrite_docx: DocxRewriter
    sides: Sides = field(default_factory=lambda: Sides([], []))
    peer_ids: set[RowKey] = field(default_factory=set)
    """Ids of all changes of the peer."""
    previous: dict[RecordKey, dict[str, Any] | None] = field(default_factory=dict)
    """Each touched record before the merge; None for a new one."""
    projections: dict[RecordKey, Projection] = field(default_factory=dict)
    renamed: dict[RecordKey, str] = field(default_factory=dict)
    pairs: set[Pair] = field(default_factory=set)
    erased_count: int = 0
    """Number of persons erased because the peer had erased them."""
    has_new_marks: bool = False
    """Whether the peer knows further hashes of an erased person."""
    same_device: bool = False

    def run(self) -> None:
        """Run the merge."""
        cursor = self.ledger.cursor
        self.tables = TableWriter(cursor)
        local_ids, self.peer_ids = peer_database.list_change_ids(cursor), peer_database.list_change_ids(self.peer)
        self._separate_devices(local_ids)
        scopes = self._apply_erasures()
        local_ids = peer_database.list_change_ids(cursor) if self.erased_count else local_ids
        erased = list_erased_keys(cursor)
        local = peer_database.read_stored_changes(cursor, local_ids - self.peer_ids)
        missing = peer_database.read_stored_changes(self.peer, self.peer_ids - local_ids)
        sides = ([change for change in changes if change.row_id not in erased] for changes in (local, missing))
        self.sides = Sides(*sides)
        line_checks.refuse_invalid_lines(cursor, self.sides.peer, self.path)
        if self.sides.peer:
            merge_log.forget_absent_changes(cursor)
        peer_database.insert_changes(cursor, self.peer, self.sides.peer)
        if not (self.sides.peer or self.has_new_marks):
            return
        step = self.ledger.store_step()
        created_tables = {change.table for changes in self.sides for change in changes if change.field == ROW}
        shared = find_shared_numbers(cursor, self.peer, created_tables)
        self._remember({(change.table, change.row_id) for change in self.sides.peer})
        merge_log.record_merge(cursor, step, {change.id for change in self.sides.peer})
        self._apply_rules()
        self._redact_incoming(scopes)
        if self.tables.renumber(shared, shared) or len(self.projections) > REBUILD_LIMIT:
            self.ledger.schedule_reindex()

    def _apply_rules(self) -> None:
        """Apply the rules that span records, then project the records."""
        ledger, sides = self.ledger, self.sides
        restored = merge_rules.protect_agreed_minutes(ledger, sides) | merge_rules.keep_parents(ledger, sides)
        removed, self.pairs = merge_rules.pair_duplicates(ledger, sides)
        self._remember(restored | removed)
        self.resolve_records(self.previous)
        self.renamed = merge_rules.rename_duplicates(ledger, self.tables, self.projections, set())
        self._remember(self.renamed)
        self.resolve_records(self.renamed)
        self._write_records()

    def _write_records(self) -> None:
        """Write the records. Raises BadFile where a table refuses them."""
        try:
            self.tables.write_records(self.projections)
        except dbapi2.IntegrityError as error:
            sentence = _("{path}: its journal has a change that no table accepts ({fault}). Nothing was changed.")
            raise BadFile(sentence.format(path=self.path, fault=error)) from error
        for table in {record[0] for record in self.projections}:
            broken = self.ledger.cursor.execute(f'PRAGMA foreign_key_check("{table}")').fetchone()
            if broken:
                sentence = _("{path}: its journal lacks a record of {table} that it refers to. Nothing was changed.")
                raise BadFile(sentence.format(path=self.path, table=broken[2]))

    def resolve_records(self, records: Iterable[RecordKey]) -> None:
        """Replay records again."""
        for record in records:
            self.projections[record] = self.tables.resolve_record(record)

    def has_duplicate(self, record: RecordKey) -> bool:
        """Whether a record that is not removed describes the same thing as this one before the merge."""
        return merge_rules.has_equal(self.ledger.cursor, record[0], self.previous[record] or {})

    def write_resolved(self, records: Iterable[RecordKey]) -> None:
        """Project records after resolutions."""
        records = list(records)
        self._remember(records)
        self.resolve_records(records)
        projections = {record: self.projections[record] for record in records}
        self.tables.write_records(projections)
        merge_log.update_conflicting_records(self.ledger.cursor, projections)

    def _remember(self, records: Iterable[RecordKey]) -> None:
        for record in records:
            if record not in self.previous:
                self.previous[record] = self.tables.read_record(record)
                self.ledger.invalidate(*record)

    def _separate_devices(self, local_ids: set[RowKey]) -> None:
        """Assign a new device id where both copies wrote under the same one, so that undo finds its own steps."""
        cursor = self.ledger.cursor
        is_same = peer_database.read_setting(cursor, "device") == peer_database.read_setting(self.peer, "device")
        if is_same and self.peer_ids - local_ids:
            self.same_device = True
            assign_new_device(cursor, ())

    def _apply_erasures(self) -> list[PersonScope]:
        """Erase the persons whom the peer erased; return those whose names may still come in."""
        cursor = self.ledger.cursor
        query = "SELECT row_id, erased_on, ground, marks FROM erasure"
        local_rows, peer_rows = (
            {row.row_id: row for row in select_rows(source, _Erasure, query)} for source in (cursor, self.peer)
        )
        scopes = [
            build_scope(self.peer, key)
            for key, row in local_rows.items()
            if row.marks != "[]" and key not in peer_rows and _is_person(self.peer, key)
        ]
        new = [row for key, row in peer_rows.items() if key not in local_rows]
        erased_people = {key for key, row in local_rows.items() if row.marks != "[]"}
        for row in new:
            erased = cursor.execute("SELECT 1 FROM erasure WHERE row_id = ?", (row.row_id,)).fetchone()
            if row.marks != "[]" and not erased and _is_person(cursor, row.row_id):
                self.erase_person(self.ledger, build_scope(cursor, row.row_id), row.erased_on)
                self.erased_count += 1
        for person_scope in scopes:
            self.has_new_marks |= add_scope_marks(cursor, person_scope)
        for key in erased_people & peer_rows.keys():
            self.has_new_marks |= add_marks(cursor, key, json.loads(peer_rows[key].marks))
        if new or local_rows:
            self._adopt_erasures(new, erased_people <= peer_rows.keys())
        return scopes

    def _adopt_erasures(self, new: list[_Erasure], peer_is_clean: bool) -> None:
        """Take over the peer's erasures: its redacted changes, and the removal of dependent records.

        `peer_is_clean` means that the peer has nothing of the locally erased persons.
        """
        cursor = self.ledger.cursor
        query = "SELECT id, value, user, salt, erased_by FROM change"
        local_changes = {key: values for key, *values in cursor.execute(query)}
        differing = {
            key: values
            for key, *values in self.peer.execute(query)
            if key in local_changes and local_changes[key] != values
        }
        if not (differing or new):
            return
        guards = drop_guards(cursor)
        if peer_is_clean:
            changed = [
                (*values, key)
                for key, values in differing.items()
                if self.erased_count or str(values) < str(local_changes[key])
            ]
            cursor.executemany("UPDATE change SET value = ?, user = ?, salt = ?, erased_by = ? WHERE id = ?", changed)
            self._remember(find_records(cursor, (key for *_values, key in changed)))
        for key, day, ground, marks in new:
            cursor.execute(
                "INSERT OR IGNORE INTO erasure (row_id, erased_on, ground, marks) VALUES (?, ?, ?, ?)",
                (key, day, ground, marks),
            )
            if marks == "[]":
                self._drop_record(key)
            else:
                add_marks(cursor, key, json.loads(marks))
                self.has_new_marks = True
        for statement in guards:
            cursor.execute(statement)
        assert len(guards) == len(GUARD_TRIGGERS)

    def _drop_record(self, key: RowKey) -> None:
        cursor = self.ledger.cursor
        for (table,) in cursor.execute('SELECT DISTINCT "table" FROM change WHERE row_id = ?', (key,)).fetchall():
            delete_changes(cursor, table, key)
            cursor.execute(f'DELETE FROM "{table}" WHERE id = ?', (key,))
            self.ledger.schedule_reindex()

    def _redact_incoming(self, scopes: list[PersonScope]) -> None:
        """Redact erased persons in the merged changes."""
        cursor = self.ledger.cursor
        query = "SELECT value FROM change WHERE value GLOB '*@*'"
        texts = [change.value for change in self.sides.peer]
        if self.has_new_marks:
            texts = [text for (text,) in cursor.execute(query).fetchall()]
        address_scope = find_erased_addresses(cursor, texts)
        if not (scopes or address_scope):
            return
        guards = drop_guards(cursor)
        incoming = {(change.table, change.row_id) for change in self.sides.peer}
        for person_scope in scopes:
            PersonErasure(cursor, person_scope, self.rewrite_docx, self.ledger).redact_records(incoming)
        if address_scope:
            PersonErasure(cursor, address_scope, self.rewrite_docx, self.ledger).redact_records(
                None if self.has_new_marks else incoming
            )
        for statement in guards:
            cursor.execute(statement)
        self.resolve_records(self.projections)
        request_compaction(cursor)
        self.ledger.schedule_reindex()


def _is_person(cursor: Cursor, key: RowKey) -> bool:
    """Whether the person is not erased in this database."""
    return (
        cursor.execute("SELECT 1 FROM parties WHERE id = ? AND ref NOT GLOB 'erased-*'", (key,)).fetchone() is not None
    )
