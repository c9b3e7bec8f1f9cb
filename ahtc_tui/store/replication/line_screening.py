"""Sorts the lines of another journal into valid and refused ones, so that a bad line never blocks the others.

What cannot be understood without a refused line is held back with it: the lines of its step where the step is bad, and
the other lines of a record where the line that adds it, the other row of a contact, or a record that it refers to is
missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.text.cleaning import LONGEST_LINE
from ahtc_tui.store.journal.chain import STEP_COLUMNS, StoredStep, parse_purpose
from ahtc_tui.store.journal.devices import list_own_ids
from ahtc_tui.store.journal.replay import ROW, decode_value
from ahtc_tui.store.records.cursor import RecordKey
from ahtc_tui.store.records.references import COUNTERS
from ahtc_tui.store.records.relations import DETAIL_TABLES, PARTY_TABLES
from ahtc_tui.store.records.rows import select_mapping, select_rows
from ahtc_tui.store.replication import line_checks
from ahtc_tui.store.replication.line_checks import LineChecks

if TYPE_CHECKING:
    from ahtc_tui.store.journal.chain import StoredChange
    from ahtc_tui.store.records.cursor import Cursor

LARGEST_COUNTER_STEP = 10_000
"""Numbers that a counter may rise by in one merge."""

MERGED_PARTIES = "SELECT id AS key, merged_into AS value FROM parties WHERE merged_into IS NOT NULL"

USERS = """SELECT "transaction" AS key, user AS value FROM change
 WHERE "transaction" = ? AND salt NOT NULL AND purpose NOT NULL LIMIT 1"""


class RefusedChange(NamedTuple):
    """A line that is not taken, in texts that can be shown."""

    device: str
    line: int | None
    """Its place in the chain of the device; for a line from before the chains the number of its step."""
    table: str
    field: str
    reason: str
    """A sentence."""


@dataclass
class Screening:
    """The lines of a peer that this copy does not have, sorted."""

    valid: list[StoredChange] = field(default_factory=list)
    steps: list[StoredStep] = field(default_factory=list)
    """The steps of the valid lines that this copy does not have."""
    counters: list[tuple[str, int]] = field(default_factory=list)
    refused: list[RefusedChange] = field(default_factory=list)
    left_out: list[StoredChange] = field(default_factory=list)
    """The refused lines: their places are kept, so that the chains can be followed past them."""

    def refuse(self, change: StoredChange, reason: str) -> None:
        """Add a refused line."""
        number = change.seq if change.position is None else change.position
        line = number if isinstance(number, int) else None
        device, table, field = map(line_checks.shorten, (change.device, change.table, change.field))
        self.refused.append(RefusedChange(device, line, table, field, reason))
        self.left_out.append(change)


def screen_lines(
    local: Cursor, peer: Cursor, changes: Iterable[StoredChange], refused_records: Mapping[RecordKey, str]
) -> Screening:
    """Sort the lines of a peer, in journal order; `refused_records` are those that a table refused, with the reason."""
    screening = Screening()
    checks = LineChecks(local)
    listed = list(changes)
    steps = _StepScreening(local, peer)
    steps.read(listed)
    candidates = []
    for change in listed:
        reason = checks.find_fault(change) or steps.find_fault(change)
        if reason := reason or refused_records.get((change.table, change.row_id)):
            screening.refuse(change, reason)
        else:
            candidates.append(change)
    _keep_coherent(local, _refuse_circles(local, candidates, screening), checks, screening)
    screening.steps = steps.list_needed(change.transaction for change in screening.valid)
    _screen_counters(local, peer, screening)
    return screening


class _StepScreening:
    """The steps of the peer's lines that this copy does not have, and their faults.

    A step is built from its lines, whose hashes cover all of it but the label. Only for lines from before that do kind
    and reversed step come from the peer.
    """

    def __init__(self, local: Cursor, peer: Cursor) -> None:
        self._local, self._peer = local, peer
        self._known = {key for (key,) in local.execute("SELECT id FROM step")}
        self._own_devices = set(list_own_ids(local))
        self._steps: dict[RowKey, StoredStep] = {}
        self._faults: dict[RowKey, str] = {}
        self._users: dict[RowKey, str] = {}
        """The user of each step, where a line commits to it."""

    def read(self, changes: Iterable[StoredChange]) -> None:
        """Build the steps of these lines, and find their faults."""
        lines: dict[RowKey, StoredChange] = {}
        for change in changes:
            first = lines.setdefault(change.transaction, change) if isinstance(change.transaction, bytes) else change
            is_earlier = first.salt is None or (change.position or 0) < (first.position or 0)
            if change.salt is not None and is_earlier and first.device == change.device:
                lines[change.transaction] = change  # the first whose author is not redacted
        for change in lines.values():
            if change.transaction in self._known:
                self._steps |= {step.id: step for step in _read_step(self._local, change.transaction)}
                self._users |= select_mapping(self._local, USERS, (change.transaction,))
            else:
                self._users |= {change.transaction: change.user} if change.salt else {}
                self._build(change)
        self._find_gaps()

    def _build(self, change: StoredChange) -> None:
        key = change.transaction
        try:
            (row,) = _read_step(self._peer, key)
            step = row._replace(wall_ms=change.wall_ms, seq=change.seq, device=change.device, user=change.user)
            if change.purpose is not None:
                kind, reverses = parse_purpose(change.purpose)
                step = step._replace(kind=kind, reverses=reverses)
            fault = line_checks.find_step_fault(step)
        except (ValueError, TypeError, AttributeError):
            fault = _describe_missing_step()
        if fault:
            self._faults[key] = fault
        else:
            self._steps[key] = step

    def _find_gaps(self) -> None:
        """Find steps whose number no laptop can have reached: the next own step would follow it."""
        highest = self._local.execute("SELECT coalesce(max(seq), 0) FROM step").fetchone()[0]
        for step in sorted(self._steps.values(), key=lambda step: step.seq):
            if step.id not in self._known and step.seq > highest + line_checks.LARGEST_GAP:
                self._faults[step.id] = line_checks.describe_out_of_range()
            else:
                highest = max(highest, step.seq)

    def find_fault(self, change: StoredChange) -> str | None:
        """Return the fault of the step of a valid line, as a sentence."""
        key = change.transaction
        step = self._steps.get(key)
        if step is None or key in self._faults:
            return self._faults.get(key) or _describe_missing_step()
        if (change.device, change.seq, change.wall_ms) != (step.device, step.seq, step.wall_ms):
            return _describe_other_step()
        if None not in (change.salt, change.purpose) and change.user != self._users.get(key, change.user):
            return _describe_other_step()
        kind, reverses = (step.kind, step.reverses) if change.purpose is None else parse_purpose(change.purpose)
        is_same = kind == step.kind and (step.reverses == reverses or (key in self._known and step.reverses is None))
        return None if is_same else _describe_other_step()

    def list_needed(self, step_ids: Iterable[RowKey]) -> list[StoredStep]:
        """Return these steps, without known ones, in journal order.

        A step that reverses one without lines loses the relation, and so does one that reverses a step of another
        device: only the laptop that did a step undoes it.
        """
        needed = (set(step_ids) & self._steps.keys()) - self._known
        steps = [
            step if self._may_reverse(step, needed) else step._replace(reverses=None)
            for step in map(self._steps.__getitem__, needed)
        ]
        return sorted(steps, key=lambda step: (step.seq, step.id))

    def _may_reverse(self, step: StoredStep, needed: set[RowKey]) -> bool:
        if step.reverses is None:
            return True
        is_needed = step.reverses in needed
        reversed_steps = [self._steps[step.reverses]] if is_needed else _read_step(self._local, step.reverses)
        return any(
            other.device == step.device or {other.device, step.device} <= self._own_devices for other in reversed_steps
        )


def describe_missing_record() -> str:
    """Return the reason why a change of a record that does not come in is refused."""
    return _("The change that adds the record was refused or is missing.")


def _describe_missing_step() -> str:
    return _("The step of the change is missing.")


def _describe_other_step() -> str:
    return _("The change does not match its step.")


def _read_step(cursor: Cursor, key: RowKey) -> list[StoredStep]:
    return select_rows(cursor, StoredStep, f"SELECT {STEP_COLUMNS} FROM step WHERE id = ?", (key,))


def _keep_coherent(
    local: Cursor,
    candidates: list[StoredChange],
    checks: LineChecks,
    screening: Screening,
) -> None:
    """Hold back lines of records that nothing adds, and lines that refer to missing records, until nothing changes."""
    known: dict[RecordKey, bool] = {}

    def exists(record: RecordKey) -> bool:
        if record not in known:
            query = f'SELECT 1 FROM "{record[0]}" WHERE id = ?'
            known[record] = local.execute(query, (record[1],)).fetchone() is not None
        return known[record]

    while True:
        added = {(change.table, change.row_id) for change in candidates if change.field == ROW}
        kept = []
        for change in candidates:
            record = (change.table, change.row_id)
            rows = (record, *_list_other_rows(change))
            if any(row not in added and not exists(row) for row in rows):
                screening.refuse(change, describe_missing_record())
            elif any(parent not in added and not exists(parent) for parent in _list_parents(change, checks)):
                screening.refuse(change, _("It refers to a record that is not on this laptop."))
            else:
                kept.append(change)
        if len(kept) == len(candidates):
            break
        candidates = kept
    screening.valid = candidates


def _refuse_circles(local: Cursor, candidates: list[StoredChange], screening: Screening) -> list[StoredChange]:
    """Refuse the lines that merge a contact into one that is, in the end, merged into it; return the others."""
    targets: dict[str, set[str]] = {}
    for key, target in select_mapping(local, MERGED_PARTIES).items():
        targets.setdefault(key.hex(), set()).add(target.hex())
    parties = [change for change in candidates if change.table == "parties"]
    merged = {change.id: target for change in parties if (target := _find_merge_target(change))}
    if not merged:
        return candidates
    for change in candidates:
        if change.id in merged:
            targets.setdefault(change.row_id.hex(), set()).add(merged[change.id])
    kept = []
    for change in candidates:
        reached, pending = set[str](), {merged.get(change.id, "")} - {""}
        while pending:
            reached |= pending
            pending = set[str]().union(*(targets.get(key, ()) for key in pending)) - reached
        if change.row_id.hex() in reached:
            screening.refuse(change, _("It merges two contacts into each other."))
        else:
            kept.append(change)
    return kept


def _find_merge_target(change: StoredChange) -> str | None:
    """Return the key, in hexadecimal digits, of the contact into which a valid line of a contact merges it."""
    if change.field not in (ROW, "merged_into"):
        return None
    value = decode_value(change.value)
    target: str | None = value.get("merged_into") if change.field == ROW else value
    return target


def _list_other_rows(change: StoredChange) -> Iterator[RecordKey]:
    """Yield the other row of the contact that a valid line adds."""
    if change.field != ROW or change.table not in PARTY_TABLES:
        return
    if change.table != "parties":
        yield "parties", change.row_id
    elif details := DETAIL_TABLES.get(decode_value(change.value).get("kind")):
        yield details, change.row_id


def _list_parents(change: StoredChange, checks: LineChecks) -> Iterator[RecordKey]:
    """Yield the records that a valid line refers to."""
    table_checks = checks[change.table]
    if table_checks is None or not (change.field == ROW or change.field in table_checks.parents):
        return
    value = decode_value(change.value)
    values = value if change.field == ROW else {change.field: value}
    for name, parent in table_checks.parents.items():
        if values.get(name):
            yield parent, RowKey(bytes.fromhex(values[name]))


def _screen_counters(local: Cursor, peer: Cursor, screening: Screening) -> None:
    known = select_mapping(local, COUNTERS)
    for pattern, last in select_mapping(peer, COUNTERS).items():
        is_name = isinstance(pattern, str) and len(pattern) <= LONGEST_LINE
        is_valid = is_name and line_checks.is_valid_text(pattern) and type(last) is int
        if is_valid and 0 <= last <= known.get(pattern, 0) + LARGEST_COUNTER_STEP:
            screening.counters.append((pattern, last))
        else:
            screening.refused.append(
                RefusedChange("", None, "counter", line_checks.shorten(pattern), _("The counter is too high."))
            )
