"""Reads the invitations of a meeting by area, and the areas whose contacts can be invited."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.meetings.invitations import AreaGuests, Guest
from ahtc_tui.domain.meetings.kinds import InviteRole, Reply
from ahtc_tui.domain.meetings.model import InviteeRow
from ahtc_tui.store.engine.party_names import names_on
from ahtc_tui.store.meetings.ics_sequences import SENT_INVITATION
from ahtc_tui.store.records.cursor import KEYS, Cursor, encode_keys
from ahtc_tui.store.records.rows import select_column, select_rows, select_value
from ahtc_tui.store.sql_fragments import CURRENT_HOLDER, EXISTS_ON_DAY, HOLDS, PARTY_ADDRESS, SEATED_PERSON


class GuestColumns(NamedTuple):
    """Guest of a meeting, with the area."""

    name: str
    ref: str | None
    kind: str | None
    holder: str | None
    email: str | None
    role: InviteRole
    reply: Reply
    area: str | None


DEPUTY_SENT = f"""(SELECT t.party FROM attendances t JOIN people d ON d.id = t.party WHERE t.meeting = m.id
 AND NOT t.deleted AND t.deputy_for IN (i.party, {CURRENT_HOLDER.format(field="id", post="i.party")},
 {SEATED_PERSON.format(party="i.party", group='m."group"', deputy=0)}) ORDER BY t.n DESC LIMIT 1)"""
"""Key of the deputy who is recorded for an invited party."""

ATTENDING_PERSON = f"""coalesce({DEPUTY_SENT}, CASE i.reply WHEN 'delegated' THEN
 {SEATED_PERSON.format(party="i.party", group='m."group"', deputy=1)} END,
 {SEATED_PERSON.format(party="i.party", group='m."group"', deputy=0)})"""
"""Key of the person who attends for an invited party: the deputy who is sent, or the representative on the seat."""

GUEST_PARTIES = f"""invitations i JOIN meetings m ON m.id = i.meeting LEFT JOIN named_parties p ON p.id = i.party
 LEFT JOIN named_parties w ON w.id = {ATTENDING_PERSON}"""
"""Invitations with the invited party `p` and the person `w` who attends for it."""

GUEST_COLUMNS = f"""coalesce(p.name, i.words) AS name, p.ref, i.role, i.reply,
 coalesce(w.name, CASE p.kind WHEN 'post' THEN {CURRENT_HOLDER.format(field="name", post="p.id")} END) AS holder,
 coalesce(nullif(trim(w.email), ''), {PARTY_ADDRESS.format(party="p")}) AS email"""
"""The address is that of the person who attends, else that of the party."""

GUESTS = f"""SELECT {GUEST_COLUMNS}, p.kind, x.name AS area
 FROM {GUEST_PARTIES}
 LEFT JOIN organisations g ON g.id = p.id LEFT JOIN posts t ON t.id = p.id LEFT JOIN people e ON e.id = p.id
 LEFT JOIN organisations og ON og.id = coalesce(t.organisation, e.organisation)
 LEFT JOIN named_parties o ON o.id = og.id
 LEFT JOIN named_areas x ON x.id = coalesce(p.area, g.forum_area, o.area, og.forum_area)
 WHERE i.meeting = :key AND NOT i.deleted
 ORDER BY x.n IS NULL, x.n, i.role <> 'chair', coalesce(p.name, i.words), i.n"""
"""Area of a guest: the party's area, else that of its forum, else that of its organisation."""


REMOVED = f"""SELECT {GUEST_COLUMNS}, p.name_cy FROM {GUEST_PARTIES} WHERE i.meeting = :key AND i.deleted
 AND EXISTS (SELECT 1 FROM counter WHERE pattern = '{SENT_INVITATION}' || lower(hex(i.id)))
 AND NOT EXISTS (SELECT 1 FROM invitations v WHERE v.meeting = i.meeting AND v.party = i.party AND NOT v.deleted)
 ORDER BY i.n"""
"""Those taken off the list of a meeting whose invitation had been written: their calendars still have the meeting."""


class AreaKey(NamedTuple):
    """An area whose contacts are invited together."""

    key: RowKey
    name: str


AREAS = f"""SELECT id AS key, name FROM named_areas x WHERE NOT deleted AND {EXISTS_ON_DAY.format("x")}
 AND (kind IN ('forum-area', 'nation') OR kind <> 'multi-nation' AND id IN (SELECT area FROM parties WHERE NOT deleted))
 ORDER BY kind NOT IN ('forum-area', 'nation'), n"""


def read_guests(cursor: Cursor, meeting: RowKey, today: date) -> tuple[AreaGuests, ...]:
    """Return the guests of a meeting by area; those without an area come last."""
    by_area: dict[str | None, list[Guest]] = {}
    with names_on(cursor, today):
        rows = select_rows(cursor, GuestColumns, GUESTS, {"key": meeting, "today": today.isoformat()})
    for row in rows:
        guest = Guest(row.name, row.ref, row.kind, row.holder, row.email, row.role, row.reply)
        by_area.setdefault(row.area, []).append(guest)
    return tuple(AreaGuests(area, tuple(guests)) for area, guests in by_area.items())


def read_invited_parties(cursor: Cursor, meeting: RowKey) -> set[RowKey]:
    """Return the keys of the parties that are invited."""
    return set(
        select_column(
            cursor, "SELECT party FROM invitations WHERE meeting = ? AND party IS NOT NULL AND NOT deleted", (meeting,)
        )
    )


def find_invitation(cursor: Cursor, meeting: RowKey, party: RowKey) -> RowKey | None:
    """Return the key of the invitation of a party; None where it is not invited."""
    query = "SELECT id FROM invitations WHERE meeting = ? AND party = ? AND NOT deleted ORDER BY n LIMIT 1"
    key: RowKey | None = select_value(cursor, query, (meeting, party))
    return key


def read_removed_invitees(cursor: Cursor, meeting: RowKey, today: date) -> tuple[InviteeRow, ...]:
    """Return those who have an invitation from before and are no longer on the list."""
    return tuple(select_rows(cursor, InviteeRow, REMOVED, {"key": meeting, "today": today.isoformat()}))


def read_areas(cursor: Cursor) -> list[AreaKey]:
    """Return key and name of the country and its regions, then of other areas with contacts."""
    return select_rows(cursor, AreaKey, AREAS)


def find_holders(cursor: Cursor, posts: set[RowKey], today: date) -> set[RowKey]:
    """Return the holders of these posts on a day: a holder is not invited in addition to the post."""
    query = f"""SELECT h.person FROM holdings h WHERE h.person IS NOT NULL AND h.post IN {KEYS.format(":posts")}
 AND {HOLDS}"""
    return set(select_column(cursor, query, {"posts": encode_keys(posts), "today": today.isoformat()}))
