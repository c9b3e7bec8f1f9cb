"""What a pack needs beside the card of its meeting: the last minutes, whose plan it is, whom no letter reaches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ahtc_tui.domain.keys import RowKey

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor


def find_last_minuted_meeting(cursor: Cursor, meeting: RowKey) -> str | None:
    """The reference of the group's last meeting before this one that has minutes; None where none has."""
    row = cursor.execute(
        'SELECT e.ref FROM meetings m JOIN meetings e ON e."group" = m."group" AND e.id <> m.id WHERE m.id = ?'
        " AND NOT e.deleted AND e.state <> 'cancelled' AND e.day < coalesce(m.day, '9999')"
        " AND EXISTS (SELECT 1 FROM minute_lines l WHERE l.meeting = e.id AND NOT l.deleted)"
        " ORDER BY substr(e.day, 1, 10) DESC LIMIT 1",
        (meeting,),
    ).fetchone()
    return row[0] if row else None


def owns_plan(cursor: Cursor, group: RowKey) -> bool:
    """Whether the plan is this group's, so that every action is its business."""
    row = cursor.execute("SELECT 1 FROM plans WHERE owner = ? AND NOT deleted", (group,)).fetchone()
    return row is not None


def read_unnamed_seats(cursor: Cursor, group: RowKey) -> tuple[str, ...]:
    """The seats of a group that name a class only ("Health Boards"): nobody can be written to."""
    rows = cursor.execute(
        'SELECT org_class FROM seats WHERE "group" = ? AND party IS NULL AND NOT deleted AND to_on IS NULL ORDER BY n',
        (group,),
    )
    return tuple(name for (name,) in rows)


def count_contacts(cursor: Cursor) -> tuple[int, tuple[str, ...]]:
    """How many people and posts the register has, and the names of those without an address."""
    rows = cursor.execute(
        "SELECT name, email FROM parties WHERE kind IN ('person', 'post') AND NOT deleted ORDER BY kind, name"
    ).fetchall()
    return len(rows), tuple(name for name, email in rows if not email)
