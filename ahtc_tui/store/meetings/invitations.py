"""Reads the invitations of a meeting by area, and the areas whose contacts can be invited."""

from __future__ import annotations

import json
from datetime import date
from typing import NamedTuple

from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.meetings.invitations import AreaGuests, Guest
from ahtc_tui.domain.meetings.kinds import InviteRole, Reply
from ahtc_tui.domain.meetings.language_wishes import (
    InterpreterAction,
    LanguageWishes,
    WelshYear,
    format_event_name,
    list_interpreter_titles,
)
from ahtc_tui.domain.meetings.model import InviteeRow
from ahtc_tui.store.engine.party_names import names_on
from ahtc_tui.store.meetings.series import SENT_INVITATION
from ahtc_tui.store.records.cursor import KEYS, Cursor, encode_keys
from ahtc_tui.store.records.rows import select_column, select_mapping, select_one, select_rows, select_value
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


HELD = """SELECT id AS key, ref, title, substr(day, 1, 10) AS day FROM meetings WHERE state = 'held'
 AND kind = 'meeting' AND substr(day, 1, 4) = :year AND NOT deleted ORDER BY n"""

ISSUED = """SELECT language AS key, count(*) AS value FROM issues WHERE substr(issued_on, 1, 4) = :year AND NOT deleted
 GROUP BY language"""

PEOPLE = """SELECT coalesce(e.language, '') AS key, count(*) AS value FROM people e JOIN parties p ON p.id = e.id
 WHERE NOT p.deleted GROUP BY 1"""

HEAD = "SELECT id AS key, title, substr(day, 1, 10) AS day FROM meetings WHERE ref = :ref AND NOT deleted"

COUNTS = f"""SELECT count(*) AS invited, coalesce(sum(e.language = 'cy'), 0) AS welsh,
 coalesce(sum(e.language = 'en'), 0) AS english FROM invitations i JOIN meetings m ON m.id = i.meeting
 LEFT JOIN people e ON e.id = coalesce({ATTENDING_PERSON}, {CURRENT_HOLDER.format(field="id", post="i.party")}, i.party)
 WHERE i.meeting = :key AND NOT i.deleted"""
"""The wish is that of the person who attends for the invited party; that of an unnamed one is not known."""

BOOKINGS = """SELECT ref, is_open FROM actions WHERE title IN (SELECT value FROM json_each(:titles)) AND NOT deleted
 AND status <> 'cancelled' ORDER BY is_open, n LIMIT 1"""


class WishCounts(NamedTuple):
    """Numbers of invitations, and of those whose person prefers each language."""

    invited: int
    welsh: int
    english: int


class MeetingHead(NamedTuple):
    """Key, title and last possible day of a meeting."""

    key: RowKey
    title: str
    day: str


class HeldMeeting(NamedTuple):
    """Key, reference, title and day of a meeting that was held."""

    key: RowKey
    ref: str
    title: str
    day: str


def read_language_wishes(cursor: Cursor, key: RowKey, ref: str, title: str, day: date) -> LanguageWishes:
    """Return the wishes of those invited to a meeting, by the holders and representatives on its day."""
    counts = select_one(cursor, WishCounts, COUNTS, {"key": key, "today": day.isoformat()})
    return LanguageWishes(*counts, booking=find_booking(cursor, ref, title, day))


def find_booking(cursor: Cursor, ref: str, title: str, day: date) -> InterpreterAction | None:
    """Return the action to book the interpreter of a meeting; a done one before an open one."""
    titles = list_interpreter_titles(ref, format_event_name(title, day.year))
    actions = select_rows(cursor, InterpreterAction, BOOKINGS, {"titles": json.dumps(titles)})
    return actions[0] if actions else None


def find_language_wishes(cursor: Cursor, ref: str) -> LanguageWishes:
    """Return the wishes of those invited to the meeting with a reference."""
    row = select_one(cursor, MeetingHead, HEAD, {"ref": ref})
    return read_language_wishes(cursor, row.key, ref, row.title, date.fromisoformat(row.day))


def count_welsh_year(cursor: Cursor, year: int) -> WelshYear:
    """Return the figures of a calendar year; those of the register are of today."""
    parameters = {"year": f"{year:04}"}
    held = select_rows(cursor, HeldMeeting, HELD, parameters)
    wishes = [read_language_wishes(cursor, row.key, row.ref, row.title, date.fromisoformat(row.day)) for row in held]
    issued, people = (select_mapping(cursor, query, parameters) for query in (ISSUED, PEOPLE))
    return WelshYear(
        year,
        len(wishes),
        sum(counts.unknown == counts.invited for counts in wishes),
        sum(counts.requires_interpretation for counts in wishes),
        sum(counts.is_booked for counts in wishes),
        issued.get("cy", 0),
        issued.get("both", 0),
        issued.get("en", 0),
        people.get("cy", 0),
        people.get("en", 0),
        people.get("", 0),
    )
