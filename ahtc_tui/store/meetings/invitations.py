"""Who is asked to a meeting and from which area, and the areas whose contacts can be asked. Reads only."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.meetings.enums import InviteRole, Reply
from ahtc_tui.domain.meetings.invitations import AreaGuests, Guest
from ahtc_tui.store.sql_fragments import CURRENT_HOLDER, PARTY_ADDRESS

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor

GUESTS = f"""SELECT coalesce(p.name, i.words), p.ref, p.kind, CASE p.kind WHEN 'post' THEN
 {CURRENT_HOLDER.format(field="name", post="p.id")} END, {PARTY_ADDRESS.format(party="p")}, i.role, i.reply, x.n, x.name
 FROM invitations i LEFT JOIN parties p ON p.id = i.party
 LEFT JOIN organisations g ON g.id = p.id LEFT JOIN posts t ON t.id = p.id LEFT JOIN people e ON e.id = p.id
 LEFT JOIN organisations og ON og.id = coalesce(t.organisation, e.organisation)
 LEFT JOIN parties o ON o.id = og.id
 LEFT JOIN areas x ON x.id = coalesce(p.area, g.forum_area, o.area, og.forum_area)
 WHERE i.meeting = :key AND NOT i.deleted
 ORDER BY x.n IS NULL, x.n, i.role <> 'chair', coalesce(p.name, i.words), i.n"""
"""The area of a guest is its own, else that of its forum, else that of the body that it belongs to."""

AREAS = "SELECT id, name FROM areas WHERE NOT deleted AND kind IN ('forum-area', 'nation') ORDER BY n"


def read_guests(cursor: Cursor, meeting: RowKey, today: date) -> tuple[AreaGuests, ...]:
    """The guests of a meeting by area; those without one come last."""
    by_area: dict[str | None, list[Guest]] = {}
    for row in cursor.execute(GUESTS, {"key": meeting, "today": today.isoformat()}):
        name, ref, kind, holder, email, role, reply, _order, area = row
        by_area.setdefault(area, []).append(Guest(name, ref, kind, holder, email, InviteRole(role), Reply(reply)))
    return tuple(AreaGuests(area, tuple(guests)) for area, guests in by_area.items())


def read_invited_parties(cursor: Cursor, meeting: RowKey) -> set[RowKey]:
    """The parties that are asked already."""
    rows = cursor.execute(
        "SELECT party FROM invitations WHERE meeting = ? AND party IS NOT NULL AND NOT deleted", (meeting,)
    )
    return {party for (party,) in rows}


def read_areas(cursor: Cursor) -> list[tuple[RowKey, str]]:
    """The areas of fora, and the nation."""
    return [(key, name) for key, name in cursor.execute(AREAS)]


def find_holders(cursor: Cursor, posts: set[RowKey], today: date) -> set[RowKey]:
    """Who holds any of these posts: whoever is asked as a post is not asked again as a person."""
    from ahtc_tui.store.sql_fragments import IN_FORCE

    rows = cursor.execute(
        f"SELECT h.post, h.person FROM holdings h WHERE h.person IS NOT NULL AND {IN_FORCE.format('h')}",
        {"today": today.isoformat()},
    )
    return {person for post, person in rows if post in posts}
