"""What replies to invitations are matched with: meetings by UID, guests by address."""

from __future__ import annotations

import json
from datetime import date
from typing import NamedTuple

from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.keys import NO_KEY, RowKey
from ahtc_tui.domain.meetings.kinds import MeetingState, Presence, Reply
from ahtc_tui.store.contacts.contact_points import ALL_EMAILS
from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.records.rows import select_column, select_mapping, select_one, select_rows
from ahtc_tui.store.sql_fragments import FILLS, HOLDS, SITS

REPLY_PREFIX = "reply of "
"""Precedes the time of a reply in the source note of an invitation."""


class GuestColumns(NamedTuple):
    """Invited party with one of its holders."""

    key: RowKey
    party: RowKey
    name: str
    reply: Reply
    note: str | None
    source_notes: str | None
    own_email: str | None
    holder_email: str | None


GUESTS = f"""SELECT i.id AS key, i.party, p.name, i.reply, i.note, i.source_notes, pa.email AS own_email,
 qa.email AS holder_email FROM invitations i JOIN named_parties p ON p.id = i.party JOIN meetings m ON m.id = i.meeting
 LEFT JOIN (SELECT h.post AS party, h.person, NULL AS "group" FROM holdings h WHERE {HOLDS}
 UNION SELECT s.party, o.person, s."group" FROM occupancies o JOIN seats s ON s.id = o.seat
 WHERE {FILLS} AND {SITS}) c ON c.party = i.party
 AND coalesce(c."group", m."group") IS m."group"
 LEFT JOIN {ALL_EMAILS} pa ON pa.party = i.party LEFT JOIN {ALL_EMAILS} qa ON qa.party = c.person
 WHERE i.meeting = :meeting AND NOT i.deleted ORDER BY i.n"""
"""One row for each invited party and each address of it and of its present holders, representatives and deputies."""


class AnsweredMeeting(NamedTuple):
    """The meeting with a UID."""

    key: RowKey
    ref: str
    sequence: int
    is_upcoming: bool
    """Neither held nor cancelled nor past."""
    is_active: bool
    """Neither held nor cancelled."""


class Guest(NamedTuple):
    """An invited party with its addresses in lower case."""

    key: RowKey
    """The key of the invitation; empty for an uninvited party."""
    party: RowKey
    """Empty for a party that is not in the register."""
    name: str
    reply: Reply
    note: str | None
    source_notes: dict[str, str]
    own_addresses: frozenset[str]
    holder_addresses: frozenset[str]

    @property
    def answered_at(self) -> str:
        """The time of the last imported reply; empty where there is none."""
        reply_note = self.source_notes.get("reply", "")
        return reply_note.removeprefix(REPLY_PREFIX) if reply_note.startswith(REPLY_PREFIX) else ""


def find_meeting(cursor: Cursor, uid: str, today: date) -> AnsweredMeeting | None:
    """Return the meeting with a UID; None where there is none."""
    row = cursor.execute("SELECT id FROM meetings WHERE uid = ? AND NOT deleted", (uid,)).fetchone()
    return read_meeting(cursor, row[0], today) if row else None


class StoredMeeting(NamedTuple):
    """Meeting with the fields that decide whether it can be answered."""

    ref: str
    sequence: int
    state: MeetingState
    day: DateAsKnown | None


def read_meeting(cursor: Cursor, key: RowKey, today: date) -> AnsweredMeeting:
    """Return a meeting; a day of a series has at least the SEQUENCE of its series."""
    query = """SELECT m.ref, max(m.sequence, coalesce(s.sequence, 0)) AS sequence, m.state, m.day FROM meetings m
 LEFT JOIN meetings s ON s.id = m.series WHERE m.id = ?"""
    meeting = select_one(cursor, StoredMeeting, query, (key,))
    is_active = meeting.state not in (MeetingState.HELD, MeetingState.CANCELLED)
    is_past = meeting.day is not None and meeting.day.latest < today
    return AnsweredMeeting(key, meeting.ref, meeting.sequence, is_active and not is_past, is_active)


def list_guests(cursor: Cursor, meeting: RowKey, today: date) -> list[Guest]:
    """Return the invited parties."""
    guests_by_key: dict[RowKey, Guest] = {}
    for row in select_rows(cursor, GuestColumns, GUESTS, {"meeting": meeting, "today": today.isoformat()}):
        previous = guests_by_key.get(row.key)
        own = previous.own_addresses if previous else frozenset[str]()
        holders = previous.holder_addresses if previous else frozenset[str]()
        guests_by_key[row.key] = Guest(
            row.key,
            row.party,
            row.name,
            row.reply,
            row.note,
            json.loads(row.source_notes) if row.source_notes else {},
            own.union(filter(None, (row.own_email,))),
            holders.union(filter(None, (row.holder_email,))),
        )
    return list(guests_by_key.values())


def read_attendance(cursor: Cursor, meeting: RowKey) -> dict[RowKey, Presence]:
    """Return the attendance of parties at a meeting."""
    query = """SELECT party AS key, state AS value FROM attendances
 WHERE meeting = ? AND party IS NOT NULL AND NOT deleted"""
    return {party: Presence(state) for party, state in select_mapping(cursor, query, (meeting,)).items()}


def find_invitation(cursor: Cursor, meeting: RowKey, party: RowKey) -> RowKey:
    """Return the invitation of a party; empty where there is none."""
    row = cursor.execute(
        "SELECT id FROM invitations WHERE meeting = ? AND party = ? AND NOT deleted ORDER BY n LIMIT 1",
        (meeting, party),
    ).fetchone()
    return row[0] if row else NO_KEY


def list_upcoming_days(cursor: Cursor, series: RowKey, today: date) -> list[RowKey]:
    """Return the stored days of a series that are neither held nor cancelled nor past."""
    query = """SELECT id FROM meetings WHERE series = ? AND NOT deleted AND state NOT IN ('held', 'cancelled')
 AND substr(day, 1, 10) >= ? ORDER BY day, n"""
    return select_column(cursor, query, (series, today.isoformat()))


class AddressHolder(NamedTuple):
    """The party whose address a reply came from."""

    key: RowKey
    name: str


def find_by_address(cursor: Cursor, email: str) -> list[AddressHolder]:
    """Return key and name of the parties with an address, persons first."""
    query = f"""SELECT p.id AS key, p.name FROM named_parties p JOIN {ALL_EMAILS} a ON a.party = p.id
 WHERE a.email = ? ORDER BY p.kind <> 'person', p.n"""
    return select_rows(cursor, AddressHolder, query, (email,))
