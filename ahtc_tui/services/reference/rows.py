"""What is the same for every record of a shipped data set: keys, sources, dates. Never which table it belongs to."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from ahtc_tui.domain.dates.date_as_known import read_iso_date
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.journal.ledger import create_key
from ahtc_tui.store.records.table_names import Table

Record = dict[str, Any]
Records = Mapping[str, list[Record]]
PARTY_TABLES = ("contact", "organisation", "group")


class Rows:
    """The rows of every table in the making, and the keys by which records name each other."""

    def __init__(self, records: Records) -> None:
        """Give every record that has an id its key."""
        self.records = records
        self.tables: dict[Table, list[tuple[RowKey, Record]]] = {}
        self._keys = {
            (name, record["id"]): create_key()
            for name, listed in records.items()
            for record in listed
            if "id" in record
        }

    def find_key(self, name: str, slug: str | None) -> RowKey | None:
        """The key of a record that another names; None where nothing is named."""
        return self._keys[name, slug] if slug else None

    def find_party(self, slug: str | None) -> RowKey | None:
        """The key of whoever is named, of whatever kind."""
        if slug is None:
            return None
        return next(self._keys[name, slug] for name in PARTY_TABLES if (name, slug) in self._keys)

    def add(self, table: Table, values: Record, key: RowKey | None = None) -> RowKey:
        """One more row of a table."""
        row_key = key or create_key()
        self.tables.setdefault(table, []).append((row_key, values))
        return row_key

    def add_links(self, table: Table, owner: Record, name: str, targets: Iterable[RowKey | None], **more: Any) -> None:
        """One row of a joining table for each of the others."""
        for target in targets:
            self.add(table, {**owner, name: target, **more})


def read_source(record: Record) -> Record:
    """Where a record and its single fields come from, and what is noted on it."""
    notes = {name.removeprefix("source_"): value for name, value in record.items() if name.startswith("source_")}
    return {
        "source": record["source"],
        "source_notes": json.dumps(notes, ensure_ascii=False) if notes else None,
        "note": record.get("note"),
    }


def read_stored_date(record: Record, field: str, words: str | None = None) -> str | None:
    """A date of a record with its words, as tables keep it."""
    if field not in record:
        return None
    return read_iso_date(record[field], record.get(words, "") if words else "").stored_text


def read_flags(record: Record, *names: str) -> Record:
    """Yes or no for each name; no where the record is silent."""
    return {name: int(bool(record.get(name))) for name in names}
