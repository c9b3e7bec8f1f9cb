"""Formats journal values for people: keys as the names of their records, dates in words, JSON as a list."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.dates.date_as_known import read_stored_date
from ahtc_tui.domain.i18n import _, pgettext, wants_welsh_names
from ahtc_tui.domain.keys import RowKey, parse_key
from ahtc_tui.domain.record_names import format_field, format_record_noun
from ahtc_tui.store.journal.replay import DELETED, HELD
from ahtc_tui.store.records.columns import read_columns, read_parents
from ahtc_tui.store.records.cursor import Table
from ahtc_tui.store.records.references import RELEASED
from ahtc_tui.store.records.relations import PARTY_TABLES, find_key_table, holds_json
from ahtc_tui.store.sql_fragments import SEAT_MEMBER

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor

NAMED_VIEWS = {"parties": "named_parties", "areas": "named_areas"}
"""Views with the name to show of the records of a table."""
NAME_COLUMNS = ("name", "title", "subject", "text")
"""Columns that name a record, in order of preference."""
SEAT_NAME = f"""SELECT {SEAT_MEMBER} || ', ' || g.name FROM seats s
 LEFT JOIN named_parties p ON p.id = s.party JOIN named_parties g ON g.id = s."group" WHERE s.id = ?"""

HEXADECIMAL_KEY = re.compile("[0-9a-f]{32}")
STORED_DATE = re.compile(r"\d{4}-\d\d-\d\d(?: .*)?")


class ValueFormatter:
    """Formats values of one table; dates in words for people, or as ISO 8601 for other programs."""

    def __init__(self, cursor: Cursor, table: Table, *, iso_dates: bool = False) -> None:
        self._cursor, self._table, self._iso_dates = cursor, table, iso_dates
        self._columns = read_columns(cursor, table)
        self.parent_tables = read_parents(cursor, table)
        """The tables that key columns refer to; `UNTYPED_KEYS` are absent."""

    def format_value(self, field: str, value: Any) -> str | None:
        """Format a value of a field; None for no value, for `_deleted` and for a released reference."""
        if value is None or field in (DELETED, HELD) or (field == "ref" and str(value).startswith(RELEASED)):
            return None
        if field in self._columns.keys:
            return self._format_key(self.parent_tables.get(field), parse_key(value))
        if field in self._columns.dates:
            return self._format_date(value)
        if field in self._columns.flags:
            return pgettext("flag", "yes") if value else pgettext("flag", "no")
        if field == "votes":
            return HEXADECIMAL_KEY.sub(lambda key: self._format_key("seats", parse_key(key[0])), str(value))
        return self._format_json(value) if holds_json(self._table, field) else str(value)

    def format_record(self, values: dict[str, Any]) -> str:
        """Return the name of a new record, else the records that it joins; nothing of the details of a contact."""
        named = [name for name in ("title", "name", "subject", "text", "ref") if name in values]
        is_detail = self._table in PARTY_TABLES and self._table != "parties"
        joined = [] if is_detail else [name for name in values if name in self._columns.keys | self._columns.dates]
        return ", ".join(self.format_value(name, values[name]) or "" for name in named[:1] or joined)

    def _format_date(self, text: str) -> str:
        """Format a stored date; ISO dates are reduced to what is known, and words stay words."""
        known_date = read_stored_date(text)
        return (known_date and self._iso_dates and known_date.iso) or str(known_date or "")

    def _format_key(self, parent: Table | None, key: RowKey) -> str:
        """Return the reference or name of a record, else what kind of record it is; never its key."""
        table = parent or find_key_table(self._cursor, key)
        if table is None:
            return _("an erased record")
        if table in PARTY_TABLES:
            table = "parties"
        label = self._read_label(table, key)
        return _("an erased record") if label is None else label or format_record_noun(table, 1)

    def _read_label(self, table: Table, key: RowKey) -> str | None:
        """Return the reference of a record, or its name where people read one made from the name; "" for neither.

        Return None where there is no such record.
        """
        known_columns = read_columns(self._cursor, table).names
        source = NAMED_VIEWS.get(table, table)
        shown = [name if name in known_columns else "NULL" for name in ("ref", *NAME_COLUMNS, "title_cy", "text_cy")]
        row = self._cursor.execute(f"SELECT {', '.join(shown)} FROM {source} WHERE id = ?", (key,)).fetchone()
        if row is None:
            return None
        ref, name, title, subject, text, title_cy, text_cy = row
        ref = None if ref and ref.startswith(RELEASED) else ref
        if ref and source == table and (self._iso_dates or ref != ref.lower()):
            return str(ref)
        if table == "seats":
            (name,) = self._cursor.execute(SEAT_NAME, (key,)).fetchone() or (ref,)
        if wants_welsh_names():
            title, text = title_cy or title, text_cy or text
        return str(name or title or subject or text or ref or "")

    def _format_json(self, text: str) -> str:
        try:
            return self._format_item(json.loads(text))
        except ValueError:
            return text

    def _format_item(self, item: Any) -> str:
        """Format one value of a JSON text; empty values are left out."""
        if isinstance(item, dict):
            pairs = ((format_field(name), self._format_item(value)) for name, value in item.items())
            return ", ".join(f"{name}: {value}" for name, value in pairs if value)
        if isinstance(item, list):
            separator = "; " if any(isinstance(part, dict) for part in item) else ", "
            return separator.join(part for part in map(self._format_item, item) if part)
        if isinstance(item, str) and HEXADECIMAL_KEY.fullmatch(item):
            return self._format_key(None, parse_key(item))
        if isinstance(item, str) and STORED_DATE.fullmatch(item):
            with suppress(ValueError):  # a text that begins with a date
                return self._format_date(item)
        return "" if item is None else str(item)
