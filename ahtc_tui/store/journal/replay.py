"""Folding the journal: what the changes of one record say its fields are. Pure; no database.

Heads are the changes of a field that no later change replaced. A write replaces only what its writer saw, so two
laptops that wrote apart leave two heads: the latest in journal order is shown, and the field is in conflict. A removal
holds only where every head agrees and it saw every write that stands: else the record is kept, in conflict on
`_deleted`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

ROW = "_row"
"""The field of the change that makes a record; its value holds all fields at once."""

DELETED = "_deleted"

HELD = "_held"
"""The field of a change that keeps a record out of sight until it is decided: it came into minutes agreed meanwhile."""


class Entry(NamedTuple):
    """One change as folding needs it, in the order of showing."""

    id: bytes
    field: str
    value: Any
    parents: frozenset[bytes]


class Folded(NamedTuple):
    """What a record is."""

    values: dict[str, Any]
    heads: dict[str, tuple[bytes, ...]]
    conflicts: dict[str, tuple[Any, ...]]


def decode(value: str | None) -> Any:
    """The value behind the JSON of a journal line."""
    return None if value is None else json.loads(value)


def entry(change_id: bytes, field: str, value: str | None, parents: str) -> Entry:
    """A journal line as folding needs it."""
    seen = frozenset(bytes.fromhex(parent) for parent in json.loads(parents)) if parents != "[]" else frozenset()
    return Entry(change_id, field, decode(value), seen)


def candidates(entries: Iterable[Entry], field: str) -> list[tuple[Entry, Any]]:
    """The changes that speak of a field, each with what it says."""
    said: list[tuple[Entry, Any]] = []
    for one in entries:
        if one.field == field:
            said.append((one, one.value))
        elif one.field == ROW and field not in (DELETED, HELD):
            said.append((one, one.value.get(field) if one.value else None))
        elif one.field == ROW:
            said.append((one, False))
    return said


def heads_of(entries: Iterable[Entry], field: str) -> list[tuple[Entry, Any]]:
    """The changes of a field that no other change of it replaced, oldest first."""
    said = candidates(entries, field)
    replaced = {parent for one, _value in said for parent in one.parents}
    return [(one, value) for one, value in said if one.id not in replaced]


def fold(entries: Iterable[Entry], fields: Iterable[str] | None = None) -> Folded:
    """The record that the entries (in journal order) describe."""
    listed = list(entries)
    heads = {name: heads_of(listed, name) for name in field_names(listed) | {DELETED}}
    wanted = set(heads) if fields is None else set(fields) & set(heads)
    values: dict[str, Any] = {}
    conflicts: dict[str, tuple[Any, ...]] = {}
    for name in wanted:
        said = [value for _one, value in heads[name]]
        values[name] = said[-1] if said else None
        if name == DELETED:
            gone = {True} <= set(said)
            values[name] = gone and set(said) == {True} and not _unseen(heads)
            said = [True, False] if gone and not values[name] else [values[name]]
        different = {json.dumps(value): value for value in said}
        if len(different) > 1:
            conflicts[name] = tuple(different.values())
    shown = {name: tuple(one.id for one, _value in heads[name]) for name in wanted}
    return Folded(values, shown, conflicts)


def _unseen(heads: Mapping[str, list[tuple[Entry, Any]]]) -> bool:
    """Whether a write stands that no removal saw."""
    seen = {parent for one, _value in heads[DELETED] for parent in one.parents}
    written = (standing for name, standing in heads.items() if name not in (DELETED, HELD))
    return any(one.id not in seen for standing in written for one, _value in standing)


def field_names(entries: Iterable[Entry]) -> set[str]:
    """Every field that the entries speak of."""
    names: set[str] = set()
    for one in entries:
        if one.field == ROW:
            names |= set(one.value or {})
        else:
            names.add(one.field)
    return names


def to_json(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values of a row as the journal keeps them: keys in hex."""
    return {name: value.hex() if isinstance(value, bytes) else value for name, value in values.items()}
