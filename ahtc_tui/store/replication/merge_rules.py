"""Merge rules that span records: equal names, agreed minutes, parts of removed records, duplicates.

Each depends on the set of changes alone, not on the order of merging, and writes changes like any other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from ahtc_tui.domain.keys import RowKey, parse_key
from ahtc_tui.store.journal.ledger import Ledger, read_changes
from ahtc_tui.store.journal.minutes_lock import LOCKED_TABLES, UNLOCKED_COLUMNS
from ahtc_tui.store.journal.replay import DELETED, HELD, ROW, Change, decode_value, find_heads, replay_changes
from ahtc_tui.store.records.cursor import RecordKey, Table
from ahtc_tui.store.records.fields import read_device
from ahtc_tui.store.records.relations import PARENT_OF
from ahtc_tui.store.records.rows import select_mapping
from ahtc_tui.store.replication.compensating_changes import list_head_ids, list_values, remove_record
from ahtc_tui.store.replication.merge_log import Pair

if TYPE_CHECKING:
    from ahtc_tui.store.journal.chain import StoredChange
    from ahtc_tui.store.journal.ledger import Ledger
    from ahtc_tui.store.journal.projection import Projection, TableWriter
    from ahtc_tui.store.records.cursor import Cursor


class NumberRule(NamedTuple):
    """Where a number is unique."""

    column: str
    parents: tuple[str, ...]
    """Columns with the same values in all records that share one sequence of numbers."""
    keeps_numbers: bool = False
    """Whether a number names its record, so that the later record gets the next free one and no other moves."""


NUMBER_RULES: dict[Table, NumberRule] = {
    "agenda_items": NumberRule("position", ("meeting",)),
    "template_items": NumberRule("position", ("group",)),
    "commission_questions": NumberRule("number", ("commission",), keeps_numbers=True),
    "objectives": NumberRule("number", ("plan",), keeps_numbers=True),
}


class Renumbered(NamedTuple):
    """A record that got another number, because another had the same."""

    former: int
    current: int


def renumber_duplicates(ledger: Ledger, projections: Mapping[RecordKey, Projection]) -> dict[RecordKey, Renumbered]:
    """Write new numbers where touched records share one with another; return the records that got another number."""
    sequences = {
        (table, tuple(projection.values[name] for name in NUMBER_RULES[table].parents))
        for (table, _key), projection in projections.items()
        if table in NUMBER_RULES and not projection.values["deleted"]
    }
    renumbered: dict[RecordKey, Renumbered] = {}
    for table, parent_values in sorted(sequences, key=repr):
        rule = NUMBER_RULES[table]
        numbers = _read_numbers(ledger.cursor, table, parent_values, projections)
        for key, number in _assign_numbers(numbers, rule).items():
            heads = find_heads(read_changes(ledger.cursor, table, key), rule.column)
            ledger.log_change(table, key, rule.column, number, list_head_ids(heads))
            renumbered[table, key] = Renumbered(numbers[key], number)
    return renumbered


def _read_numbers(
    cursor: Cursor, table: Table, parent_values: tuple[Any, ...], projections: Mapping[RecordKey, Projection]
) -> dict[RowKey, int]:
    """Return the number of each record of a sequence, in order."""
    rule = NUMBER_RULES[table]
    condition = " AND ".join(f'"{name}" IS ?' for name in rule.parents)
    query = f'SELECT id AS key, "{rule.column}" AS value FROM "{table}" WHERE NOT deleted AND {condition}'
    stored = select_mapping(cursor, query, parent_values)
    numbers = {key: number for key, number in stored.items() if (table, key) not in projections}
    for (other_table, key), projection in projections.items():
        values = projection.values
        if other_table == table and not values["deleted"] and parent_values == tuple(map(values.get, rule.parents)):
            numbers[key] = values[rule.column]
    return dict(sorted(numbers.items(), key=lambda item: (item[1], item[0])))


def _assign_numbers(numbers: Mapping[RowKey, int], rule: NumberRule) -> dict[RowKey, int]:
    """Return the new number of each record that gets one; none where all numbers differ."""
    ordered = list(numbers)
    duplicates = [right for left, right in pairwise(ordered) if numbers[left] == numbers[right]]
    if rule.keeps_numbers:
        return {key: number for number, key in enumerate(duplicates, max(numbers.values(), default=0) + 1)}
    assigned: dict[RowKey, int] = {}
    last: int | None = None
    for key in ordered:
        number = numbers[key] if last is None else max(numbers[key], last + 1)
        if number != numbers[key]:
            assigned[key] = number
        last = number
    return assigned


KEY_LETTERS = 32

UNIQUE_BY: dict[Table, tuple[str, ...]] = {
    "attendances": ("meeting", "party"),
    "invitations": ("meeting", "party"),
    "action_parties": ("action", "party", "role"),
    "action_areas": ("action", "area"),
    "adoptions": ("practice", "area", "organisation"),
    "circulation_members": ("list", "party"),
    "circulation_answers": ("circulation", "party"),
    "decision_actions": ("decision", "action"),
    "action_recommendations": ("action", "recommendation"),
    "dependencies": ("action", "blocked_by"),
    "engagement_parties": ("engagement", "party"),
    "holdings": ("post", "person", "from_on"),
    "plan_actions": ("plan", "action"),
    "poll_answers": ("option", "party"),
    "promise_links": ("promise", "action", "decision", "paper"),
    "recurrences": ("action", "number"),
    "session_numbers": ("session", "organisation"),
}
"""Tables in which two records with the same values are duplicates."""

NO_DEVICE = ""
"""In the keys that older versions of ahtc gave to answers."""

TITLE_SIMILARITY = 80
"""Least similarity, of 100, of two titles that may be one action."""

AddedRecords = dict[Table, dict[RowKey, dict[str, Any]]]


class Sides(NamedTuple):
    """The changes that only one side had before the merge."""

    local: list[StoredChange]
    peer: list[StoredChange]


def rename_duplicates(
    ledger: Ledger, tables: TableWriter, projections: Mapping[RecordKey, Projection], yielding_records: set[RecordKey]
) -> dict[RecordKey, str]:
    """Rename records that share a unique value; return the former value of each.

    The first record keeps it, `yielding_records` never do. The others get the end of their key as a suffix.
    """
    claims: dict[tuple[Table, str, Any], set[RecordKey]] = defaultdict(set)
    for record, projection in projections.items():
        for name in tables.read_unique_columns(record[0]):
            claims[record[0], name, projection.values[name]].add(record)
    renamed: dict[RecordKey, str] = {}
    for (table, name, value), rows in claims.items():
        others = tables.cursor.execute(f'SELECT id FROM "{table}" WHERE "{name}" = ?', (value,)).fetchall()
        claimants = rows | {(table, key) for (key,) in others if (table, key) not in projections}
        for record in sorted(claimants, key=lambda record: (record in yielding_records, record[1]))[1:]:
            _rename_record(ledger, tables, record, name, value)
            renamed[record] = value
    return renamed


def _rename_record(ledger: Ledger, tables: TableWriter, record: RecordKey, name: str, value: str) -> None:
    table, key = record
    for size in range(4, KEY_LETTERS + 1, 4):
        suffix = key.hex()[-size:]
        new_name = value.replace("@", f"-{suffix}@", 1) if "@" in value else f"{value}-{suffix}"
        if not tables.cursor.execute(f'SELECT 1 FROM "{table}" WHERE "{name}" = ?', (new_name,)).fetchone():
            break
    changes = read_changes(tables.cursor, *record)
    ledger.log_change(*record, name, new_name, list_head_ids(find_heads(changes, name)))
    if table == "learnt_columns" or replay_changes(changes).values[DELETED]:
        remove_record(ledger, record, read_changes(tables.cursor, *record))


def protect_agreed_minutes(ledger: Ledger, sides: Sides) -> set[RecordKey]:
    """Restore agreed texts after concurrent changes; return the records that wait for a resolution.

    A changed text remains as a conflict, an added line is hidden.
    """
    held_back: set[RecordKey] = set()
    for agreeing, concurrent in ((sides.local, sides.peer), (sides.peer, sides.local)):
        agreed = {
            change.row_id
            for change in agreeing
            if (change.table, change.field) == ("meetings", "minutes_state") and decode_value(change.value) == "agreed"
        }
        concurrent_ids: dict[RecordKey, set[RowKey]] = defaultdict(set)
        for change in concurrent:
            if agreed and change.table in LOCKED_TABLES and change.field not in UNLOCKED_COLUMNS.get(change.table, ()):
                concurrent_ids[change.table, change.row_id].add(change.id)
        for record, change_ids in sorted(concurrent_ids.items()):
            changes = read_changes(ledger.cursor, *record)
            meeting = replay_changes(changes).values.get("meeting")
            if meeting and parse_key(meeting) in agreed and _is_still_agreed(ledger.cursor, meeting):
                _hold_back(ledger, record, changes, change_ids)
                held_back.add(record)
    return held_back


def _is_still_agreed(cursor: Cursor, meeting: str) -> bool:
    values = replay_changes(read_changes(cursor, "meetings", parse_key(meeting))).values
    return bool(values.get("minutes_state") == "agreed")


def _hold_back(ledger: Ledger, record: RecordKey, changes: list[Change], concurrent_ids: set[RowKey]) -> None:
    agreed_changes = [change for change in changes if change.id not in concurrent_ids]
    if not agreed_changes:
        ledger.log_change(*record, HELD, True, list_head_ids(find_heads(changes, HELD)))
        return
    for field in {change.field for change in changes if change.id in concurrent_ids}:
        agreed_values = (
            list_values(find_heads(agreed_changes, field))
            if field != DELETED
            else [replay_changes(agreed_changes).values[DELETED]]
        )
        if (
            field not in UNLOCKED_COLUMNS.get(record[0], ())
            and list_values(find_heads(changes, field)) != agreed_values
        ):
            ledger.log_change(
                *record,
                field,
                agreed_values[-1] if agreed_values else None,
                list_head_ids(find_heads(agreed_changes, field)),
            )


def keep_parents(ledger: Ledger, sides: Sides) -> set[RecordKey]:
    """Keep a removed record of which the other side changed a part; return the kept records.

    Each removal is answered once, when it first meets such a change.
    """
    kept: set[RecordKey] = set()
    for removing, writing in ((sides.local, sides.peer), (sides.peer, sides.local)):
        removals: dict[RecordKey, list[RowKey]] = defaultdict(list)
        for change in removing:
            if change.field == DELETED and decode_value(change.value):
                removals[change.table, change.row_id].append(change.id)
        for change in writing if removals else ():
            record: RecordKey = (change.table, change.row_id)
            while record[0] in PARENT_OF and not (values := _replay_record(ledger.cursor, record))[DELETED]:
                parent, column = PARENT_OF[record[0]]
                if column == "id":
                    break  # the two rows of a contact are kept together by `resolve_record`
                record = (parent, parse_key(values.get(column) or ""))
                if record in removals:
                    kept |= _keep_record(ledger, record, removals.pop(record), change.id)
    return kept


def _replay_record(cursor: Cursor, record: RecordKey) -> dict[str, Any]:
    """Return the values of a record, and whether it is removed; a record that never existed counts as removed."""
    changes = read_changes(cursor, *record)
    return replay_changes(changes).values if changes else {DELETED: True}


def _keep_record(ledger: Ledger, record: RecordKey, removals: list[RowKey], cause: RowKey) -> set[RecordKey]:
    """Write a concurrent change for each removal that no copy has answered yet.

    Its key names the device: two changes under one key would leave a gap in the chain of one of them.
    """
    cursor = ledger.cursor
    known_ids = {change.id for change in read_changes(cursor, *record)}
    own = read_device(cursor)
    query = 'SELECT DISTINCT device FROM change WHERE "table" = ? AND row_id = ?'
    devices = {device for (device,) in cursor.execute(query, record)}
    unanswered = [
        removal
        for removal in removals
        if known_ids.isdisjoint(_build_answer_id(record, removal, device) for device in (NO_DEVICE, *devices))
    ]
    for removal in unanswered:
        ledger.log_change(*record, DELETED, False, (cause,), _build_answer_id(record, removal, own))
    return {record} if unanswered else set()


def _build_answer_id(record: RecordKey, removal: RowKey, device: str) -> RowKey:
    return RowKey(blake2b(record[1] + removal + device.encode(), digest_size=16).digest())


def pair_duplicates(ledger: Ledger, sides: Sides) -> tuple[set[RecordKey], set[Pair]]:
    """Find the records that both sides added: remove one of two equal ones, return different ones as pairs."""
    removed: set[RecordKey] = set()
    pairs: set[Pair] = set()
    added = _without_common(*(_list_added(ledger.cursor, lines) for lines in sides))
    for table, names in UNIQUE_BY.items():
        peer_keys: dict[tuple[Any, ...], list[RowKey]] = defaultdict(list)
        for key, values in added[1].get(table, {}).items():
            peer_keys[tuple(values.get(name) for name in names)].append(key)
        for key, values in added[0].get(table, {}).items():
            identity = tuple(values.get(name) for name in names)
            for peer_key in peer_keys.get(identity, ()) if any(identity[1:]) else ():
                first, second = sorted((key, peer_key))
                if _select_content(values) == _select_content(added[1][table][peer_key]):
                    remove_record(ledger, (table, second), read_changes(ledger.cursor, table, second))
                    removed.add((table, second))
                else:
                    pairs.add((table, first, second))
    return removed, pairs | _pair_actions(added[0].get("actions", {}), added[1].get("actions", {}))


def has_equal(cursor: Cursor, table: Table, values: Mapping[str, Any]) -> bool:
    """Return whether a record that is not removed describes the same thing as these values of a removed one."""
    names = UNIQUE_BY.get(table, ())
    if not any(values[name] for name in names[1:]):
        return False
    same = " AND ".join(f'"{name}" IS ?' for name in names)
    query = f'SELECT 1 FROM "{table}" WHERE NOT deleted AND {same}'
    return cursor.execute(query, tuple(values[name] for name in names)).fetchone() is not None


def _without_common(local: AddedRecords, peer: AddedRecords) -> tuple[AddedRecords, AddedRecords]:
    """Drop the records that both sides added under the same key, such as recurring actions."""
    both = {(table, key) for table, rows in local.items() for key in rows.keys() & peer.get(table, {}).keys()}
    for table, key in both:
        del local[table][key], peer[table][key]
    return local, peer


def _list_added(cursor: Cursor, changes: Iterable[StoredChange]) -> AddedRecords:
    """Return the records that one side added and did not remove."""
    added: AddedRecords = defaultdict(dict)
    for change in changes:
        if change.field == ROW and (change.table in UNIQUE_BY or change.table == "actions"):
            values = replay_changes(read_changes(cursor, change.table, change.row_id)).values
            if not values[DELETED]:
                added[change.table][change.row_id] = values
    return added


def _select_content(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of a record without its reference."""
    return {name: value for name, value in values.items() if name != "ref" and value is not None}


def _pair_actions(local: Mapping[RowKey, dict[str, Any]], peer: Mapping[RowKey, dict[str, Any]]) -> set[Pair]:
    """Pair actions of one meeting with similar titles."""
    peer_by_meeting: dict[str, list[RowKey]] = defaultdict(list)
    for key, values in peer.items():
        if values.get("meeting"):
            peer_by_meeting[values["meeting"]].append(key)
    if not peer_by_meeting:
        return set()
    from rapidfuzz import fuzz, utils

    pairs: set[Pair] = set()
    for key, values in local.items():
        for peer_key in peer_by_meeting.get(values.get("meeting") or "", ()):
            titles = (values.get("title") or "", peer[peer_key].get("title") or "")
            if fuzz.token_set_ratio(*titles, processor=utils.default_process) >= TITLE_SIMILARITY:
                first, second = sorted((key, peer_key))
                pairs.add(("actions", first, second))
    return pairs
