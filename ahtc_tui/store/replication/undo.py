"""Undo and redo: each reverses one step by another step, so both work after a restart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Set
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.history import MergedWork, ReversibleStep
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import NO_KEY, RowKey
from ahtc_tui.store.journal import parked_lines
from ahtc_tui.store.journal.chain import KEEP_PLACES
from ahtc_tui.store.journal.chain_check import forget_places
from ahtc_tui.store.journal.devices import OWN_STEPS, assign_new_device
from ahtc_tui.store.journal.ledger import read_changes
from ahtc_tui.store.journal.parked_lines import NUMBERS, ParkedLine
from ahtc_tui.store.journal.projection import Projection, TableWriter, add_same_rows
from ahtc_tui.store.journal.replay import ROW
from ahtc_tui.store.privacy.erasure import without_guards
from ahtc_tui.store.records.cursor import KEYS, RecordKey, Table, build_placeholders, encode_keys
from ahtc_tui.store.records.references import RaisedNumber, lower_numbers, raise_numbers_again, read_raised_numbers
from ahtc_tui.store.records.relations import PARENT_OF
from ahtc_tui.store.records.rows import select_column, select_mapping, select_row, select_rows, select_value
from ahtc_tui.store.replication import merge_log
from ahtc_tui.store.replication.compensating_changes import Reversal
from ahtc_tui.store.replication.merge_rules import rename_duplicates

if TYPE_CHECKING:
    from ahtc_tui.store.engine.database import Database
    from ahtc_tui.store.journal.ledger import Ledger
    from ahtc_tui.store.records.cursor import Cursor


class _Step(NamedTuple):
    """A step of a chain of undo and redo, and the one that it reverses."""

    id: RowKey
    seq: int
    kind: str
    reverses: RowKey | None


class _Line(NamedTuple):
    """What is needed of a change to park it."""

    id: RowKey
    device: str
    transaction: RowKey
    table: Table
    row_id: RowKey
    field: str


LINE_QUERY = "SELECT {} FROM change c".format(", ".join(f'c."{name}"' for name in _Line._fields))


class AppliedMerge(NamedTuple):
    """A merge that is in force, and the changes that its undo parks."""

    seq: int
    """Sequence number of the step that ran or redid it."""
    lines: dict[RowKey, _Line]
    """By id."""
    own: Set[RowKey]
    """Ids of those that this copy wrote, in the merge or later."""
    later: Set[RowKey]
    """Ids of those that this copy wrote later, and has undone."""
    places: Set[RowKey]
    """Ids of changes whose places it brought without them."""
    numbers: list[RaisedNumber]
    """The last numbers of references that it raised."""

    @property
    def records(self) -> set[RecordKey]:
        """The records of the changes."""
        return {(line.table, line.row_id) for line in self.lines.values()}


def find_applied_merge(cursor: Cursor, step: RowKey) -> AppliedMerge | None:
    """Return the merge that a step ran or redid; None for any other step.

    A merge that an older version of ahtc undid by writing the former values is any other step.
    """
    chain = _list_chain(cursor, step)
    if len(chain) % 2 == 0:
        return None
    merge, reversals = chain[0], chain[1:]
    merged_ids = merge_log.changes_of_merge(cursor, merge.id)
    merged_lines = _read_lines(cursor, merged_ids)
    if merge.kind != "do" or not merged_lines or any(_has_changes(cursor, reversal.id) for reversal in reversals):
        return None
    own = {line.id: line for line in _list_own_lines(cursor, chain)}
    later = {key for key, line in own.items() if line.transaction != merge.id}
    places, numbers = merged_ids - merged_lines.keys(), read_raised_numbers(cursor, merge.id)
    return AppliedMerge(chain[-1].seq, merged_lines | own, own.keys(), later, places, numbers)


def _list_chain(cursor: Cursor, step: RowKey) -> list[_Step]:
    """Return a step after those that it reverses, directly or not: the merge, its undo, the redo, and so on."""
    chain: list[_Step] = []
    key: RowKey | None = step
    while key:
        row = select_row(cursor, _Step, "SELECT id, seq, kind, reverses FROM step WHERE id = ?", (key,))
        if row is None:
            break
        chain.insert(0, row)
        key = row.reverses
    return chain


def _has_changes(cursor: Cursor, step: RowKey) -> bool:
    return cursor.execute('SELECT 1 FROM change WHERE "transaction" = ? LIMIT 1', (step,)).fetchone() is not None


def _read_lines(cursor: Cursor, change_ids: Iterable[RowKey]) -> dict[RowKey, _Line]:
    lines = (select_row(cursor, _Line, f"{LINE_QUERY} WHERE c.id = ?", (key,)) for key in change_ids)
    return {line.id: line for line in lines if line is not None}


def _list_own_lines(cursor: Cursor, chain: list[_Step]) -> list[_Line]:
    """Return what this copy wrote in the merge and while it was in force."""
    lines: list[_Line] = []
    for applied, undo in zip(chain[::2], [*chain[1::2], None], strict=True):
        query = (
            f'WITH own AS ({OWN_STEPS}) {LINE_QUERY} JOIN own s ON s.id = c."transaction"'
            " WHERE s.seq >= ? AND s.seq < ? AND s.kind IN ('do', 'undo', 'redo')"
        )
        lines += select_rows(cursor, _Line, query, (applied.seq, undo.seq if undo else 2**62))
    return lines


def describe_merge(cursor: Cursor, merge: AppliedMerge) -> MergedWork:
    """Return what the undo of a merge would take out of this copy."""
    merged = [line for key, line in merge.lines.items() if key not in merge.later]
    records = {(line.table, line.row_id) for line in merged}
    created = {(line.table, line.row_id) for line in merged if line.field == ROW}
    devices = [line.device for key, line in merge.lines.items() if key not in merge.own]
    tables = TableWriter(cursor)
    leaving: Counter[str] = Counter()
    for record in created:
        values = tables.read_record(record) or {"deleted": 1}
        parent, column = PARENT_OF.get(record[0], (None, ""))
        is_part = parent is not None and ((parent, values.get(column) or record[1]) in created or column == "id")
        if not (values["deleted"] or is_part):
            leaving[record[0]] += 1
    return MergedWork(
        tuple(device for device, _count in Counter(devices).most_common()),
        tuple(leaving.most_common()),
        len(records - created),
    )


def undo_merge(ledger: Ledger, merge: AppliedMerge, step: RowKey, label: str) -> None:
    """Park the lines of a merge in a step that reverses it. Raises Refused where something live depends on them."""
    cursor = ledger.cursor
    tables = TableWriter(cursor)
    _refuse_live_work(tables, merge, label)
    if merge.own:
        assign_new_device(cursor)
    undo = ledger.begin_reversal(step, label)
    lines = _collect_lines(cursor, merge, step)
    lines += _take_out_places(cursor, lines, merge.places)
    with without_guards(cursor):
        cursor.executemany("DELETE FROM change WHERE id = ?", [(key,) for key in merge.lines])
    lines = [*_remove_steps(cursor, merge), *lines]
    vanished = {record for record in merge.records if not read_changes(cursor, *record)}
    lower_numbers(cursor, merge.numbers, vanished)
    first_numbers = _remove_records(cursor, vanished)
    lines += [ParkedLine(NUMBERS, {"table": table, "first": first}) for table, first in first_numbers.items()]
    merge_log.reopen_pairs(cursor, step)
    _project_records(ledger, tables, merge.records - vanished)
    _renumber(ledger, tables, first_numbers)
    parked_lines.store_lines(cursor, undo, lines)
    if cursor.execute("PRAGMA foreign_key_check").fetchone():
        raise _build_refusal(label)


def redo_merge(ledger: Ledger, undo: RowKey, label: str) -> bool:
    """Put back what the undo of a merge parked, in a step that reverses it; return whether the step undid a merge.

    Raises Refused where the parked lines were dropped.
    """
    cursor = ledger.cursor
    lines = parked_lines.read_lines(cursor, undo)
    if not lines:
        merge = _list_chain(cursor, undo)[0]
        if merge_log.changes_of_merge(cursor, merge.id) and not _has_changes(cursor, undo):
            raise Refused(_('"{label}" cannot be redone. Run it again.').format(label=label))
        return False
    ledger.begin_reversal(undo, label)
    for line in lines:
        if line.source != NUMBERS:
            parked_lines.put_back(cursor, line)
    forget_places(cursor)
    parked_lines.drop_lines(cursor, undo)
    raise_numbers_again(cursor, read_raised_numbers(cursor, _list_chain(cursor, undo)[0].id))
    tables = TableWriter(cursor)
    records = {(line.values["table"], line.values["row_id"]) for line in lines if line.source == "change"}
    _project_records(ledger, tables, records)
    _renumber(ledger, tables, {line.values["table"]: line.values["first"] for line in lines if line.source == NUMBERS})
    return True


def _refuse_live_work(tables: TableWriter, merge: AppliedMerge, label: str) -> None:
    """Raise Refused where a later line that stays replaces one of the merge, or belongs to a record that it added.

    A line that was here before the merge may replace one of it: its copy lacked that line.
    """
    for record in sorted(merge.records):
        remaining = [change for change in read_changes(tables.cursor, *record) if change.id not in merge.lines]
        is_record_here = not remaining or any(change.field == ROW for change in remaining)
        if is_record_here and all(merge.lines.keys().isdisjoint(change.parents) for change in remaining):
            continue
        if any(merge_log.find_arrival(tables.cursor, change.id) >= merge.seq for change in remaining):
            values = tables.read_record(record) or {}
            raise _build_refusal(label, values.get("ref") or "")


def _build_refusal(label: str, ref: str = "") -> Refused:
    if not ref:
        return Refused(_('"{label}" cannot be undone, because later work depends on it.').format(label=label))
    sentence = _('"{label}" cannot be undone, because later work on {ref} depends on it.')
    return Refused(sentence.format(label=label, ref=ref))


def _collect_lines(cursor: Cursor, merge: AppliedMerge, step: RowKey) -> list[ParkedLine]:
    """Return the lines of a merge and its open pairs, as a redo needs them."""
    changes = [line for key in merge.lines for line in parked_lines.take_out(cursor, "change", "id = ?", (key,))]
    changes.sort(key=lambda line: (line.values["seq"], line.values["wall_ms"], line.values["id"]))
    created = {line.row_id for line in merge.lines.values() if line.field == ROW}
    pairs = parked_lines.take_out(cursor, "duplicate_pair", "1", ())
    kept = [
        pair
        for pair in pairs
        if {pair.values["first"], pair.values["second"]} & created or pair.values["resolved_by"] == step
    ]
    return changes + kept


def _take_out_places(cursor: Cursor, lines: list[ParkedLine], merged: Set[RowKey]) -> list[ParkedLine]:
    """Take out the places that the merge brought or that follow parked changes.

    Those that a remaining change follows are kept, that of a parked change as well: its chain leads past them.
    """
    parked = [line.values for line in lines if line.source == "change" and line.values["position"]]
    first_positions: dict[str, int] = {}
    for values in parked:
        first = first_positions.get(values["device"], values["position"])
        first_positions[values["device"]] = min(first, values["position"])
    places: list[ParkedLine] = []
    for device, first in first_positions.items():
        kept = {values["id"] for values in parked if values["device"] == device}
        chain = "SELECT id AS key, position AS value FROM change WHERE device = ? AND position > ?"
        places_after = select_mapping(cursor, chain, (device, first))
        last = max((position for key, position in places_after.items() if key not in kept), default=0)
        for values in parked:
            if values["device"] == device and values["position"] < last:
                cursor.execute(f"{KEEP_PLACES} WHERE id = ?", (values["id"],))
        condition = "device = ? AND position > ?"
        places += parked_lines.take_out(cursor, "missing_change", condition, (device, max(first, last)))
        cursor.execute(f"DELETE FROM missing_change WHERE {condition}", (device, max(first, last)))
    last_remaining = f"""SELECT device AS key, max(position) AS value FROM change WHERE id NOT IN {KEYS.format("?")}
 GROUP BY device"""
    parked_keys = encode_keys(values["id"] for values in parked)
    last_positions = select_mapping(cursor, last_remaining, (parked_keys,)) if merged else {}
    for key in merged:
        for place in parked_lines.take_out(cursor, "missing_change", "id = ?", (key,)):
            if place.values["position"] > (last_positions.get(place.values["device"]) or 0):
                places.append(place)
                cursor.execute("DELETE FROM missing_change WHERE id = ?", (key,))
    return places


def _remove_steps(cursor: Cursor, merge: AppliedMerge) -> list[ParkedLine]:
    """Remove the steps of other copies that have no change any more; return them, the newest last."""
    own = set(select_column(cursor, f"SELECT id FROM ({OWN_STEPS})"))
    pending = {line.transaction for line in merge.lines.values()} - own
    removed: list[ParkedLine] = []
    while pending:
        key = max(pending, key=lambda step: (_read_seq(cursor, step), step))
        pending.remove(key)
        if _has_changes(cursor, key) or select_value(cursor, "SELECT 1 FROM step WHERE reverses = ?", (key,)):
            continue
        for line in parked_lines.take_out(cursor, "step", "id = ?", (key,)):
            cursor.execute("DELETE FROM step WHERE id = ?", (key,))
            removed.insert(0, line)
            pending |= {line.values["reverses"]} - own - {None}
    return removed


def _read_seq(cursor: Cursor, step: RowKey) -> int:
    return select_value(cursor, "SELECT seq FROM step WHERE id = ?", (step,)) or 0


def _remove_records(cursor: Cursor, records: Iterable[RecordKey]) -> dict[Table, int]:
    """Delete the rows of records that have no journal any more; return the first number that each table lost."""
    first_numbers: dict[Table, int] = {}
    for table, key in records:
        row = cursor.execute(f'SELECT n FROM "{table}" WHERE id = ?', (key,)).fetchone()
        if row:
            first_numbers[table] = min(row[0], first_numbers.get(table, row[0]))
        cursor.execute(f'DELETE FROM "{table}" WHERE id = ?', (key,))
        cursor.execute('DELETE FROM conflicting_record WHERE "table" = ? AND row_id = ?', (table, key))
        cursor.execute('DELETE FROM duplicate_pair WHERE "table" = ?1 AND ?2 IN (first, second)', (table, key))
    return first_numbers


def _project_records(ledger: Ledger, tables: TableWriter, records: Iterable[RecordKey]) -> None:
    rows = add_same_rows(ledger.cursor, records)
    projections = dict(tables.resolve_records(rows))
    for record in rename_duplicates(ledger, tables, projections, set()):
        projections[record] = tables.resolve_record(record)
    tables.write_records(projections)
    merge_log.update_conflicting_records(ledger.cursor, projections)
    for record in projections:
        ledger.invalidate(*record)


def _renumber(ledger: Ledger, tables: TableWriter, first_numbers: dict[Table, int]) -> None:
    """Number the records from these numbers on in the order of creation, and rebuild the search index."""
    for table, first in first_numbers.items():
        tables.renumber([table], {table: first - 1})
    if first_numbers:
        ledger.schedule_reindex()


ProgressReport = Callable[[int, int], None]
"""Receives the number of records that are done, and of all."""


def ignore_progress(_completed: int, _total: int) -> None:
    """Report nothing."""


class _StepColumns(NamedTuple):
    """Columns of a step."""

    id: RowKey
    label: str
    user: str
    wall_ms: int


class Direction(NamedTuple):
    """Which steps an undo or a redo reverses."""

    name: str
    kinds: tuple[str, ...]
    barrier: str | None
    """The kind of a newer step that prevents it."""


UNDO = Direction("undo", ("do", "redo"), None)
REDO = Direction("redo", ("undo",), "do")


def find_step_to_undo(database: Database) -> ReversibleStep:
    """Return the last step of this device. Raises Refused where there is none."""
    with database.read() as cursor:
        return _find_step(cursor, database, UNDO)


def find_step_to_redo(database: Database) -> ReversibleStep:
    """Return the undo that a redo reverses. Raises Refused where there is none, or a step was written since."""
    with database.read() as cursor:
        return _find_step(cursor, database, REDO)


def undo_step(database: Database, expected: RowKey | None = None, report: ProgressReport = ignore_progress) -> str:
    """Reverse the last step of this device and return its label.

    `report` gets the number of reversed records and of all; what it raises leaves everything as it was. Raises Refused
    where there is no step, or where it is another than the expected one.
    """
    return _reverse_last_step(database, UNDO, expected, report)


def redo_step(database: Database, expected: RowKey | None = None, report: ProgressReport = ignore_progress) -> str:
    """Reverse the last undo and return its label, with the progress of `undo_step`.

    Raises Refused where a step was written since, or where it is another than the expected one.
    """
    return _reverse_last_step(database, REDO, expected, report)


def _reverse_last_step(
    database: Database, direction: Direction, expected: RowKey | None, report: ProgressReport
) -> str:
    with database.write(direction.name, kind=direction.name) as ledger:
        step = _find_step(ledger.cursor, database, direction)
        if expected not in (None, step.key):
            raise Refused(_("Another change was saved in the meantime: {label}. Try again.").format(label=step.label))
        _reverse_step(ledger, step, report)
    return step.label


def _find_step(cursor: Cursor, database: Database, direction: Direction) -> ReversibleStep:
    """Return this device's newest step of these kinds that is not reversed, unless a step of the barrier is newer.

    Raises Refused.
    """
    row = select_row(
        cursor,
        _StepColumns,
        f"WITH own AS ({OWN_STEPS})"
        f" SELECT id, label, user, wall_ms FROM own s WHERE kind IN ({build_placeholders(direction.kinds)})"
        " AND NOT EXISTS (SELECT 1 FROM own r WHERE r.reverses = s.id AND r.kind = ?)"
        " AND NOT EXISTS (SELECT 1 FROM own WHERE kind = ? AND seq > s.seq) ORDER BY seq DESC LIMIT 1",
        (*direction.kinds, direction.name, direction.barrier),
    )
    _refuse_after_erasure(cursor, row.id if row else NO_KEY)
    if row is None:
        raise Refused(_("There is nothing to undo.") if direction is UNDO else _("There is nothing to redo."))
    at = datetime.fromtimestamp(row.wall_ms / 1000, UTC)
    merge = find_applied_merge(cursor, row.id) if direction is UNDO else None
    merged_work = describe_merge(cursor, merge) if merge else None
    return ReversibleStep(row.id, row.label, row.user, at, row.id in database.own_steps, merged_work)


def _refuse_after_erasure(cursor: Cursor, step: RowKey) -> None:
    """Raise Refused for a step before an erasure: its reversal could restore the person."""
    erasure = cursor.execute(
        "SELECT 1 FROM step WHERE kind = 'erase' AND seq > coalesce((SELECT seq FROM step WHERE id = ?), -1)",
        (step,),
    ).fetchone()
    if erasure:
        raise Refused(_("A person was erased later. The erasure and earlier steps cannot be undone."))


def _reverse_step(ledger: Ledger, step: ReversibleStep, report: ProgressReport) -> None:
    """Restore the values before a step, batch by batch; park what a merge brought, or put it back."""
    if merge := find_applied_merge(ledger.cursor, step.key):
        undo_merge(ledger, merge, step.key, step.label)
        return
    if redo_merge(ledger, step.key, step.label):
        return
    ledger.begin_reversal(step.key, step.label)
    reversal = Reversal(ledger, step.key, step.label)
    tables = TableWriter(ledger.cursor)
    unique_values: dict[RecordKey, Projection] = {}
    completed = 0
    for batch in reversal.run():
        projections = dict(tables.resolve_records(add_same_rows(ledger.cursor, batch), batch))
        set_aside = tables.write_other_values(projections)
        merge_log.update_conflicting_records(ledger.cursor, projections)
        unique_values |= {record: tables.select_unique_values(record, projections[record]) for record in set_aside}
        for record in projections:
            ledger.invalidate(*record)
        completed += len(batch)
        report(completed, len(reversal.records))
    renamed = rename_duplicates(ledger, tables, unique_values, reversal.created)
    projections = dict(tables.resolve_records(renamed))
    tables.write_records(projections)
    merge_log.update_conflicting_records(ledger.cursor, projections)
    tables.write_unique_values(unique_values, (record for record in unique_values if record not in projections))
    merge_log.reopen_pairs(ledger.cursor, step.key)
    for record in projections:
        ledger.invalidate(*record)
