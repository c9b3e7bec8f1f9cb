"""Reads the chairs, terms of reference, police forces and authorities of a group."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import NamedTuple

from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.dates.periods import Period, Timeline
from ahtc_tui.domain.groups.model import ChairRow, TermsRow
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.records.rows import select_rows, select_value
from ahtc_tui.store.sql_fragments import CURRENT_HOLDER

FORCES = """SELECT name FROM (
 SELECT p.name FROM areas x JOIN named_parties p ON p.id = x.police WHERE x.id = ?1 AND NOT p.deleted UNION
 SELECT p.name FROM areas x JOIN named_parties p ON p.id = x.police WHERE x.parent = ?1 AND NOT p.deleted)
 ORDER BY sort_key(name)"""
"""Police force of an area, or the forces of its parts."""

AUTHORITIES = """SELECT p.name FROM organisations o JOIN named_parties p ON p.id = o.id WHERE o.kind = 'local-authority'
 AND NOT o.deleted AND (o.forum_area = ?1 OR p.area = ?1) ORDER BY sort_key(p.name)"""

CHAIRS = f"""SELECT p.name, CASE p.kind WHEN 'post' THEN {CURRENT_HOLDER.format(field="name", post="p.id")} END
 AS holder, s.from_on, s.to_on FROM seats s JOIN named_parties p ON p.id = s.party
 WHERE s."group" = :key AND s.role = 'chair' AND NOT s.deleted
 UNION ALL SELECT p.name, CASE p.kind WHEN 'post' THEN {CURRENT_HOLDER.format(field="name", post="p.id")} END, NULL,
 NULL FROM groups g JOIN named_parties p ON p.id = g.chair WHERE g.id = :key AND NOT EXISTS (SELECT 1 FROM seats s
 WHERE s."group" = g.id AND s.role = 'chair' AND s.party = g.chair AND NOT s.deleted)"""


class ChairTerm(NamedTuple):
    """A party that chairs a group for a period."""

    key: RowKey
    """Key of the seat."""
    party: RowKey
    name: str
    from_on: DateAsKnown | None
    to_on: DateAsKnown | None


def read_chairs(cursor: Cursor, group: RowKey, today: date) -> tuple[ChairRow, ...]:
    """Return past, present and future chairs, the last one first, each with its actual last day."""
    rows = select_rows(cursor, ChairRow, CHAIRS, {"key": group, "today": today.isoformat()})
    timeline = Timeline(rows, lambda row: Period(row.from_on, row.to_on))
    # A chair whose last day is not recorded ended when the next one began.
    chairs = [replace(row, to_on=timeline.find_end(row)) for row in rows]
    return tuple(sorted(chairs, key=lambda row: (row.to_on is None, _find_start(row)), reverse=True))


def _find_start(row: ChairRow) -> date:
    return row.from_on.latest if row.from_on else date.min


def read_chair_terms(cursor: Cursor, group: RowKey) -> list[ChairTerm]:
    """Return every term of a chair of a group that has a seat."""
    query = """SELECT s.id AS key, s.party, p.name, s.from_on, s.to_on FROM seats s
 JOIN named_parties p ON p.id = s.party WHERE s."group" = ? AND s.role = 'chair' AND NOT s.deleted ORDER BY s.n"""
    return select_rows(cursor, ChairTerm, query, (group,))


def read_terms(cursor: Cursor, group: RowKey, today: date) -> tuple[TermsRow, ...]:
    """Return the versions of a group's terms of reference, newest first, and which of them is in force."""
    query = """SELECT version, text, from_on, agreed_on, review_on FROM terms_of_reference WHERE "group" = ?
 AND NOT deleted ORDER BY substr(coalesce(from_on, agreed_on), 1, 10) DESC, n DESC"""
    rows = select_rows(cursor, TermsRow, query, (group,))
    valid = Timeline(rows, lambda row: row.period).list_valid(today)
    return tuple(replace(row, in_force=bool(valid) and row is valid[0]) for row in rows)


def find_version(cursor: Cursor, group: RowKey, version: str) -> RowKey | None:
    """Return the key of a version of the terms of reference; None where there is none."""
    return select_value(
        cursor, 'SELECT id FROM terms_of_reference WHERE "group" = ? AND version = ? AND NOT deleted', (group, version)
    )


def is_under(cursor: Cursor, group: RowKey, ancestor: RowKey, column: str) -> bool:
    """Return whether a group is another one or reaches it through its parents or predecessors."""
    query = f"""WITH RECURSIVE up(id) AS (SELECT ? UNION SELECT g.{column} FROM groups g JOIN up ON g.id = up.id
 WHERE g.{column} IS NOT NULL) SELECT 1 FROM up WHERE id = ?"""
    rows = cursor.execute(query, (group, ancestor))
    return rows.fetchone() is not None


def find_chair(cursor: Cursor, group: RowKey) -> RowKey | None:
    """Return the key of the chair that the group itself names."""
    chair: RowKey | None = cursor.execute("SELECT chair FROM groups WHERE id = ?", (group,)).fetchone()[0]
    return chair
