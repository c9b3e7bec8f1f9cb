"""Reads the names of a party and the periods in which they were used."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from ahtc_tui.domain.contacts.post_holders import find_day_before, find_first_day
from ahtc_tui.domain.dates.date_as_known import read_stored_date
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.records.rows import select_rows, select_value
from ahtc_tui.store.sql_fragments import NAME_ON_DAY


class AliasRow(NamedTuple):
    """Further name of a party, with its dates as stored."""

    key: RowKey
    name: str
    from_on: str | None
    to_on: str | None

    @property
    def begins(self) -> date | None:
        """First day of the name, that of the month or the year where no day is known."""
        first = read_stored_date(self.from_on)
        return find_first_day(first) if first else None


def read_aliases(cursor: Cursor, party: RowKey) -> list[AliasRow]:
    """Return every further name of a party, in order of entry."""
    query = "SELECT id AS key, name, from_on, to_on FROM aliases WHERE party = ? AND NOT deleted ORDER BY n"
    return select_rows(cursor, AliasRow, query, (party,))


def find_shown_alias(cursor: Cursor, party: RowKey) -> RowKey | None:
    """Return the key of the dated name that is valid on the day of the workspace; None where the present one is."""
    query = """SELECT l.id FROM aliases l JOIN named_parties s ON s.id = l.party JOIN parties p ON p.id = l.party
 WHERE l.party = ? AND l.name = s.name AND s.name <> p.name AND NOT l.deleted
 AND coalesce(l.from_on, l.to_on) IS NOT NULL"""
    key: RowKey | None = select_value(cursor, query, (party,))
    return key


def read_name_on(cursor: Cursor, party: RowKey, day: date) -> str:
    """Return the name of a party on a day."""
    parameters = {"key": party, "day": day.isoformat()}
    name: str = cursor.execute(
        f"SELECT {NAME_ON_DAY.format(party='p', day=':day')} FROM parties p WHERE p.id = :key", parameters
    ).fetchone()[0]
    return name


def find_previous_day(stored_day: str) -> str:
    """Return the day before a stored date, as stored."""
    day = read_stored_date(stored_day)
    assert day is not None
    return find_day_before(day).stored_text
