"""What a pack needs beside the card of its meeting: the last minutes, whose plan it is, whom no letter reaches."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor


def last_minuted(cursor: Cursor, meeting: bytes) -> str | None:
    """The reference of the group's last meeting before this one that has minutes; None where none has."""
    found = cursor.execute(
        'SELECT e.ref FROM meetings m JOIN meetings e ON e."group" = m."group" AND e.id <> m.id WHERE m.id = ?'
        " AND NOT e.deleted AND e.state <> 'cancelled' AND e.day < coalesce(m.day, '9999')"
        " AND EXISTS (SELECT 1 FROM minute_lines l WHERE l.meeting = e.id AND NOT l.deleted)"
        " ORDER BY substr(e.day, 1, 10) DESC LIMIT 1",
        (meeting,),
    ).fetchone()
    return found[0] if found else None


def owns_the_plan(cursor: Cursor, group: bytes) -> bool:
    """Whether the plan is this group's, so that every action is its business."""
    found = cursor.execute("SELECT 1 FROM plans WHERE owner = ? AND NOT deleted", (group,)).fetchone()
    return found is not None


def unnamed_seats(cursor: Cursor, group: bytes) -> tuple[str, ...]:
    """The seats of a group that name a class only ("Health Boards"): nobody can be written to."""
    found = cursor.execute(
        'SELECT org_class FROM seats WHERE "group" = ? AND party IS NULL AND NOT deleted AND to_on IS NULL ORDER BY n',
        (group,),
    )
    return tuple(name for (name,) in found)


def contacts(cursor: Cursor) -> tuple[int, tuple[str, ...]]:
    """How many people and posts the register has, and the names of those without an address."""
    found = cursor.execute(
        "SELECT name, email FROM parties WHERE kind IN ('person', 'post') AND NOT deleted ORDER BY kind, name"
    ).fetchall()
    return len(found), tuple(name for name, email in found if not email)
