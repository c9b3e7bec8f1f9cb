"""Boards and fora out of the database: lists, whole cards, and their seats. Reads only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.dates import from_stored
from ahtc_tui.domain.groups import GroupCard, GroupKind, GroupRow, GroupState, SeatRole, SeatRow
from ahtc_tui.store.listing import NOW_IN_POST, names, notes_on_sources, word_test
from ahtc_tui.store.parties import folded

if TYPE_CHECKING:
    from ahtc_tui.store.database import Cursor

ACTIONS_OF_GROUPS = """SELECT "group" AS of, id FROM actions WHERE "group" IS NOT NULL AND NOT deleted
 UNION SELECT a.lead, a.id FROM actions a JOIN groups g ON g.id = a.lead WHERE NOT a.deleted
 UNION SELECT m."group", a.id FROM actions a JOIN meetings m ON m.id = a.meeting WHERE m."group" IS NOT NULL
 AND NOT a.deleted"""
"""Every action of a group: for it, led by it, or agreed in one of its meetings."""

STANDING = "NOT s.deleted AND (s.to_on IS NULL OR s.to_on >= :today)"

ROWS = f"""WITH doing AS (SELECT d.of, count(*) AS open FROM ({ACTIONS_OF_GROUPS}) d JOIN actions a ON a.id = d.id
 WHERE a.is_open = 1 GROUP BY d.of),
 sitting AS (SELECT s."group" AS of, count(*) AS seats FROM seats s WHERE {STANDING} GROUP BY s."group")
 SELECT g.id, p.ref, p.name, p.short, g.kind, g.state, x.name, c.name, coalesce(sitting.seats, 0),
 coalesce(doing.open, 0), p.source FROM groups g JOIN parties p ON p.id = g.id LEFT JOIN areas x ON x.id = p.area
 LEFT JOIN parties c ON c.id = coalesce(g.chair, (SELECT s.party FROM seats s WHERE s."group" = g.id
 AND s.role = 'chair' AND {STANDING} ORDER BY s.n LIMIT 1))
 LEFT JOIN doing ON doing.of = g.id LEFT JOIN sitting ON sitting.of = g.id
 WHERE NOT g.deleted"""

FILLED_BY = f"""CASE p.kind WHEN 'person' THEN p.name ELSE coalesce((SELECT q.name FROM occupancies o JOIN parties q
 ON q.id = o.person WHERE o.seat = s.id AND NOT o.deleted AND NOT o.deputy AND (o.to_on IS NULL OR o.to_on >= :today)
 ORDER BY o.from_on DESC, o.n DESC LIMIT 1), {NOW_IN_POST.format(field="name", post="s.party")}) END"""
"""The person on a seat: named for it, holding its post, or the member itself."""

SEATS = f"""SELECT s.ref, g.name, g.ref, coalesce(p.name, s.org_class), p.ref, coalesce(p.kind, 'class'),
 {FILLED_BY} AS holder, s.role, s.from_on, s.to_on, s.source, coalesce(t.collective, 0) AS collective
 FROM seats s JOIN parties g ON g.id = s."group" LEFT JOIN parties p ON p.id = s.party LEFT JOIN posts t ON
 t.id = s.party
 WHERE {STANDING}"""

ENDS_SOON = """ AND ((s.to_on >= :today AND s.to_on < :ending) OR EXISTS (SELECT 1 FROM occupancies o
 WHERE o.seat = s.id AND NOT o.deleted AND o.to_on >= :today AND o.to_on < :ending))"""


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


def seat_row(line: Sequence[Any]) -> SeatRow:
    """The row that a line of the database is; a seat is vacant where no person and no collective post fills it."""
    ref, group, group_ref, member, member_ref, kind, holder, role, first, last, source, collective = line
    return SeatRow(
        ref,
        group,
        group_ref,
        member,
        member_ref,
        kind,
        holder,
        SeatRole(role),
        from_stored(first),
        from_stored(last),
        source,
        holder is None and not collective,
    )


def seats(
    cursor: Cursor,
    *,
    today: date,
    group: bytes | None = None,
    vacant: bool = False,
    ending_within_days: int | None = None,
    words: str = "",
) -> list[SeatRow]:
    """The seats that stand today, group by group; within a group the chair comes first."""
    test, asked = word_test(words, ("seat",), "s.id")
    asked["today"] = today.isoformat()
    query = f"{SEATS} AND {test}"
    if group is not None:
        query += ' AND s."group" = :group'
    if ending_within_days is not None:
        query += ENDS_SOON
        left = (date.max - today).days - 1
        asked["ending"] = (today + timedelta(days=min(ending_within_days, left) + 1)).isoformat()
    order = "ORDER BY g.name, g.ref, s.role <> 'chair', s.n"
    found = [seat_row(line) for line in cursor.execute(f"{query} {order}", {**asked, "group": group})]
    return [seat for seat in found if seat.vacant] if vacant else found


def card(cursor: Cursor, key: bytes, today: date) -> GroupCard:
    """Everything about one group."""
    asked = {"key": key, "today": today.isoformat()}
    head = row(cursor.execute(f"{ROWS} AND g.id = :key", asked).fetchone())
    line = cursor.execute(
        "SELECT p.name_cy, g.purpose, w.name, l.name, u.name, g.restricted, g.time_limited, coalesce(p.note, g.note),"
        " p.source_notes, g.source_notes FROM groups g JOIN parties p ON p.id = g.id"
        " LEFT JOIN parties w ON w.id = g.owner LEFT JOIN parties l ON l.id = g.lead_organisation"
        " LEFT JOIN parties u ON u.id = g.parent WHERE g.id = :key",
        asked,
    ).fetchone()
    name_cy, purpose, owner, lead, parent, restricted, time_limited, note, *notes = line
    aliases, renames = names(cursor, key)
    return GroupCard(
        head,
        name_cy,
        aliases,
        purpose,
        owner,
        lead,
        parent,
        _subgroups(cursor, key),
        bool(restricted),
        bool(time_limited),
        note,
        tuple(seats(cursor, today=today, group=key)),
        _actions(cursor, key),
        _meetings(cursor, key),
        renames,
        notes_on_sources(*notes),
    )


def _subgroups(cursor: Cursor, key: bytes) -> tuple[str, ...]:
    lines = cursor.execute(
        "SELECT p.name FROM groups g JOIN parties p ON p.id = g.id WHERE g.parent = ? AND NOT g.deleted"
        " ORDER BY p.name",
        (key,),
    )
    return tuple(name for (name,) in lines)


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
