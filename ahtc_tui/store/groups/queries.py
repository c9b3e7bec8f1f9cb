"""Boards and fora out of the database: lists, whole cards, and their seats. Reads only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.dates.date_as_known import read_stored_date
from ahtc_tui.domain.groups.model import GroupCard, GroupKind, GroupRow, GroupState
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.contacts.party_lookup import fold_name
from ahtc_tui.store.groups.chairs_and_terms import AUTHORITIES, FORCES, read_chairs, read_terms
from ahtc_tui.store.groups.seats import CURRENT, read_seats
from ahtc_tui.store.sql_fragments import NAME_ON_DAY, build_word_condition, parse_source_notes, read_aliases

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor

ACTIONS_OF_GROUPS = """SELECT "group" AS of, id FROM actions WHERE "group" IS NOT NULL AND NOT deleted
 UNION SELECT a.lead, a.id FROM actions a JOIN groups g ON g.id = a.lead WHERE NOT a.deleted
 UNION SELECT m."group", a.id FROM actions a JOIN meetings m ON m.id = a.meeting WHERE m."group" IS NOT NULL
 AND NOT a.deleted"""
"""Every action of a group: for it, led by it, or agreed in one of its meetings."""

ROWS = f"""WITH doing AS (SELECT d.of, count(*) AS open FROM ({ACTIONS_OF_GROUPS}) d JOIN actions a ON a.id = d.id
 WHERE a.is_open = 1 GROUP BY d.of),
 sitting AS (SELECT s."group" AS of, count(*) AS seats FROM seats s WHERE {CURRENT} GROUP BY s."group")
 SELECT g.id, p.ref, {NAME_ON_DAY.format(party="p", day=":today")}, p.short, g.kind, g.state, x.name, c.name,
 coalesce(sitting.seats, 0), coalesce(doing.open, 0), p.source
 FROM groups g JOIN parties p ON p.id = g.id LEFT JOIN areas x ON x.id = p.area
 LEFT JOIN parties c ON c.id = coalesce(g.chair, (SELECT s.party FROM seats s WHERE s."group" = g.id
 AND s.role = 'chair' AND {CURRENT} ORDER BY s.n LIMIT 1))
 LEFT JOIN doing ON doing.of = g.id LEFT JOIN sitting ON sitting.of = g.id
 WHERE NOT g.deleted"""


def build_row(row: Sequence[Any]) -> GroupRow:
    """The row that a line of the database is; its next meeting is not reckoned here."""
    key, ref, name, short, kind, state, area, chair, seats, open_actions, source = row
    kind_and_state = (GroupKind(kind), GroupState(state))
    return GroupRow(key, ref, name, short, *kind_and_state, area, chair, seats, open_actions, None, source)


def read_groups(cursor: Cursor, *, today: date, words: str = "", limit: int | None = None) -> list[GroupRow]:
    """The groups that hold all the words, by name; the one whose reference they are comes first."""
    test, match = build_word_condition(words, ("group",), "g.id")
    rows = cursor.execute(f"{ROWS} AND {test}", {**match, "today": today.isoformat()})
    typed = words.strip().lower()
    return sorted((build_row(line) for line in rows), key=lambda group: (group.ref != typed, fold_name(group.name)))[
        :limit
    ]


def read_group(cursor: Cursor, key: RowKey, today: date) -> GroupRow:
    """One group; its next meeting is not reckoned here."""
    return build_row(cursor.execute(f"{ROWS} AND g.id = :key", {"key": key, "today": today.isoformat()}).fetchone())


CARD = """SELECT p.name_cy, g.purpose, w.name, l.name, u.name, g.restricted, g.time_limited, coalesce(p.note, g.note),
 (SELECT c.ref FROM parties c WHERE c.id = g.chair),
 b.name, g.frequency, g.quorum, g.ref_pattern, p.area, p.source_notes, g.source_notes
 FROM groups g JOIN parties p ON p.id = g.id
 LEFT JOIN parties w ON w.id = g.owner LEFT JOIN parties l ON l.id = g.lead_organisation
 LEFT JOIN parties u ON u.id = g.parent LEFT JOIN parties b ON b.id = g.predecessor WHERE g.id = :key"""


def read_card(cursor: Cursor, key: RowKey, today: date) -> GroupCard:
    """Everything about one group."""
    parameters = {"key": key, "today": today.isoformat()}
    head = read_group(cursor, key, today)
    row = cursor.execute(CARD, parameters).fetchone()
    name_cy, purpose, owner, lead, parent, restricted, time_limited, note, *columns = row
    chair_ref, predecessor, frequency, quorum, pattern, area, *notes = columns
    aliases, renames = read_aliases(cursor, key)
    return GroupCard(
        head,
        name_cy,
        aliases,
        purpose,
        owner,
        lead,
        parent,
        _read_names(cursor, SUBGROUPS, key),
        bool(restricted),
        bool(time_limited),
        note,
        tuple(read_seats(cursor, today=today, group=key)),
        _read_actions(cursor, key),
        _read_meetings(cursor, key),
        renames,
        parse_source_notes(*notes),
        predecessor,
        _read_names(cursor, SUCCESSORS, key),
        frequency,
        quorum,
        pattern,
        _read_names(cursor, FORCES, area),
        _read_names(cursor, AUTHORITIES, area),
        read_chairs(cursor, key, today),
        read_terms(cursor, key),
        tuple(read_seats(cursor, today=today, group=key, expired=True)),
        _find_last_meeting(cursor, parameters),
        chair_ref,
    )


SUBGROUPS = """SELECT p.name FROM groups g JOIN parties p ON p.id = g.id WHERE g.parent = ? AND NOT g.deleted
 ORDER BY p.name"""

SUCCESSORS = """SELECT p.name FROM groups g JOIN parties p ON p.id = g.id WHERE g.predecessor = ? AND NOT g.deleted
 ORDER BY p.name"""


def _read_names(cursor: Cursor, query: str, key: RowKey | None) -> tuple[str, ...]:
    return tuple(name for (name,) in cursor.execute(query, (key,)))


def _find_last_meeting(cursor: Cursor, parameters: dict[str, Any]) -> str | None:
    row = cursor.execute(
        "SELECT ref, title, day FROM meetings WHERE \"group\" = :key AND NOT deleted AND state <> 'cancelled'"
        " AND (substr(day, 1, 10) < :today OR state = 'held') ORDER BY substr(day, 1, 10) DESC, n DESC LIMIT 1",
        parameters,
    ).fetchone()
    return f"{row[0]} {row[1]}, {read_stored_date(row[2])}" if row else None


def _read_actions(cursor: Cursor, key: RowKey) -> tuple[str, ...]:
    rows = cursor.execute(
        f"SELECT a.ref || ' ' || a.title FROM ({ACTIONS_OF_GROUPS}) d JOIN actions a ON a.id = d.id WHERE d.of = ?"
        " ORDER BY a.ref_key",
        (key,),
    )
    return tuple(title for (title,) in rows)


def read_open_actions(cursor: Cursor, key: RowKey) -> tuple[str, ...]:
    """References and titles of the open actions of a group."""
    rows = cursor.execute(
        f"SELECT a.ref || ' ' || a.title FROM ({ACTIONS_OF_GROUPS}) d JOIN actions a ON a.id = d.id WHERE d.of = ?"
        " AND a.is_open = 1 ORDER BY a.ref_key",
        (key,),
    )
    return tuple(title for (title,) in rows)


def read_short_names(cursor: Cursor) -> dict[str, str]:
    """Reference to short name, or name where there is none, of every group."""
    rows = cursor.execute("SELECT ref, coalesce(short, name) FROM parties WHERE kind = 'group' AND NOT deleted")
    return dict(rows.fetchall())


def _read_meetings(cursor: Cursor, key: RowKey) -> tuple[str, ...]:
    rows = cursor.execute(
        'SELECT ref, title, day FROM meetings WHERE "group" = ? AND NOT deleted'
        " ORDER BY day IS NULL, substr(day, 1, 10), n",
        (key,),
    )
    return tuple(f"{ref} {title}" + (f", {read_stored_date(day)}" if day else "") for ref, title, day in rows)
