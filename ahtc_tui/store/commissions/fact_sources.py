"""Sources of single facts: the source of a record carries a field only while the field has the value of that source."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, NamedTuple

from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.text.sources import is_document
from ahtc_tui.store.records.cursor import KEYS, Cursor, encode_keys
from ahtc_tui.store.records.rows import select_rows
from ahtc_tui.store.records.table_names import Table

NOTE_NAMES = {"day": "when", "published_on": "when", "state": "status", "first_responder_since": "since"}
"""Names of fields in the sources of single fields of the reference data, where they differ."""

CHANGES = f"""SELECT c.row_id AS key, c.field, c.value, c."transaction" AS step FROM change c
 WHERE c."table" = :table AND c.row_id IN {KEYS.format(":keys")}
 ORDER BY c.wall_ms, c.seq, c.device"""
SOURCES = """SELECT id AS key, source, source_notes AS notes FROM {table} WHERE id IN {keys}"""


class FieldChange(NamedTuple):
    """A change of a field in the order of the journal."""

    key: RowKey
    field: str
    value: str | None
    step: bytes


class RecordSource(NamedTuple):
    """Source of a record, and JSON of the sources of single fields."""

    key: RowKey
    source: str | None
    notes: str | None


@dataclass(frozen=True, slots=True)
class FactSources:
    """Sources of the records of one table, with the fields that were changed after their source was entered."""

    sources: dict[RowKey, RecordSource]
    changed_fields: frozenset[tuple[RowKey, str]]

    def has_source(self, key: RowKey) -> bool:
        """Return whether a record has a source of its own."""
        return key in self.sources and bool(self.sources[key].source)

    def cite(self, key: RowKey, *fields: str) -> tuple[str, ...]:
        """Return the sources of the given fields of a record, each once; empty if any field has no source."""
        record = self.sources.get(key)
        if record is None or any((key, field) in self.changed_fields for field in fields):
            return ()
        notes = json.loads(record.notes) if record.notes else {}
        cited = [notes.get(field) or notes.get(NOTE_NAMES.get(field)) or record.source for field in fields]
        cited = cited or [record.source]
        return tuple(dict.fromkeys(source for source in cited if source)) if all(map(is_document, cited)) else ()


def read_fact_sources(cursor: Cursor, table: Table, keys: Collection[RowKey]) -> FactSources:
    """Return the sources of records of a table.

    A field counts as changed where its value differs from the one that it had when the source was entered.
    """
    parameters = {"table": table, "keys": encode_keys(keys)}
    query = SOURCES.format(table=f'"{table}"', keys=KEYS.format(":keys"))
    sources = {row.key: row for row in select_rows(cursor, RecordSource, query, {"keys": parameters["keys"]})}
    changes = [
        (change, values)
        for change in select_rows(cursor, FieldChange, CHANGES, parameters)
        if (values := _read(change))
    ]
    sourced_in = {change.key: change.step for change, values in changes if {"source", "source_notes"} & {*values}}
    current: dict[tuple[RowKey, str], Any] = {}
    sourced: dict[tuple[RowKey, str], Any] = {}
    past_source: set[RowKey] = set()
    for change, values in changes:
        places = {(change.key, field): value for field, value in values.items()}
        is_sourcing = change.step == sourced_in.get(change.key)
        past_source |= {change.key} if is_sourcing else set()
        current |= places
        if is_sourcing or change.key not in past_source:
            sourced |= places
    changed = frozenset(place for place, value in current.items() if sourced.get(place) != value)
    return FactSources(sources, changed)


def _read(change: FieldChange) -> dict[str, Any]:
    """Return the fields that a change wrote; the first change of a record has all of them."""
    value = json.loads(change.value) if change.value is not None else None
    if change.field == "_row":
        return value if isinstance(value, dict) else {}
    return {change.field: value}
