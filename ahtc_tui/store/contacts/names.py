"""Reads the names of a party: the one of a day, the periods in which each was used, and other names without a date."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from ahtc_tui.domain.dates.date_as_known import DateAsKnown, read_stored_date
from ahtc_tui.domain.dates.periods import Period, Timeline, find_day_after, format_term
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.records.fields import read_field
from ahtc_tui.store.records.rows import select_rows, select_value
from ahtc_tui.store.sql_fragments import NAME_CY_ON_DAY, NAME_ON_DAY


class AliasRow(NamedTuple):
    """Further name of a party, with its dates as stored."""

    key: RowKey
    name: str
    name_cy: str | None
    from_on: str | None
    to_on: str | None


class NameFact(NamedTuple):
    """A name of a party for a period, with the Welsh one then; without an alias it is the name of the record."""

    name: str
    name_cy: str | None
    period: Period
    alias: RowKey | None


def read_aliases(cursor: Cursor, party: RowKey) -> list[AliasRow]:
    """Return every further name of a party, in order of entry."""
    query = "SELECT id AS key, name, name_cy, from_on, to_on FROM aliases WHERE party = ? AND NOT deleted ORDER BY n"
    return select_rows(cursor, AliasRow, query, (party,))


def read_timeline(cursor: Cursor, party: RowKey) -> tuple[Timeline[NameFact], list[NameFact]]:
    """Return the names of a party with a period, as a timeline and in order of their beginning.

    A name that states no Welsh one has that of the name before it.
    The name of the record began when the last former name ended of those whose beginning is not known.
    """
    facts = [
        NameFact(
            alias.name,
            alias.name_cy,
            Period(read_stored_date(alias.from_on), read_stored_date(alias.to_on)),
            alias.key,
        )
        for alias in read_aliases(cursor, party)
        if alias.from_on or alias.to_on
    ]
    ends = [fact.period.end for fact in facts if fact.period.start is None and fact.period.end]
    begins = find_day_after(max(ends)) if ends else None
    name, name_cy = (read_field(cursor, "parties", party, column) for column in ("name", "name_cy"))
    facts.append(NameFact(name or "", name_cy, Period(begins), None))
    facts.sort(key=lambda fact: (fact.period.first, fact.period.last))
    welsh = None
    for number, fact in enumerate(facts):
        welsh = fact.name_cy if fact.name_cy is not None else welsh
        facts[number] = fact._replace(name_cy=welsh)
    return Timeline(facts, lambda fact: fact.period), facts


def read_other_names(cursor: Cursor, party: RowKey, today: date) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the names of a party other than those of a day, English and Welsh.

    Those with a date are also returned as "Name / Welsh name (until 1 May 2013)".
    """
    timeline, facts = read_timeline(cursor, party)
    present = timeline.list_valid(today)[-1:]
    shown = {name for fact in present for name in (fact.name, fact.name_cy)}
    names: dict[str, None] = {}
    dated = []
    for fact in facts:
        others = [name for name in dict.fromkeys((fact.name, fact.name_cy)) if name and name not in shown]
        if others and (term := format_term(fact.period.start, timeline.find_end(fact))):
            names |= dict.fromkeys(others)
            dated.append(f"{' / '.join(others)} ({term})")
    for alias in read_aliases(cursor, party):
        if not alias.from_on and not alias.to_on:
            names |= dict.fromkeys(name for name in (alias.name, alias.name_cy) if name and name not in shown)
    return tuple(names), tuple(dated)


class AddressRow(NamedTuple):
    """Postal address of a party with its period."""

    key: RowKey
    postal_address: str
    from_on: DateAsKnown | None
    to_on: DateAsKnown | None

    @property
    def period(self) -> Period:
        """Period as entered."""
        return Period(self.from_on, self.to_on)


def read_addresses(cursor: Cursor, party: RowKey) -> list[AddressRow]:
    """Return the addresses of a party that have a date, by their first day."""
    query = """SELECT id AS key, postal_address, from_on, to_on FROM addresses WHERE party = ? AND NOT deleted
 ORDER BY n"""
    return sorted(select_rows(cursor, AddressRow, query, (party,)), key=lambda row: row.period.first)


def format_addresses(cursor: Cursor, party: RowKey) -> tuple[str, ...]:
    """Return the addresses of a party over time as "Address (from 1 May 2013)"; none where it has had only one."""
    rows = read_addresses(cursor, party)
    timeline = Timeline(rows, lambda row: row.period)
    own: str = select_value(cursor, "SELECT postal_address FROM parties WHERE id = ?", (party,)) or ""
    first = [own] if own and rows else []
    return (
        *first,
        *(f"{row.postal_address or '–'} ({format_term(row.from_on, timeline.find_end(row))})" for row in rows),
    )


def find_shown_address(cursor: Cursor, party: RowKey) -> RowKey | None:
    """Return the key of the dated address that is valid on the day of the workspace; None where there is none."""
    day: str | None = select_value(cursor, "SELECT day_of_names()")
    if day is None:
        return None
    valid = Timeline(read_addresses(cursor, party), lambda row: row.period).list_valid(date.fromisoformat(day))
    return valid[-1].key if valid else None


def find_shown_alias(cursor: Cursor, party: RowKey) -> RowKey | None:
    """Return the key of the dated name that is valid on the day of the workspace; None for the record's own."""
    day: str | None = select_value(cursor, "SELECT day_of_names()")
    if day is None:
        return None
    timeline, _facts = read_timeline(cursor, party)
    return timeline.list_valid(date.fromisoformat(day))[-1].alias


class PostName(NamedTuple):
    """A post with its names on a day."""

    key: RowKey
    name: str
    name_cy: str | None


def read_posts(cursor: Cursor, day: date) -> list[PostName]:
    """Return the posts with their names on a day, without those whose name begins on that day."""
    query = f"""SELECT p.id AS key, {NAME_ON_DAY.format(party="p", day=":day")} AS name,
 {NAME_CY_ON_DAY.format(party="p", day=":day")} AS name_cy FROM parties p WHERE p.kind = 'post' AND NOT p.deleted
 AND NOT EXISTS (SELECT 1 FROM aliases l WHERE l.party = p.id AND NOT l.deleted AND l.from_on = :day) ORDER BY p.ref"""
    return select_rows(cursor, PostName, query, {"day": day.isoformat()})


def read_welsh_name_on(cursor: Cursor, party: RowKey, day: date) -> str | None:
    """Return the Welsh name of a party on a day; None where it has none then."""
    query = f"SELECT {NAME_CY_ON_DAY.format(party='p', day=':day')} FROM parties p WHERE p.id = :key"
    return select_value(cursor, query, {"key": party, "day": day.isoformat()})


def read_name_on(cursor: Cursor, party: RowKey, day: date) -> str:
    """Return the name of a party on a day."""
    parameters = {"key": party, "day": day.isoformat()}
    name: str = cursor.execute(
        f"SELECT {NAME_ON_DAY.format(party='p', day=':day')} FROM parties p WHERE p.id = :key", parameters
    ).fetchone()[0]
    return name
