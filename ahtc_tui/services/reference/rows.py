"""Collects the rows of a shipped data set; reads keys, sources and dates of its records."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import timedelta
from importlib import resources
from typing import Any, get_args

from ahtc_tui.domain.dates.date_as_known import Precision, read_iso_date
from ahtc_tui.domain.dates.parser import read_date
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.welsh.model import UNREVIEWED, TranslatedTable
from ahtc_tui.store.journal.ledger import Ledger
from ahtc_tui.store.records.cursor import Table
from ahtc_tui.store.records.references import derive_shared_key


def read_welsh() -> dict[str, str]:
    """Return the shipped Welsh by its English text."""
    text = resources.files("ahtc_tui.reference").joinpath("welsh.toml").read_text(encoding="utf-8")
    welsh: dict[str, str] = tomllib.loads(text)["welsh"]
    return welsh


Record = dict[str, Any]
Records = Mapping[str, list[Record]]
PARTY_TABLES = ("contact", "organisation", "group")
TRANSLATED_TABLES = frozenset(get_args(TranslatedTable))
TRANSLATED_COLUMNS = ("title", "detail", "text", "name")


def derive_area_key(area: Record) -> RowKey:
    """Return the key of a shipped area, which is the same in every office, so that copies of it are one record.

    It begins with the place of the area in its file, since a replay of the journal orders records by their keys.
    """
    return RowKey(area["place"].to_bytes(6, "big") + derive_shared_key("area", area["id"])[6:])


def derive_name_key(area: Record, name: str) -> RowKey:
    """Return the key of a former name of a shipped area, which is the same in every office as the area's own is."""
    return RowKey(area["place"].to_bytes(6, "big") + derive_shared_key("area name", f"{area['id']} {name}")[6:])


class Rows:
    """Rows of every table, and the keys of the records that they refer to."""

    def __init__(self, records: Records) -> None:
        """Create a key for every record with an id."""
        self.records = records
        self._welsh = read_welsh()
        self.tables: dict[Table, list[tuple[RowKey, Record]]] = {}
        self._keys = {
            (name, record["id"]): derive_area_key(record) if name == "area" else Ledger.create_key()
            for name, listed in records.items()
            for record in listed
            if "id" in record
        }

    def use_existing_areas(self, keys: Mapping[str, RowKey]) -> None:
        """Let records refer to the areas that the office has already, by their ids."""
        self._keys |= {("area", slug): key for slug, key in keys.items()}

    def find_key(self, name: str, slug: str | None) -> RowKey | None:
        """Return the key of a named record; None without a name."""
        return self._keys[name, slug] if slug else None

    def find_party(self, slug: str | None) -> RowKey | None:
        """Return the key of a named party of any kind; None without a name."""
        if slug is None:
            return None
        return next(self._keys[name, slug] for name in PARTY_TABLES if (name, slug) in self._keys)

    def find_keys(self, record: Record, **tables: str) -> Record:
        """Return the keys of the named records by field; a field of the table "party" names a party of any kind."""
        return {
            field: self.find_party(record.get(field)) if table == "party" else self.find_key(table, record.get(field))
            for field, table in tables.items()
        }

    def add(self, table: Table, values: Record, key: RowKey | None = None) -> RowKey:
        """Add a row to a table; returns its key."""
        row_key = key or Ledger.create_key()
        self.tables.setdefault(table, []).append((row_key, self.translate(table, values)))
        return row_key

    def translate(self, table: Table, values: Record) -> Record:
        """Return the values with the shipped Welsh for untranslated texts, each with its source."""
        if table not in TRANSLATED_TABLES:
            return values
        welsh = {
            f"{column}_cy": self._welsh[values[column]]
            for column in TRANSLATED_COLUMNS
            if values.get(column) in self._welsh and not values.get(f"{column}_cy")
        }
        if not welsh:
            return values
        notes = {**json.loads(values.get("source_notes") or "{}"), **dict.fromkeys(welsh, UNREVIEWED)}
        return {**values, **welsh, "source_notes": json.dumps(notes, ensure_ascii=False)}

    def add_links(self, table: Table, owner: Record, name: str, targets: Iterable[RowKey | None], **more: Any) -> None:
        """Add one row of a link table for each target."""
        for target in targets:
            self.add(table, {**owner, name: target, **more})


def read_source(record: Record) -> Record:
    """Return the source, the sources of single fields, and the note of a record."""
    notes = {name.removeprefix("source_"): value for name, value in record.items() if name.startswith("source_")}
    return {
        "source": record["source"],
        "source_notes": json.dumps(notes, ensure_ascii=False) if notes else None,
        "note": record.get("note"),
    }


def read_stored_date(record: Record, field: str, words: str | None = None) -> str | None:
    """Return a date of a record as stored, with its words; None where it is missing.

    Words that allow only a part of the year of the record are read: "in the New Year" of 2014 is January to March.
    """
    if field not in record:
        return None
    text = record.get(words, "") if words else ""
    known_date = read_iso_date(record[field], text)
    if text and known_date.precision is Precision.YEAR:
        with suppress(BadInput):
            closer = read_date(text, known_date.earliest - timedelta(days=1))
            is_within = known_date.earliest <= closer.earliest and closer.latest <= known_date.latest
            known_date = closer if is_within else known_date
    return known_date.stored_text


def read_flags(record: Record, *names: str) -> Record:
    """Return 0 or 1 for each name; 0 where the record has no such field."""
    return {name: int(bool(record.get(name))) for name in names}
