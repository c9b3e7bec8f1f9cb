"""The merge of two journals: missing changes are inserted, and the touched records are replayed.

It is a union of sets: repeated, partial or reordered merges give the same result. It runs in one transaction.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlcipher3 import dbapi2

from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import NO_KEY, RowKey
from ahtc_tui.domain.privacy.person_mentions import ANONYMOUS_PERSON
from ahtc_tui.domain.replication.chains import ChainFault, ChainFaultKind
from ahtc_tui.store.journal import parked_lines
from ahtc_tui.store.journal.chain import JOURNAL_ORDER, compute_redacted_digest, read_journal
from ahtc_tui.store.journal.chain_check import (
    NOTHING_KNOWN,
    ChainCheck,
    find_withheld,
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
from ahtc_tui.store.privacy.erasure import (
    PersonErasure,
    confirm_redactions,
    cut_step_labels,
    delete_changes,
    record_dropped,
    without_guards,
)
from ahtc_tui.store.privacy.erasure_register import (
    ErasedPerson,
    add_erased,
    build_erased_test,
    hash_name,
    list_erased_keys,
    read_salt,
    request_compaction,
)
from ahtc_tui.store.privacy.erasure_scope import PersonScope, add_marks, build_scope
from ahtc_tui.store.records import references
from ahtc_tui.store.records.cursor import RecordKey, defer_foreign_keys
from ahtc_tui.store.records.fields import DEVICE, read_setting
from ahtc_tui.store.records.rows import select_value
from ahtc_tui.store.replication import (
    erased_names,
    incoming_erasures,
    line_screening,
    merge_log,
    merge_rules,
    peer_database,
)
from ahtc_tui.store.replication.erased_names import FurtherNames
from ahtc_tui.store.replication.incoming_erasures import ErasureAnswer, ErasurePlan, PersonToErase
from ahtc_tui.store.replication.line_checks import LineChecks, describe_constraint
from ahtc_tui.store.replication.line_screening import Screening
from ahtc_tui.store.replication.merge_log import Pair
from ahtc_tui.store.replication.merge_rules import Renumbered, Sides

if TYPE_CHECKING:
    from ahtc_tui.store.journal.chain import ChangePlace, StoredChange
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

REWRITTEN = "rewritten"
"""The part of an erasure with changes that the other copy rewrote before this one had them."""
LABEL = "erase a person"
GROUND = "erased on another laptop"


@dataclass
class RewrittenChanges:
    """Changes that another copy rewrote for an erasure, and whose first words this copy never had.

    Nothing here shows that the other copy replaced only the person, so that a person sees each text first. Texts to
    which the laptop that wrote the change committed (`confirm_redactions`) are not among them.
    """

    key: RowKey
    """The erased person."""
    changes: list[StoredChange]
    is_accepted: bool


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
    accepts_erasure: ErasureAnswer = lambda _key, _part="": False
    """Whether a person accepted the erasure with this key, or a part of it."""
    takes_own_changes: bool = False
    """Whether a person took the changes under former devices of this copy."""
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
    further_names: list[FurtherNames] = field(default_factory=list)
    """Words that only the peer counts to erased persons."""
    rewritten: list[RewrittenChanges] = field(default_factory=list)
    """Changes that the peer rewrote before this copy had them, by erased person."""
    withheld: list[ChainFault] = field(default_factory=list)
    """Places that came in without their lines, although no erasure explains them."""
    chains: ChainCheck = field(default_factory=lambda: ChainCheck(NOTHING_KNOWN, set))
    """The check of the peer's chains: its new lines, and those that are refused."""
    _confirming: list[ChangePlace] = field(default_factory=list)
    """The places by which rewritten changes come in."""

    @property
    def faults(self) -> list[ChainFault]:
        """Lines that are refused or left out, because the chain of their device does not hold or has a gap."""
        return [*self.chains.faults, *self.withheld]

    @property
    def has_erased(self) -> bool:
        """Whether the merge erased somebody, or further names of somebody."""
        destroyed = self.erasures.destroyed
        return bool(
            self.erased_count
            or (destroyed and destroyed.is_accepted)
            or any(item.is_accepted for item in self.further_names)
        )

    def run(self) -> None:
        """Run the merge. What it stores is part of its step, or of steps of its own for erasures."""
        cursor = self.ledger.cursor
        self.tables = TableWriter(cursor)
        defer_foreign_keys(cursor)
        self._apply_erasures()
        self._check_chains(cursor)
        local = peer_database.read_stored_changes(cursor, self.chains.known.changes - self.peer_ids)
        local, incoming, left_out = self._separate_erased(local)
        self.screening = line_screening.screen_lines(cursor, self.peer, incoming, self.refused_records)
        for change in self.chains.dependent:
            self.screening.refuse(change, line_screening.describe_missing_record())
        self.sides = Sides(local, self.screening.valid)
        if self.sides.peer:
            self._store_lines([*left_out, *map(place_of, self.screening.left_out)])
        self._redact_further_names()

    def _store_lines(self, left_out: list[ChangePlace]) -> None:
        """Store the valid lines of the peer, with the places that are needed to follow their chains."""
        cursor, screening = self.ledger.cursor, self.screening
        merge_log.forget_absent_changes(cursor)
        peer_database.insert_changes(cursor, screening.steps, screening.valid)
        forget_places(cursor)
        step = self.ledger.store_step()
        places = self._store_places(left_out)
        created_tables = {change.table for changes in self.sides for change in changes if change.field == ROW}
        shared = find_shared_numbers(cursor, self.peer, created_tables)
        self._remember({(change.table, change.row_id) for change in self.sides.peer})
        merge_log.record_merge(cursor, step, {change.id for change in self.sides.peer} | places)
        references.record_raised_numbers(cursor, step, references.raise_numbers(cursor, screening.counters))
        self._apply_rules()
        self._redact_incoming()
        if self.tables.renumber(shared, shared) or len(self.projections) > REBUILD_LIMIT:
            self.ledger.schedule_reindex()

    def _store_places(self, left_out: list[ChangePlace]) -> set[RowKey]:
        """Store the places of lines that do not come in and that a line follows which does; return their ids."""
        last: dict[str, int] = {}
        ends = [(change.device, change.position) for change in self.screening.valid]
        # Places that confirm a text are stored without a line after them: the next copy needs them as well.
        ends += [(place.device, place.position + 1) for place in self._confirming if place.position is not None]
        for device, position in ends:
            last[device] = max(position or 0, last.get(device, 0))
        pending = {row.row_id for item in self.erasures.pending for row in item.rows}
        missing = [place for place in self.chains.missing if place.row_id not in pending]
        stored = [
            place
            for place in (*left_out, *self.chains.missing)
            if place.position is not None and place.position < last.get(place.device, 0)
        ]
        keep_places(self.ledger.cursor, stored)
        keys = {place.id for place in stored}
        erased = list_erased_keys(self.ledger.cursor)
        self.withheld = find_withheld(self.ledger.cursor, erased, keys & {place.id for place in missing})
        return keys

    def _apply_rules(self) -> None:
        """Apply the rules that span records, then project the records."""
        ledger, sides = self.ledger, self.sides
        restored = merge_rules.protect_agreed_minutes(ledger, sides) | merge_rules.keep_parents(ledger, sides)
        removed, self.pairs = merge_rules.pair_duplicates(ledger, sides)
        self._remember(restored | removed)
        self.resolve_records(self.previous)
        self.renamed = merge_rules.rename_duplicates(ledger, self.tables, self.projections, set())
        self.resolve_records(self._remember(self.renamed))
        self.renumbered = merge_rules.renumber_duplicates(ledger, self.projections)
        self.resolve_records(self._remember(self.renumbered))
        self._write_records()

    def _write_records(self) -> None:
        """Write the records. Raises RecordsRefused where a table refuses some because of the peer's lines."""
        try:
            self.tables.write_records(self.projections)
        except dbapi2.IntegrityError as error:
            written = {(change.table, change.row_id) for change in self.sides.peer}
            refused = {
                record: describe_constraint(record[0], message, self.projections[record].values)
                for record, message in self.tables.find_refused(self.projections).items()
                if record in written
            }
            if refused:
                raise RecordsRefused(refused) from error
            sentence = _("{path}: no table accepts a change in the journal ({fault}). Nothing was changed.")
            raise BadFile(sentence.format(path=self.path, fault=error)) from error
        for table in {record[0] for record in self.projections}:
            parent = select_value(self.ledger.cursor, "SELECT parent FROM pragma_foreign_key_check(?)", (table,))
            if parent:
                sentence = _("{path}: the journal refers to a missing record of {table}. Nothing was changed.")
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
        for row, values in self.tables.read_stored_records(rows - self.previous.keys()).items():
            self.previous[row] = values
            self.ledger.invalidate(*row)
        return rows

    def _check_chains(self, cursor: Cursor) -> None:
        """Follow the chains of the peer, and sort out the lines that do not hold."""
        self.chains = ChainCheck(
            read_known_chains(cursor),
            lambda: peer_database.list_records(cursor),
            read_verified_rows(cursor),
            takes_offered=self.takes_own_changes,
        )
        changes = read_journal(self.peer)
        self.peer_ids = {change.id for change in changes}
        self.chains.run(self.peer, changes)
        device = read_setting(cursor, DEVICE)
        if any(fault.device == device and fault.reason in CLOSING_FAULTS for fault in self.chains.faults):
            close_device(cursor)

    def _separate_erased(
        self, local: list[StoredChange]
    ) -> tuple[list[StoredChange], list[StoredChange], list[ChangePlace]]:
        """Return the changes that only one side has, and the places of those that do not come in.

        Left out are those of erased records, of pending erasures, and rewritten ones that nobody accepted.
        """
        is_erased = build_erased_test(self.ledger.cursor)
        held_back = incoming_erasures.list_held_back_changes(self.peer, self.erasures)
        incoming: list[StoredChange] = []
        places = list(self.chains.places)
        for change in sorted((*self.chains.accepted, *self._take_rewritten(places)), key=JOURNAL_ORDER):
            if change.id in held_back or is_erased(change.table, change.row_id):
                places.append(place_of(change))
            else:
                incoming.append(change)
        return [change for change in local if not is_erased(change.table, change.row_id)], incoming, places

    def _take_rewritten(self, places: list[ChangePlace]) -> Iterator[StoredChange]:
        """Yield the rewritten changes that their laptops confirm, and, without author, those that a person accepted.

        A change without the form of its table is yielded as well: screening refuses it by name, so nobody is asked.
        """
        by_person: dict[RowKey, list[StoredChange]] = {}
        salt = read_salt(self.ledger.cursor) or b""
        checks = LineChecks(self.ledger.cursor)
        for change in self.chains.rewritten:
            if place := self._find_confirmation(change, salt):
                self._confirming.append(place)
                yield change
            elif checks.find_fault(change):
                yield change
            else:
                by_person.setdefault(change.erased_by or NO_KEY, []).append(change)
        for key, changes in by_person.items():
            item = RewrittenChanges(key, changes, self.accepts_erasure(key, REWRITTEN))
            self.rewritten.append(item)
            for change in changes:
                if item.is_accepted:
                    yield change._replace(user=ANONYMOUS_PERSON)
                else:
                    places.append(place_of(change))

    def _find_confirmation(self, change: StoredChange, salt: bytes) -> ChangePlace | None:
        """Return the place in which the laptop that wrote a change commits to its redacted text."""
        try:
            return self.chains.confirmed.get((change.device, compute_redacted_digest(salt, change)))
        except (TypeError, ValueError):
            return None

    def _apply_erasures(self) -> None:
        """Carry out the accepted erasures, as far as this copy itself finds what belongs to the persons."""
        cursor = self.ledger.cursor
        self.erasures = incoming_erasures.plan_erasures(cursor, self.peer, self.accepts_erasure)
        incoming_erasures.count_effects(cursor, self.erasures, self.rewrite_file)
        for item in self.erasures.all_items:
            if item.is_accepted:
                self._erase_item(item)

    def _erase_item(self, item: PersonToErase) -> None:
        """Erase a person, or rows of erased persons."""
        cursor = self.ledger.cursor
        is_destroyed = item is self.erasures.destroyed
        is_person = not is_destroyed and item is not self.erasures.remaining_rows
        key = incoming_erasures.find_known_person(cursor, item) if is_person else None
        if key is not None:
            live_count = count_live_people(cursor)
            item.counts = self.erase_person(self.ledger, build_scope(cursor, key), item.rows[0].erased_on).rows
            self.erased_records[PERSON] += live_count - count_live_people(cursor)
            self.erased_count += 1
        else:
            self.ledger.start_separate_step(LABEL, "erase").store_step()
        for row in item.rows if is_person else ():
            # A person whom this copy never had is known by the key alone.
            own_mark = hash_name(row.row_id.hex(), read_salt(cursor, create=True) or b"")
            add_erased(cursor, ErasedPerson(row.row_id, row.erased_on, (own_mark,)), GROUND)
        for row in item.dependents if is_person else item.rows:
            ground = row.ground if is_destroyed else GROUND
            add_erased(cursor, ErasedPerson(row.row_id, row.erased_on, ()), ground)
            if is_destroyed:
                cut_step_labels(cursor, row.row_id)
            self._drop_record(row.row_id)
        if is_destroyed:
            request_compaction(cursor)
        if not is_person:
            self.erased_records.update(table for table, _effect in item.counts.elements())

    def _drop_record(self, key: RowKey) -> None:
        cursor = self.ledger.cursor
        with without_guards(cursor):
            for (table,) in cursor.execute('SELECT DISTINCT "table" FROM change WHERE row_id = ?', (key,)).fetchall():
                delete_changes(cursor, table, key)
                cursor.execute(f'DELETE FROM "{table}" WHERE id = ?', (key,))
                self.ledger.schedule_reindex()

    def _redact_incoming(self) -> None:
        """Redact erased persons in the merged changes, by the names that this copy knows by their hashes."""
        cursor = self.ledger.cursor
        scopes = erased_names.build_known_scopes(cursor, self.peer, self.sides.peer)
        if not scopes:
            return
        incoming = {(change.table, change.row_id) for change in self.sides.peer}
        with without_guards(cursor):
            for person_scope in scopes:
                erasure = PersonErasure(cursor, person_scope, self.rewrite_file, self.ledger)
                erasure.redact_records(incoming)
                record_dropped(cursor, erasure.dropped, person_scope.erased_key)
                confirm_redactions(self.ledger, person_scope.erased_key)
        self.resolve_records(self.projections)
        request_compaction(cursor)
        self.ledger.schedule_reindex()

    def _redact_further_names(self) -> None:
        """List the words that only the peer counts to erased persons, and redact those that a person accepted."""
        cursor = self.ledger.cursor
        self.further_names = erased_names.find_further_names(cursor, self.peer, self.rewrite_file)
        for item in self.further_names:
            item.is_accepted = self.accepts_erasure(item.key, erased_names.NAMES)
            if not item.is_accepted:
                continue
            ledger = self.ledger.start_separate_step(LABEL, "erase")
            ledger.store_step()
            parked_lines.drop_lines(cursor)
            with without_guards(cursor):
                erasure = PersonErasure(cursor, item.scope, self.rewrite_file, ledger)
                erasure.redact_records(None)
            confirm_redactions(ledger, item.key)
            ledger.finish()
            add_marks(cursor, item.key, item.hashes)
            self.resolve_records(self._remember(erasure.touched))
            request_compaction(cursor)
            self.ledger.schedule_reindex()
