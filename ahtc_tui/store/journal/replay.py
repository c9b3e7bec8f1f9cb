"""Replay: the values of a record, computed from its changes alone.

The heads of a field are its changes that no other change replaces. Concurrent writes leave several heads: the latest in
journal order is shown, and the field is in conflict. A record is removed only where every head of `_deleted` agrees and
the removals saw every other head; else it is kept, in conflict on `_deleted`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from ahtc_tui.domain.keys import RowKey, parse_key

ROW = "_row"
"""The field of the change that adds a record; its value holds all fields."""

DELETED = "_deleted"

HELD = "_held"
"""The field of a change that hides a record until a conflict with agreed minutes is resolved."""

_decode_json = json.JSONDecoder().raw_decode


class Change(NamedTuple):
    """One change, as replay needs it."""

    id: RowKey
    field: str
    value: Any
    parents: frozenset[RowKey]


class RecordState(NamedTuple):
    """Values and conflicting values, by field."""

    values: dict[str, Any]
    conflicts: dict[str, tuple[Any, ...]]


def decode_value(value: str | None) -> Any:
    """Parse the JSON value of a change. Raises ValueError, TypeError."""
    if value is None:
        return None
    try:
        decoded, end = _decode_json(value)  # half the time of `json.loads`, which accepts spaces around the value
    except (ValueError, TypeError):
        end = -1
    return decoded if end == len(value) else json.loads(value)


def parse_change(change_id: RowKey, field: str, value: str | None, parents: str) -> Change:
    """Parse a row of the table `change`."""
    parent_ids = frozenset(parse_key(parent) for parent in json.loads(parents)) if parents != "[]" else frozenset()
    return Change(change_id, field, decode_value(value), parent_ids)


def list_field_values(changes: Iterable[Change], field: str) -> list[tuple[Change, Any]]:
    """Return the changes of a field with their values."""
    values: list[tuple[Change, Any]] = []
    for change in changes:
        if change.field == field:
            values.append((change, change.value))
        elif change.field == ROW and field not in (DELETED, HELD):
            values.append((change, change.value.get(field) if change.value else None))
        elif change.field == ROW:
            values.append((change, False))
    return values


def find_heads(changes: Iterable[Change], field: str) -> list[tuple[Change, Any]]:
    """Return the changes of a field that no other change replaces, oldest first, with their values."""
    return _without_replaced(list_field_values(changes, field))


def find_all_heads(changes: Sequence[Change]) -> dict[str, list[tuple[Change, Any]]]:
    """Return the heads of every field and of `_deleted`, as `find_heads` does for one field."""
    rows = [change for change in changes if change.field == ROW]
    written = {change.field for change in changes if change.field != ROW} | {DELETED}
    heads: dict[str, list[tuple[Change, Any]]] = {}
    # Nearly every record: one change adds it, so its fields need no search for heads.
    if len(rows) == 1 and not rows[0].parents:
        heads = {name: [(rows[0], value)] for name, value in (rows[0].value or {}).items()}
        written |= {HELD} & heads.keys()
    else:
        written |= list_fields(rows)
    return heads | {name: find_heads(changes, name) for name in written}


def _without_replaced(entries: list[tuple[Change, Any]]) -> list[tuple[Change, Any]]:
    replaced = {parent for change, _value in entries for parent in change.parents}
    return [entry for entry in entries if entry[0].id not in replaced] if replaced else entries


def find_head_ids(changes: Sequence[Change]) -> set[RowKey]:
    """Return the ids of the heads of every field and of `_deleted`."""
    if len(changes) == 1 and changes[0].field == ROW and not changes[0].parents:
        return {changes[0].id}
    return {head.id for heads in find_all_heads(changes).values() for head, _value in heads}


def replay_changes(changes: Iterable[Change], fields: Iterable[str] | None = None) -> RecordState:
    """Return the state of the record with these changes, in journal order."""
    listed = list(changes)
    if (values := _replay_sequence(listed)) is None:
        return replay_heads(listed, fields)
    return RecordState(values if fields is None else {name: values[name] for name in values.keys() & set(fields)}, {})


def replay_heads(changes: Sequence[Change], fields: Iterable[str] | None = None) -> RecordState:
    """Return the state as `replay_changes` does, by the rules for concurrent changes."""
    heads = find_all_heads(changes)
    selected = set(heads) if fields is None else set(fields) & set(heads)
    values: dict[str, Any] = {}
    conflicts: dict[str, tuple[Any, ...]] = {}
    for name in selected:
        if len(heads[name]) == 1 and name != DELETED:
            values[name] = heads[name][0][1]
            continue
        alternatives = [value for _change, value in heads[name]]
        # The last in journal order, not the last to arrive: every copy then shows the same value.
        values[name] = alternatives[-1] if alternatives else None
        if name == DELETED:
            # A removal counts only if it saw every other write: nobody loses what the remover never read.
            removed = {True} <= set(alternatives)
            values[name] = removed and set(alternatives) == {True} and not _has_unseen_write(heads)
            alternatives = [True, False] if removed and not values[name] else [values[name]]
        if len(alternatives) > 1:
            # By JSON text: lists cannot be keys, and 1 and True would be the same key.
            distinct = {json.dumps(value): value for value in alternatives}
            if len(distinct) > 1:
                conflicts[name] = tuple(distinct.values())
    return RecordState(values, conflicts)


def _replay_sequence(changes: list[Change]) -> dict[str, Any] | None:
    """Return the values of a record that is added by its first change, and of which each later one replaces the head of
    its field, as most do; None where that is not so, or a removal has not seen every head.
    """
    if not changes or changes[0].field != ROW or changes[0].parents:
        return None
    values, added = copy_addition(changes[0].value), changes[0].id
    if values is None or len(changes) == 1:
        return values
    heads, earlier, seen_by_removal = dict.fromkeys(values, added), {added}, frozenset[RowKey]()
    for change in changes[1:]:
        is_replacement = change.parents <= earlier and heads.get(change.field, added) in change.parents
        if not is_replacement or change.field in (ROW, HELD):
            return None
        if change.field == DELETED and not isinstance(change.value, bool):
            return None
        earlier.add(change.id)
        heads[change.field], values[change.field] = change.id, change.value
        if change.field == DELETED:
            seen_by_removal = change.parents
    if values[DELETED] and not set(heads.values()) <= {*seen_by_removal, heads[DELETED]}:
        return None
    return values


def copy_addition(values: Any) -> dict[str, Any] | None:
    """Return the state of a record of which the only change adds these values; None where that takes the rules."""
    return {**values, DELETED: False} if isinstance(values, dict) and HELD not in values else None


def _has_unseen_write(heads: Mapping[str, list[tuple[Change, Any]]]) -> bool:
    """Return whether a head was not seen by any removal."""
    seen_ids = {parent for change, _value in heads[DELETED] for parent in change.parents}
    written_heads = (field_heads for name, field_heads in heads.items() if name not in (DELETED, HELD))
    return any(change.id not in seen_ids for field_heads in written_heads for change, _value in field_heads)


def list_fields(changes: Iterable[Change]) -> set[str]:
    """Return every field that the changes set."""
    names: set[str] = set()
    for change in changes:
        if change.field == ROW:
            names |= set(change.value or {})
        else:
            names.add(change.field)
    return names


def encode_values(values: Mapping[str, Any]) -> dict[str, Any]:
    """Encode column values for the journal: keys as hexadecimal text."""
    return {name: value.hex() if isinstance(value, bytes) else value for name, value in values.items()}
