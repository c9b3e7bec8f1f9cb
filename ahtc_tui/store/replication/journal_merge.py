"""The merge of two journals: missing changes are inserted, and the touched records are replayed.

It is a union of sets: repeated, partial or reordered merges give the same result. It runs in one transaction.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlcipher3 import dbapi2

from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.replication.chains import ChainFaultKind
from ahtc_tui.store.journal.chain import read_journal
from ahtc_tui.store.journal.chain_check import (
    NOTHING_KNOWN,
    ChainCheck,
    forget_places,
    keep_places,
    place_of,
    read_known_chains,
    read_verified_rows,
)
from ahtc_tui.store.journal.devices import close_device
from ahtc_tui.store.journal.ledger import Ledger
from ahtc_tui.store.journal.projection import (
    Projection,
    TableWriter,
    add_same_rows,
    count_live_people,
    find_shared_numbers,
)
from ahtc_tui.store.journal.replay import ROW
from ahtc_tui.store.privacy.erasure import PersonErasure, delete_changes, record_dropped, without_guards
from ahtc_tui.store.privacy.erasure_register import (
    build_erased_test,
    is_named_in,
    list_erased,
    read_salt,
    request_compaction,
)
from ahtc_tui.store.privacy.erasure_scope import PersonScope, add_marks, build_scope, find_erased_addresses
from ahtc_tui.store.records.cursor import defer_foreign_keys
from ahtc_tui.store.records.rows import select_row, select_rows, select_value
from ahtc_tui.store.records.settings import DEVICE, read_setting
from ahtc_tui.store.records.table_names import RecordKey
from ahtc_tui.store.replication import (
    incoming_erasures,
    line_screening,
    merge_log,
    merge_rules,
    peer_database,
    position_rules,
)
from ahtc_tui.store.replication.compensating_changes import find_records
from ahtc_tui.store.replication.incoming_erasures import NO_PERSON, ErasurePlan, PersonToErase
from ahtc_tui.store.replication.line_screening import Screening
from ahtc_tui.store.replication.merge_log import Pair
from ahtc_tui.store.replication.merge_rules import Sides
from ahtc_tui.store.replication.position_rules import Renumbered

if TYPE_CHECKING:
    from ahtc_tui.store.journal.chain import StoredChange
    from ahtc_tui.store.privacy.redaction import FileRewriter
    from ahtc_tui.store.records.cursor import Cursor

PERSON = "person"
"""The kind under which erased persons are counted; other records are counted by table."""

PersonEraser = Callable[[Ledger, PersonScope, str], PersonErasure]
"""Erases a person on a day."""

CLOSING_FAULTS = (ChainFaultKind.FORGED, ChainFaultKind.FORKED)
"""Faults that show another writer under the device id of this copy."""

REBUILD_LIMIT = 1000
"""Number of records from which the search index is rebuilt instead of updated."""

REDACTION_QUERY = "SELECT id, user, value, chain, erased_by FROM change"


class _Redaction(NamedTuple):
    """A line from which an erasure of the peer removed user or value."""

    id: RowKey
    user: str
    value: str | None
    chain: bytes
    erased_by: RowKey


class RecordsRefused(Exception):
    """Tables refuse records because of lines of the peer: roll back, and merge again without these records."""

    def __init__(self, faults: dict[RecordKey, str]) -> None:
        super().__init__()
        self.faults = faults


@dataclass
class JournalMerge:
    """The merge of a peer's journal into the local one, and its results."""

    ledger: Ledger
    peer: Cursor
    path: Path
    erase_person: PersonEraser
    rewrite_file: FileRewriter
    accepts_erasure: Callable[[RowKey], bool] = lambda _key: False
    """Whether a person accepted the erasure with this key."""
    sides: Sides = field(default_factory=lambda: Sides([], []))
    peer_ids: set[RowKey] = field(default_factory=set)
    """Ids of all changes of the peer."""
    previous: dict[RecordKey, dict[str, Any] | None] = field(default_factory=dict)
    """Each touched record before the merge; None for a new one."""
    projections: dict[RecordKey, Projection] = field(default_factory=dict)
    renamed: dict[RecordKey, str] = field(default_factory=dict)
    renumbered: dict[RecordKey, Renumbered] = field(default_factory=dict)
    """Records that had the number of another one."""
    pairs: set[Pair] = field(default_factory=set)
    refused_records: Mapping[RecordKey, str] = field(default_factory=dict)
    """Records that their tables refused in an earlier attempt, with the reason; their lines are left out."""
    screening: Screening = field(default_factory=Screening)
    """The lines of the peer, valid and refused."""
    erasures: ErasurePlan = field(default_factory=ErasurePlan)
    """The erasures that the peer brings."""
    erased_count: int = 0
    """Number of persons erased because the peer had erased them."""
    erased_records: Counter[str] = field(default_factory=Counter)
    """Number of persons and of other records, by table, that accepted erasures removed, without parts of persons."""
    has_new_marks: bool = False
    """Whether an accepted erasure brings further hashes of an erased person."""
    chains: ChainCheck = field(default_factory=lambda: ChainCheck(NOTHING_KNOWN, set))
    """The check of the peer's chains: its new lines, and those that are refused."""

    def run(self) -> None:
        """Run the merge."""
        cursor = self.ledger.cursor
        self.tables = TableWriter(cursor)
        defer_foreign_keys(cursor)
        self.peer_ids = peer_database.list_change_ids(self.peer)
        scopes = self._apply_erasures()
        self._check_chains(cursor)
        local = peer_database.read_stored_changes(cursor, self.chains.known.changes - self.peer_ids)
        local, incoming = self._separate_erased(local)
        self.screening = line_screening.screen_lines(cursor, self.peer, incoming, self.refused_records)
        keep_places(cursor, map(place_of, self.screening.left_out))
        self.sides = Sides(local, self.screening.valid)
        if self.sides.peer:
            merge_log.forget_absent_changes(cursor)
        screening = self.screening
        peer_database.insert_changes(cursor, screening.steps, screening.valid, screening.counters)
        forget_places(cursor)
        if not (self.sides.peer or self.has_new_marks):
            self.resolve_records(self.previous)  # those of adopted redactions
            self._write_records()
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
        self.resolve_records(self._remember(self.renamed))
        self.renumbered = position_rules.renumber_duplicates(ledger, self.projections)
        self.resolve_records(self._remember(self.renumbered))
        self._write_records()

    def _write_records(self) -> None:
        """Write the records. Raises RecordsRefused where a table refuses some because of the peer's lines."""
        try:
            self.tables.write_records(self.projections)
        except dbapi2.IntegrityError as error:
            faults = self.tables.find_refused(self.projections)
            sentence = _("its table does not accept the record ({fault})")
            written = {(change.table, change.row_id) for change in self.sides.peer}
            refused = {record: sentence.format(fault=fault) for record, fault in faults.items() if record in written}
            if refused:
                raise RecordsRefused(refused) from error
            sentence = _("{path}: its journal has a change that no table accepts ({fault}). Nothing was changed.")
            raise BadFile(sentence.format(path=self.path, fault=error)) from error
        for table in {record[0] for record in self.projections}:
            parent = select_value(self.ledger.cursor, "SELECT parent FROM pragma_foreign_key_check(?)", (table,))
            if parent:
                sentence = _("{path}: its journal refers to a missing record of {table}. Nothing was changed.")
                raise BadFile(sentence.format(path=self.path, table=parent))

    def resolve_records(self, records: Iterable[RecordKey]) -> None:
        """Replay records again."""
        for record, projection in self.tables.resolve_records(records):
            self.projections[record] = projection.without_state_values()

    def has_duplicate(self, record: RecordKey) -> bool:
        """Whether a record that is not removed describes the same thing as this one before the merge."""
        return merge_rules.has_equal(self.ledger.cursor, record[0], self.previous[record] or {})

    def write_resolved(self, records: Iterable[RecordKey]) -> None:
        """Project records after resolutions."""
        rows = self._remember(records)
        self.resolve_records(rows)
        projections = {row: self.projections[row] for row in rows}
        self.tables.write_records(projections)
        merge_log.update_conflicting_records(self.ledger.cursor, projections)

    def _remember(self, records: Iterable[RecordKey]) -> set[RecordKey]:
        """Remember what these records are before they are written; return them with the other rows of contacts."""
        rows = add_same_rows(self.ledger.cursor, records)
        for row in rows:
            if row not in self.previous:
                self.previous[row] = self.tables.read_record(row)
                self.ledger.invalidate(*row)
        return rows

    def _check_chains(self, cursor: Cursor) -> None:
        """Follow the chains of the peer, and sort out the lines that do not hold."""
        self.chains = ChainCheck(
            read_known_chains(cursor), lambda: peer_database.list_records(cursor), read_verified_rows(cursor)
        )
        self.chains.run(self.peer, read_journal(self.peer))
        device = read_setting(cursor, DEVICE)
        if any(fault.device == device and fault.reason in CLOSING_FAULTS for fault in self.chains.faults):
            close_device(cursor)

    def _separate_erased(self, local: list[StoredChange]) -> tuple[list[StoredChange], list[StoredChange]]:
        """Return the changes that only one side has, without those of erased records and of pending erasures.

        Of incoming ones that are left out, the places in the chains are kept.
        """
        cursor = self.ledger.cursor
        is_erased = build_erased_test(cursor)
        held_back = incoming_erasures.list_held_back_changes(self.peer, self.erasures)
        incoming: list[StoredChange] = []
        places = list(self.chains.places)
        for change in self.chains.accepted:
            if change.id in held_back or is_erased(change.table, change.row_id):
                places.append(place_of(change))
            else:
                incoming.append(change)
        keep_places(cursor, places)
        return [change for change in local if not is_erased(change.table, change.row_id)], incoming

    def _apply_erasures(self) -> list[PersonScope]:
        """Carry out the accepted erasures; return the persons erased here whose names may still come in."""
        cursor = self.ledger.cursor
        scopes = incoming_erasures.collect_scopes(self.peer, cursor)
        self.erasures = incoming_erasures.plan_erasures(cursor, self.peer, scopes, self.accepts_erasure)
        incoming_erasures.count_effects(cursor, self.erasures, self.rewrite_file)
        for item in self.erasures.all_items:
            if item.is_accepted:
                self._erase_item(item)
        self._adopt_redactions()
        return scopes

    def _adopt_redactions(self) -> None:
        """Adopt the peer's form of changes that it redacted under an erasure accepted here.

        Only where the local form still names the person: an erasure is not a reason to lose other text.
        """
        cursor = self.ledger.cursor
        people, salt = {person.key: person for person in list_erased(cursor)}, read_salt(cursor)
        if not people or salt is None:
            return
        adopted = []
        for redacted in select_rows(self.peer, _Redaction, f"{REDACTION_QUERY} WHERE erased_by IS NOT NULL"):
            person = people.get(redacted.erased_by)
            local = select_row(cursor, _Redaction, f"{REDACTION_QUERY} WHERE id = ?", (redacted.id,))
            if person is None or local is None or local.erased_by or local.chain != redacted.chain:
                continue
            if is_named_in(person, salt, f"{local.user} {local.value}"):
                adopted.append((redacted.value, redacted.user, redacted.erased_by, redacted.id))
        if not adopted:
            return
        statement = "UPDATE change SET value = ?, user = ?, salt = NULL, erased_by = ? WHERE id = ?"
        with without_guards(cursor):
            cursor.executemany(statement, adopted)
        self._remember(find_records(cursor, (key for *_values, key in adopted)))

    def _erase_item(self, item: PersonToErase) -> None:
        """Erase a person or their remaining rows, and adopt the entries of the peer."""
        cursor = self.ledger.cursor
        key = incoming_erasures.find_known_person(cursor, item)
        if key is not None:
            live_count = count_live_people(cursor)
            item.counts = self.erase_person(self.ledger, build_scope(cursor, key), item.rows[0].erased_on).rows
            self.erased_records[PERSON] += live_count - count_live_people(cursor)
            self.erased_count += 1
        for row in item.rows + item.dependents:
            cursor.execute("INSERT OR IGNORE INTO erasure (row_id, erased_on, ground, marks) VALUES (?, ?, ?, ?)", row)
            if row.marks == NO_PERSON:
                self._drop_record(row.row_id)
            else:
                add_marks(cursor, row.row_id, json.loads(row.marks))
                self.has_new_marks = True
        if item is self.erasures.remaining_rows:
            self.erased_records.update(table for table, _effect in item.counts.elements())

    def _drop_record(self, key: RowKey) -> None:
        cursor = self.ledger.cursor
        with without_guards(cursor):
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
        incoming = {(change.table, change.row_id) for change in self.sides.peer}
        with without_guards(cursor):
            for person_scope in scopes:
                erasure = PersonErasure(cursor, person_scope, self.rewrite_file, self.ledger)
                erasure.redact_records(incoming)
                record_dropped(cursor, erasure.dropped, person_scope.keys[0])
            if address_scope:
                erasure = PersonErasure(cursor, address_scope, self.rewrite_file, self.ledger)
                erasure.redact_records(None if self.has_new_marks else incoming)
        self.resolve_records(self.projections)
        request_compaction(cursor)
        self.ledger.schedule_reindex()
