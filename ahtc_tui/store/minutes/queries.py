"""What the minutes stand on: the items of an agenda, the next free places, and how each item stood. Reads only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.minutes.model import ItemStatus
from ahtc_tui.store.sql_fragments import CURRENT_HOLDER, IN_FORCE

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor

OPEN_ACTIONS = (
    "SELECT group_concat(ref, ' ') FROM (SELECT DISTINCT a.ref FROM minute_lines l JOIN actions a ON a.id = l.action"
    " WHERE l.item IN (WITH RECURSIVE earlier(id) AS (VALUES(i.id) UNION SELECT c.carried_from FROM agenda_items c"
    " JOIN earlier e ON c.id = e.id WHERE c.carried_from IS NOT NULL) SELECT id FROM earlier)"
    " AND NOT l.deleted AND a.is_open ORDER BY a.ref_key)"
)
"""References of the open actions under an item and under the items that it was carried from."""


def find_item(cursor: Cursor, meeting: RowKey, position: int) -> RowKey | None:
    """The key of the item with a number; None if the agenda has none."""
    row = cursor.execute(
        "SELECT id FROM agenda_items WHERE meeting = ? AND position = ? AND NOT deleted", (meeting, position)
    ).fetchone()
    return row[0] if row else None


def find_last_item(cursor: Cursor, meeting: RowKey) -> RowKey | None:
    """The item that the last line stands under; None before the first."""
    row = cursor.execute(
        "SELECT item FROM minute_lines WHERE meeting = ? AND NOT deleted ORDER BY n DESC LIMIT 1", (meeting,)
    ).fetchone()
    return row[0] if row else None


def find_next_line(cursor: Cursor, meeting: RowKey, item: RowKey | None) -> int:
    """The number after the last line of an item."""
    return int(
        cursor.execute(
            "SELECT coalesce(max(position), 0) + 1 FROM minute_lines WHERE meeting = ? AND item IS ? AND NOT deleted",
            (meeting, item),
        ).fetchone()[0]
    )


def read_item_standings(cursor: Cursor, meeting: RowKey) -> list[tuple[RowKey, ItemStatus]]:
    """Each item of a meeting's agenda with how it stood, in order."""
    rows = cursor.execute(
        "SELECT i.id, i.position, i.title, i.standing, i.discussed OR EXISTS (SELECT 1 FROM minute_lines l"
        f" WHERE l.item = i.id AND NOT l.deleted), ({OPEN_ACTIONS}) FROM agenda_items i"
        " WHERE i.meeting = ? AND NOT i.deleted ORDER BY i.position, i.n",
        (meeting,),
    )
    return [
        (key, ItemStatus(position, title, bool(is_standing), bool(discussed), tuple(refs.split()) if refs else ()))
        for key, position, title, is_standing, discussed, refs in rows
    ]


def read_loose_actions(cursor: Cursor, meeting: RowKey) -> list[tuple[str, str]]:
    """Reference and title of the open actions of a meeting that stand under no item of its agenda."""
    rows = cursor.execute(
        "SELECT a.ref, a.title FROM actions a LEFT JOIN minute_lines l ON l.id = a.line AND NOT l.deleted"
        " WHERE a.meeting = ? AND a.is_open AND NOT a.deleted AND l.item IS NULL ORDER BY a.ref_key, a.n",
        (meeting,),
    )
    return [tuple(row) for row in rows]


def read_carried_items(cursor: Cursor, meeting: RowKey) -> set[RowKey]:
    """The items that a meeting's agenda took over from earlier ones."""
    rows = cursor.execute(
        "SELECT carried_from FROM agenda_items WHERE meeting = ? AND carried_from IS NOT NULL AND NOT deleted",
        (meeting,),
    )
    return {key for (key,) in rows}


def find_next_meeting(cursor: Cursor, meeting: RowKey) -> tuple[RowKey, str] | None:
    """Key and reference of the meeting of the same group that comes after this one and is not called off.

    Of a series only the days that have a record of their own count.
    """
    row = cursor.execute(
        'SELECT n.id, n.ref FROM meetings m JOIN meetings n ON n."group" = m."group" AND n.id <> m.id WHERE m.id = ?'
        " AND NOT n.deleted AND n.state NOT IN ('cancelled', 'held') AND n.day > m.day AND n.recurrence IS NULL"
        " ORDER BY n.day LIMIT 1",
        (meeting,),
    ).fetchone()
    return (row[0], row[1]) if row else None


def read_quorum(cursor: Cursor, meeting: RowKey) -> int | None:
    """How many must be there for the group to decide; None where its terms do not say."""
    row = cursor.execute(
        'SELECT g.quorum FROM meetings m JOIN groups g ON g.id = m."group" WHERE m.id = ?', (meeting,)
    ).fetchone()
    return row[0] if row else None


def read_owners(cursor: Cursor, meeting: RowKey, today: str) -> list[tuple[str, str, str | None, str | None]]:
    """Reference, name, short name and holder of everybody who can own an action, those invited first.

    A person who holds a post is left out: the post stands for them.
    """
    holder = CURRENT_HOLDER.format(field="name", post="p.id")
    rows = cursor.execute(
        f"SELECT p.ref, p.name, p.short, {holder} FROM parties p WHERE NOT p.deleted AND p.kind <> 'group'"
        f" AND NOT EXISTS (SELECT 1 FROM holdings h WHERE h.person = p.id AND {IN_FORCE.format('h')})"
        " ORDER BY NOT EXISTS (SELECT 1 FROM invitations i WHERE i.meeting = :meeting AND i.party = p.id"
        " AND NOT i.deleted),"
        " p.kind = 'organisation', p.name",
        {"meeting": meeting, "today": today},
    )
    return [tuple(row) for row in rows]


def store_unfinished_text(cursor: Cursor, ref: str, text: str) -> None:
    """Keep unfinished text beside the journal: it belongs to this copy of the file alone."""
    name = f"unfinished {ref}"
    if text:
        cursor.execute("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", (name, text))
    else:
        cursor.execute("DELETE FROM setting WHERE name = ?", (name,))


def read_unfinished_text(cursor: Cursor, ref: str) -> str:
    """The unfinished text of a meeting; empty where there is none."""
    row = cursor.execute("SELECT value FROM setting WHERE name = ?", (f"unfinished {ref}",)).fetchone()
    return row[0] if row else ""
