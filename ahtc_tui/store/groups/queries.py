"""Boards and fora out of the database: lists, whole cards, and their seats. Reads only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.dates.date_as_known import from_stored
from ahtc_tui.domain.groups.model import GroupCard, GroupKind, GroupRow, GroupState
from ahtc_tui.store.contacts.party_lookup import folded
from ahtc_tui.store.groups.chairs_and_terms import AUTHORITIES, FORCES, chairs, terms
from ahtc_tui.store.groups.seats import STANDING, seats
from ahtc_tui.store.sql_fragments import NAME_ON, names, notes_on_sources, word_test

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor

ACTIONS_OF_GROUPS = """SELECT "group" AS of, id FROM actions WHERE "group" IS NOT NULL AND NOT deleted
 UNION SELECT a.lead, a.id FROM actions a JOIN groups g ON g.id = a.lead WHERE NOT a.deleted
 UNION SELECT m."group", a.id FROM actions a JOIN meetings m ON m.id = a.meeting WHERE m."group" IS NOT NULL
 AND NOT a.deleted"""
"""Every action of a group: for it, led by it, or agreed in one of its meetings."""

ROWS = f"""WITH doing AS (SELECT d.of, count(*) AS open FROM ({ACTIONS_OF_GROUPS}) d JOIN actions a ON a.id = d.id
 WHERE a.is_open = 1 GROUP BY d.of),
 sitting AS (SELECT s."group" AS of, count(*) AS seats FROM seats s WHERE {STANDING} GROUP BY s."group")
 SELECT g.id, p.ref, {NAME_ON.format(party="p", day=":today")}, p.short, g.kind, g.state, x.name, c.name,
 coalesce(sitting.seats, 0), coalesce(doing.open, 0), p.source
 FROM groups g JOIN parties p ON p.id = g.id LEFT JOIN areas x ON x.id = p.area
 LEFT JOIN parties c ON c.id = coalesce(g.chair, (SELECT s.party FROM seats s WHERE s."group" = g.id
 AND s.role = 'chair' AND {STANDING} ORDER BY s.n LIMIT 1))
 LEFT JOIN doing ON doing.of = g.id LEFT JOIN sitting ON sitting.of = g.id
 WHERE NOT g.deleted"""


def row(line: Sequence[Any]) -> GroupRow:
    """The row that a line of the database is; its next meeting is not reckoned here."""
    key, ref, name, short, kind, state, area, chair, seats, open_actions, source = line
    standing = (GroupKind(kind), GroupState(state))
    return GroupRow(key, ref, name, short, *standing, area, chair, seats, open_actions, None, source)


def listed(cursor: Cursor, *, today: date, words: str = "", limit: int | None = None) -> list[GroupRow]:
    """The groups that hold all the words, by name; the one whose reference they are comes first."""
    test, match = word_test(words, ("group",), "g.id")
    lines = cursor.execute(f"{ROWS} AND {test}", {**match, "today": today.isoformat()})
    named = words.strip().lower()
    return sorted((row(line) for line in lines), key=lambda group: (group.ref != named, folded(group.name)))[:limit]


def by_key(cursor: Cursor, key: bytes, today: date) -> GroupRow:
    """One group; its next meeting is not reckoned here."""
    return row(cursor.execute(f"{ROWS} AND g.id = :key", {"key": key, "today": today.isoformat()}).fetchone())


CARD = """SELECT p.name_cy, g.purpose, w.name, l.name, u.name, g.restricted, g.time_limited, coalesce(p.note, g.note),
 (SELECT c.ref FROM parties c WHERE c.id = g.chair),
 b.name, g.frequency, g.quorum, g.ref_pattern, p.area, p.source_notes, g.source_notes
 FROM groups g JOIN parties p ON p.id = g.id
 LEFT JOIN parties w ON w.id = g.owner LEFT JOIN parties l ON l.id = g.lead_organisation
 LEFT JOIN parties u ON u.id = g.parent LEFT JOIN parties b ON b.id = g.predecessor WHERE g.id = :key"""


def card(cursor: Cursor, key: bytes, today: date) -> GroupCard:
    """Everything about one group."""
    asked = {"key": key, "today": today.isoformat()}
    head = by_key(cursor, key, today)
    line = cursor.execute(CARD, asked).fetchone()
    name_cy, purpose, owner, lead, parent, restricted, time_limited, note, *rest = line
    chair_ref, predecessor, frequency, quorum, pattern, area, *notes = rest
    aliases, renames = names(cursor, key)
    return GroupCard(
        head,
        name_cy,
        aliases,
        purpose,
        owner,
        lead,
        parent,
        _named(cursor, SUBGROUPS, key),
        bool(restricted),
        bool(time_limited),
        note,
        tuple(seats(cursor, today=today, group=key)),
        _actions(cursor, key),
        _meetings(cursor, key),
        renames,
        notes_on_sources(*notes),
        predecessor,
        _named(cursor, SUCCESSORS, key),
        frequency,
        quorum,
        pattern,
        _named(cursor, FORCES, area),
        _named(cursor, AUTHORITIES, area),
        chairs(cursor, key, today),
        terms(cursor, key),
        tuple(seats(cursor, today=today, group=key, expired=True)),
        _last_meeting(cursor, asked),
        chair_ref,
    )


SUBGROUPS = """SELECT p.name FROM groups g JOIN parties p ON p.id = g.id WHERE g.parent = ? AND NOT g.deleted
 ORDER BY p.name"""

SUCCESSORS = """SELECT p.name FROM groups g JOIN parties p ON p.id = g.id WHERE g.predecessor = ? AND NOT g.deleted
 ORDER BY p.name"""


def _named(cursor: Cursor, query: str, key: bytes | None) -> tuple[str, ...]:
    return tuple(name for (name,) in cursor.execute(query, (key,)))


def _last_meeting(cursor: Cursor, asked: dict[str, Any]) -> str | None:
    found = cursor.execute(
        "SELECT ref, title, day FROM meetings WHERE \"group\" = :key AND NOT deleted AND state <> 'cancelled'"
        " AND (substr(day, 1, 10) < :today OR state = 'held') ORDER BY substr(day, 1, 10) DESC, n DESC LIMIT 1",
        asked,
    ).fetchone()
    return f"{found[0]} {found[1]}, {from_stored(found[2])}" if found else None


def _actions(cursor: Cursor, key: bytes) -> tuple[str, ...]:
    lines = cursor.execute(
        f"SELECT a.ref || ' ' || a.title FROM ({ACTIONS_OF_GROUPS}) d JOIN actions a ON a.id = d.id WHERE d.of = ?"
        " ORDER BY a.ref_key",
        (key,),
    )
    return tuple(said for (said,) in lines)


def open_actions(cursor: Cursor, key: bytes) -> tuple[str, ...]:
    """References and titles of the open actions of a group."""
    lines = cursor.execute(
        f"SELECT a.ref || ' ' || a.title FROM ({ACTIONS_OF_GROUPS}) d JOIN actions a ON a.id = d.id WHERE d.of = ?"
        " AND a.is_open = 1 ORDER BY a.ref_key",
        (key,),
    )
    return tuple(said for (said,) in lines)


def short_names(cursor: Cursor) -> dict[str, str]:
    """Reference to short name, or name where there is none, of every group."""
    found = cursor.execute("SELECT ref, coalesce(short, name) FROM parties WHERE kind = 'group' AND NOT deleted")
    return dict(found.fetchall())


def _meetings(cursor: Cursor, key: bytes) -> tuple[str, ...]:
    lines = cursor.execute(
        'SELECT ref, title, day FROM meetings WHERE "group" = ? AND NOT deleted'
        " ORDER BY day IS NULL, substr(day, 1, 10), n",
        (key,),
    )
    return tuple(f"{ref} {title}" + (f", {from_stored(day)}" if day else "") for ref, title, day in lines)
