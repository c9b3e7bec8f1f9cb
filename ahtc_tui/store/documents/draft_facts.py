"""Reads what the records say, for the comparison with a draft: names, dates, and numbers with what they count."""

from __future__ import annotations

from typing import NamedTuple

from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.privacy.erasure_scope import TextPlace, list_text_places
from ahtc_tui.store.records.columns import list_record_tables, read_columns
from ahtc_tui.store.records.cursor import Cursor, Table
from ahtc_tui.store.records.relations import PARTY_TABLES, read_owner_ref
from ahtc_tui.store.records.rows import select_rows
from ahtc_tui.store.sql_fragments import OTHER_NAMES

TITLED: tuple[tuple[Table, str], ...] = (
    *(("parties", "name"), ("parties", "name_cy"), ("parties", "short"), ("areas", "name"), ("areas", "name_cy")),
    *((table, "title") for table in ("practices", "data_sets", "documents", "meetings", "plans", "commissions")),
    *(("papers", "title"), ("meetings", "venue"), ("meetings", "place")),
)
"""Tables with a reference, and their columns with a name or a title."""
ALIASES = f"SELECT l.name, p.ref FROM {OTHER_NAMES} l JOIN parties p ON p.id = l.party WHERE NOT p.deleted"
PEOPLE = "SELECT name, ref FROM parties WHERE kind = 'person' AND NOT deleted"
DATE_NAMES = ("day", "due", "period", "original_due")
"""Columns with a date whose names do not end in "_on"."""


class KnownName(NamedTuple):
    """A name of a record."""

    name: str
    ref: str


class KnownDay(NamedTuple):
    """A date of a record, as stored."""

    value: str
    key: RowKey


def list_names(cursor: Cursor) -> list[KnownName]:
    """Return the names of parties, areas and titled records."""
    queries = [
        f"""SELECT "{column}" AS name, ref FROM "{table}" WHERE NOT deleted AND "{column}" <> ''"""
        for table, column in TITLED
    ]
    return [row for query in (*queries, ALIASES) for row in select_rows(cursor, KnownName, query)]


def list_people(cursor: Cursor) -> list[KnownName]:
    """Return the names of the people."""
    return list(select_rows(cursor, KnownName, PEOPLE))


def list_dates(cursor: Cursor) -> dict[str, tuple[Table, RowKey]]:
    """Return a record for each date that any has: by day, by month and by year."""
    dates: dict[str, tuple[Table, RowKey]] = {}
    for table in list_record_tables(cursor):
        names = [name for name in read_columns(cursor, table).names if name.endswith("_on") or name in DATE_NAMES]
        for name in names:
            query = f'SELECT "{name}" AS value, id AS key FROM "{table}" WHERE NOT deleted AND "{name}" IS NOT NULL'
            for row in select_rows(cursor, KnownDay, query):
                day, _space, precision = str(row.value).partition(" ")
                exact = [day] if not precision and len(day) == 10 else []
                for value in (*exact, *([] if precision.startswith("year") else [day[:7]]), day[:4]):
                    dates.setdefault(value, (table, row.key))
    return dates


def list_texts(cursor: Cursor) -> list[TextPlace]:
    """Return every text of the records with the reference of its record."""
    return list(list_text_places(cursor))


def find_ref(cursor: Cursor, table: Table, key: RowKey) -> str | None:
    """Return the reference of a record or of what it is a part of."""
    return read_owner_ref(cursor, "parties" if table in PARTY_TABLES else table, key)
