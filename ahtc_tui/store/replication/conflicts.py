"""Open conflicts: fields with concurrent values, and pairs of records that may be one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.record_names import format_record_noun
from ahtc_tui.domain.replication.conflicts import (
    Authorship,
    Conflict,
    ConflictReason,
    ConflictSide,
    name_conflict_field,
)
from ahtc_tui.domain.replication.text_merge import merge_texts
from ahtc_tui.store.journal.devices import read_lineage
from ahtc_tui.store.journal.ledger import read_changes
from ahtc_tui.store.journal.minutes_lock import LOCKED_TABLES
from ahtc_tui.store.journal.projection import TableWriter
from ahtc_tui.store.journal.replay import DELETED, HELD, Change, find_heads, list_field_values, replay_changes
from ahtc_tui.store.journal.value_formatter import ValueFormatter
from ahtc_tui.store.records.cursor import RecordKey, Table
from ahtc_tui.store.records.fields import read_device
from ahtc_tui.store.records.relations import REFERENCED_TABLES, holds_json, list_same_rows, read_owner_ref
from ahtc_tui.store.records.rows import select_row
from ahtc_tui.store.replication import merge_log

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor
    from ahtc_tui.store.replication.merge_log import Pair

ID_LENGTH = 12
"""Hexadecimal digits of the id of a conflict."""


class Side(NamedTuple):
    """One of two values, with its change."""

    value: Any
    change_id: RowKey


class _Step(NamedTuple):
    """The step that wrote a change."""

    id: RowKey
    kind: str


class _Author(NamedTuple):
    """Who wrote a change, on which device and when."""

    user: str
    device: str
    wall_ms: int


class OpenConflict(NamedTuple):
    """A conflict, with what its resolution needs."""

    record: RecordKey
    field: str
    sides: tuple[Side, ...]
    """Ours, theirs, then further ones."""
    shown: Conflict

    @property
    def ours(self) -> Side:
        """The value that was here first."""
        return self.sides[0]

    @property
    def theirs(self) -> Side:
        """The latest different value."""
        return self.sides[1]


class ConflictReader:
    """Reads the conflicts of this copy of the database."""

    def __init__(self, cursor: Cursor, *, iso_dates: bool = False) -> None:
        self.cursor, self._iso_dates = cursor, iso_dates
        self.tables = TableWriter(cursor)
        self._formatters: dict[Table, ValueFormatter] = {}

    @cached_property
    def merge_sequence(self) -> dict[RowKey, int]:
        """The sequence number of the first merge that brought a change, by change."""
        return merge_log.read_merge_sequence(self.cursor)

    def has_merged_change(self, conflict: OpenConflict, change_ids: set[RowKey] | None = None) -> bool:
        """Whether a merge brought a change, or one of these, to a record of the conflict."""
        records = (
            [conflict.record, (conflict.record[0], conflict.theirs.value)] if not conflict.field else [conflict.record]
        )
        return any(
            change.id in self.merge_sequence and (change_ids is None or change.id in change_ids)
            for record in records
            for change in self._read_same_rows(record)
        )

    def _read_same_rows(self, record: RecordKey) -> list[Change]:
        """Return the changes of a record; of a contact those of both rows."""
        rows = list_same_rows(self.cursor, *record)
        return [change for row in rows for change in read_changes(self.cursor, *row)]

    def list_record_conflicts(self, record: RecordKey) -> Iterator[OpenConflict]:
        """Yield the conflicts of a record."""
        changes = read_changes(self.cursor, *record)
        if not changes:
            return
        [(_record, (state, _values))] = self.tables.resolve_records([record], {record: changes})
        if state.values[DELETED] and not state.values.get(HELD):
            return
        for field in sorted(state.conflicts):
            if state.values.get(HELD) and field != HELD:
                continue
            field_changes = self._read_same_rows(record) if field == DELETED else changes
            if (conflict := self._build_field_conflict(record, field, field_changes)) is not None:
                yield conflict

    def _build_field_conflict(self, record: RecordKey, field: str, changes: list[Change]) -> OpenConflict | None:
        heads = [Side(value, change.id) for change, value in find_heads(changes, field)]
        why = ConflictReason.WRITTEN
        if field == HELD:
            creation = changes[0]
            heads, why = [Side(True, heads[-1].change_id), Side(False, creation.id)], ConflictReason.HELD
        elif field == DELETED:
            heads, why = _find_removal_sides(changes, heads), ConflictReason.REMOVED
        sides = self._pick_sides(heads, changes)
        if sides is None:
            return None
        if why is not ConflictReason.REMOVED and record[0] in LOCKED_TABLES and self._is_agreed(record):
            why = ConflictReason.AGREED
        if field == HELD and not sides[0].value:
            sides = [sides[1], sides[0]]
        return OpenConflict(record, field, tuple(sides), self._build_conflict(record, field, sides, changes, why))

    def _pick_sides(self, heads: list[Side], changes: list[Change]) -> list[Side] | None:
        """Return the concurrent value that was here first, the latest different one, and further different ones."""
        if not heads:
            return None
        latest_first = heads[::-1]
        ours = min(latest_first, key=lambda side: self.merge_sequence.get(self.find_origin(side, changes), 0))
        differing: dict[str, Side] = {}
        for side in latest_first:
            if side.value != ours.value:
                differing.setdefault(json.dumps(side.value), side)
        return [ours, *differing.values()] if differing else None

    def find_origin(self, side: Side, changes: list[Change]) -> RowKey:
        """Return the first change with the value, where undo, redo or a merge repeated it."""
        if not self._is_repetition(side.change_id):
            return side.change_id
        by_id = {change.id: change for change in changes}
        field = by_id[side.change_id].field
        pending, visited = [side.change_id], {side.change_id}
        while pending:
            for parent in by_id[pending.pop()].parents - visited:
                if parent not in by_id:
                    return parent
                visited.add(parent)
                pending.append(parent)
        origins = list_field_values((change for change in changes if change.id in visited), field)
        return next((change.id for change, value in origins if value == side.value), side.change_id)

    def _is_repetition(self, change_id: RowKey) -> bool:
        query = 'SELECT s.kind, s.id FROM step s JOIN change c ON c."transaction" = s.id WHERE c.id = ?'
        step = select_row(self.cursor, _Step, query, (change_id,))
        return step is not None and (step.kind in ("undo", "redo") or step.id in self._merge_steps)

    @cached_property
    def _merge_steps(self) -> set[RowKey]:
        return merge_log.read_merge_steps(self.cursor)

    def _is_agreed(self, record: RecordKey) -> bool:
        query = f'SELECT m.minutes_state FROM meetings m JOIN "{record[0]}" r ON r.meeting = m.id WHERE r.id = ?'
        meeting = self.cursor.execute(query, (record[1],)).fetchone()
        return bool(meeting and meeting[0] == "agreed")

    def _build_conflict(
        self, record: RecordKey, field: str, sides: list[Side], changes: list[Change], why: ConflictReason
    ) -> Conflict:
        table = record[0]
        ref, title = self.read_label(record)
        values = [self._format_value(table, field, side.value, changes) for side in sides]
        authors = [self.read_author(self.find_origin(side, changes)) for side in sides]
        shown = self.tables.resolve_record(record).state.values.get(field)
        kind = format_record_noun(table, 1)
        base = None if field in (DELETED, HELD) else _find_base(changes, field, [side.change_id for side in sides])
        return Conflict(
            id=build_conflict_id(table, record[1].hex(), field, *sorted(json.dumps(side.value) for side in sides)),
            ref=ref,
            kind=kind,
            table=table,
            field=name_conflict_field(table, field, own_ref=table in REFERENCED_TABLES),
            ours=values[0],
            theirs=values[1],
            base=self._format_value(table, field, base, changes) if base is not None else None,
            shown=self._format_value(table, field, shown, changes),
            ours_by=authors[0],
            theirs_by=authors[1],
            why=why,
            title=title,
            sides=tuple(map(self.build_side, values, authors)),
            merged=self._merge_values(table, field, base, sides),
        )

    def _merge_values(self, table: Table, field: str, base: Any, sides: list[Side]) -> str | None:
        """Return the text with the changes of every side; None where it is not text, or they touch."""
        values = [side.value for side in sides]
        columns = self.tables.read_columns(table)
        if field in columns.keys | columns.dates or holds_json(table, field):
            return None
        return merge_texts(base, values) if all(isinstance(text, str) for text in (base, *values)) else None

    def build_side(self, value: str | None, author: Authorship | None) -> ConflictSide:
        """Return a value with its author."""
        if author is None:
            return ConflictSide(value, None, None, None, None)
        is_local = author.device in self._own_devices
        return ConflictSide(value, author.user, author.device, author.at.date(), author.at, is_local)

    @cached_property
    def _own_devices(self) -> set[str]:
        return {read_device(self.cursor), *(former.device for former in read_lineage(self.cursor))}

    def _format_value(self, table: Table, field: str, value: Any, changes: list[Change]) -> str | None:
        if field == HELD:
            values = replay_changes(changes).values
            return _("hidden") if value else str(values.get("text") or values.get("title") or _("visible"))
        if field == DELETED:
            return _("removed") if value else _("not removed")
        return self.build_formatter(table).format_value(field, value)

    def build_formatter(self, table: Table) -> ValueFormatter:
        """Return the formatter of the values of a table."""
        if table not in self._formatters:
            self._formatters[table] = ValueFormatter(self.cursor, table, iso_dates=self._iso_dates)
        return self._formatters[table]

    def read_author(self, change_id: RowKey) -> Authorship | None:
        """Return who wrote a change, and when."""
        query = "SELECT user, device, wall_ms FROM change WHERE id = ?"
        author = select_row(self.cursor, _Author, query, (change_id,))
        return author and Authorship(author.user, author.device, datetime.fromtimestamp(author.wall_ms / 1000, UTC))

    def read_label(self, record: RecordKey) -> tuple[str, str | None]:
        """Return the reference of a record, or of its parent, and its title."""
        table, key = record
        values = self.tables.read_record(record) or {}
        title = next((str(values[name]) for name in ("title", "name", "text", "subject") if values.get(name)), None)
        if values.get("ref"):
            return values["ref"], title
        return read_owner_ref(self.cursor, table, key) or format_record_noun(table, 1), title


def _find_removal_sides(changes: list[Change], heads: list[Side]) -> list[Side]:
    """Return the removal and the latest write that it had not seen, or a restore."""
    removals = [side for side in heads if side.value]
    if len({side.value for side in heads}) > 1 or not removals:
        return heads
    seen_ids = {parent for change in changes if change.field == DELETED for parent in change.parents}
    unseen = [change for change in changes if change.field != DELETED and change.id not in seen_ids]
    return [*removals[-1:], *(Side(False, change.id) for change in unseen[-1:])]


def _find_base(changes: list[Change], field: str, change_ids: list[RowKey]) -> Any:
    """Return the last value that all these changes replaced, directly or not."""
    positions = {
        change.id: (position, change, value)
        for position, (change, value) in enumerate(list_field_values(changes, field))
    }
    ancestors = []
    for change_id in change_ids:
        pending, visited = [change_id], set()
        while pending:
            for parent in positions[pending.pop()][1].parents:
                if parent in positions and parent not in visited:
                    visited.add(parent)
                    pending.append(parent)
        ancestors.append(visited)
    sides = [positions[change_id][2] for change_id in change_ids]
    common = [positions[change_id] for change_id in set.intersection(*ancestors)]
    preferred = [change for change in common if change[2] not in sides]
    return max(preferred or common, key=itemgetter(0))[2] if common else None


def build_conflict_id(*parts: str) -> str:
    """Return an id that every copy derives alike."""
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:ID_LENGTH]


def list_open_conflicts(reader: ConflictReader) -> list[OpenConflict]:
    """Return every open conflict by reference."""
    records = merge_log.list_conflicting_records(reader.cursor)
    conflicts = [conflict for record in records for conflict in reader.list_record_conflicts(record)]
    conflicts += list_pair_conflicts(reader)
    return sorted(conflicts, key=lambda conflict: (conflict.shown.ref, conflict.field, conflict.shown.id))


def list_pair_conflicts(reader: ConflictReader) -> list[OpenConflict]:
    """Return the open conflicts between two records."""
    pairs = merge_log.list_duplicate_pairs(reader.cursor)
    conflicts = (_build_pair_conflict(reader, pair) for pair in pairs)
    return [conflict for conflict in conflicts if conflict]


def _build_pair_conflict(reader: ConflictReader, pair: Pair) -> OpenConflict | None:
    """Return the conflict of two records; None where one is removed or they were declared to be two."""
    table, *keys = pair
    records = [(table, key) for key in keys]
    journals = [read_changes(reader.cursor, *record) for record in records]
    if not all(journals) or any(reader.tables.resolve_record(record).state.values[DELETED] for record in records):
        return None
    if _is_resolved_pair(reader.cursor, pair):
        return None
    creation_ids = [journal[0].id for journal in journals]
    first_sequence, second_sequence = (reader.merge_sequence.get(change_id, 0) for change_id in creation_ids)
    if first_sequence > second_sequence:
        records, creation_ids = records[::-1], creation_ids[::-1]
    labels = [reader.read_label(record) for record in records]
    titles = (
        [title for _ref, title in labels]
        if table == "actions"
        else [_format_record(reader, record) for record in records]
    )
    authors = [reader.read_author(change_id) for change_id in creation_ids]
    shown = Conflict(
        id=build_conflict_id("pair", table, *(key.hex() for key in keys)),
        ref=labels[0][0],
        kind=format_record_noun(table, 1),
        table=table,
        field="same_record",
        ours=titles[0],
        theirs=titles[1],
        base=None,
        shown=_("both"),
        ours_by=authors[0],
        theirs_by=authors[1],
        why=ConflictReason.TWICE,
        title=labels[0][1],
        other_ref=labels[1][0],
        sides=tuple(map(reader.build_side, titles, authors)),
    )
    sides = tuple(Side(record[1], change_id) for record, change_id in zip(records, creation_ids, strict=True))
    return OpenConflict(records[0], "", sides, shown)


def _format_record(reader: ConflictReader, record: RecordKey) -> str:
    formatter = reader.build_formatter(record[0])
    values = reader.tables.resolve_record(record).state.values
    shown = (
        formatter.format_value(name, value)
        for name, value in sorted(values.items())
        if name not in (DELETED, HELD, "ref")
    )
    return ", ".join(value for value in shown if value)


def _is_resolved_pair(cursor: Cursor, pair: Pair) -> bool:
    """Whether a change of one record has a parent in the other and is not undone."""
    table, left, right = pair
    change_ids = {key: {change.id for change in read_changes(cursor, table, key)} for key in (left, right)}
    for key, opposite in ((left, right), (right, left)):
        for change in read_changes(cursor, table, key):
            if change.parents & change_ids[opposite] and not _is_reversed(cursor, change.id):
                return True
    return False


def _is_reversed(cursor: Cursor, change_id: RowKey) -> bool:
    (step,) = cursor.execute('SELECT "transaction" FROM change WHERE id = ?', (change_id,)).fetchone()
    return len(merge_log.list_reversals(cursor, step)) % 2 == 1
