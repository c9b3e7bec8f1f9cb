"""Reads what a meeting pack needs in addition to the card of its meeting."""

from __future__ import annotations

from typing import NamedTuple

from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.records.rows import select_column, select_rows, select_value


def find_last_minuted_meeting(cursor: Cursor, meeting: RowKey) -> str | None:
    """Return the reference of the group's last earlier meeting with minutes; None where there is none."""
    query = """SELECT e.ref FROM meetings m JOIN meetings e ON e."group" = m."group" AND e.id <> m.id WHERE m.id = ?
 AND NOT e.deleted AND e.state <> 'cancelled' AND e.day < coalesce(m.day, '9999') AND EXISTS (SELECT 1
 FROM minute_lines l WHERE l.meeting = e.id AND NOT l.deleted) ORDER BY substr(e.day, 1, 10) DESC LIMIT 1"""
    return select_value(cursor, query, (meeting,))


def owns_plan(cursor: Cursor, group: RowKey) -> bool:
    """Return whether a group owns the plan, so that every action concerns it."""
    return select_value(cursor, "SELECT 1 FROM plans WHERE owner = ? AND NOT deleted", (group,)) is not None


def read_unnamed_seats(cursor: Cursor, group: RowKey) -> tuple[str, ...]:
    """Return the seats of a group that name only a class of organisations ("Health Boards")."""
    query = """SELECT org_class FROM seats WHERE "group" = ? AND party IS NULL AND NOT deleted AND to_on IS NULL
 ORDER BY n"""
    return tuple(select_column(cursor, query, (group,)))


def count_contacts(cursor: Cursor) -> tuple[int, tuple[str, ...]]:
    """Return the number of people and posts in the register, and the names of those without an address."""
    query = """SELECT name, coalesce(email, '') <> '' AS has_address FROM named_parties WHERE kind IN ('person', 'post')
 AND NOT deleted ORDER BY kind, sort_key(name)"""
    contacts = select_rows(cursor, Addressed, query)
    return len(contacts), tuple(contact.name for contact in contacts if not contact.has_address)


class Addressed(NamedTuple):
    """Party, and whether it has an e-mail address."""

    name: str
    has_address: bool
