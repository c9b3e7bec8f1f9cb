"""What answers to invitations are matched with: meetings by UID, guests and others by address. Reads only."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from ahtc_tui.domain.dates.date_as_known import read_stored_date
from ahtc_tui.domain.keys import NO_KEY, RowKey
from ahtc_tui.domain.meetings.model import MeetingState, Presence, Reply
from ahtc_tui.store.records.rows import select_column
from ahtc_tui.store.sql_fragments import IN_FORCE

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor

REPLY_PREFIX = "reply of "
"""Before the time of the answer in the source note of an invitation's reply."""

GUESTS = f"""SELECT i.id, i.party, p.name, i.reply, i.note, i.source_notes, p.email, q.email
 FROM invitations i JOIN parties p ON p.id = i.party
 LEFT JOIN holdings h ON h.post = i.party AND {IN_FORCE.format("h")}
 LEFT JOIN parties q ON q.id = h.person AND NOT q.deleted
 WHERE i.meeting = :meeting AND NOT i.deleted ORDER BY i.n"""
"""A line for each invited party and each holder of it now."""


class AnsweredMeeting(NamedTuple):
    """The meeting that a UID names."""

    key: RowKey
    ref: str
    sequence: int
    to_come: bool
    """Neither held nor cancelled, and its day is not past."""
    is_active: bool
    """Neither held nor cancelled, whenever it is."""


class Guest(NamedTuple):
    """An invited party with its addresses in small letters: its own, and those of whoever holds the post."""

    key: RowKey
    """Of the invitation; empty for somebody who is not invited."""
    party: RowKey
    """Empty for somebody whom the register does not know."""
    name: str
    reply: Reply
    note: str | None
    source_notes: dict[str, str]
    own_address: str
    holder_addresses: frozenset[str]

    @property
    def answered_at(self) -> str:
        """The time of the answer that stands, as written; empty where none was imported."""
        reply_note = self.source_notes.get("reply", "")
        return reply_note.removeprefix(REPLY_PREFIX) if reply_note.startswith(REPLY_PREFIX) else ""


def find_meeting(cursor: Cursor, uid: str, today: date) -> AnsweredMeeting | None:
    """The meeting with a UID; None where there is none, or none any more."""
    row = cursor.execute("SELECT id FROM meetings WHERE uid = ? AND NOT deleted", (uid,)).fetchone()
    return read_meeting(cursor, row[0], today) if row else None


def read_meeting(cursor: Cursor, key: RowKey, today: date) -> AnsweredMeeting:
    """A meeting that is answered; a day of a series has at least the SEQUENCE of the series."""
    ref, sequence, state, stored_day = cursor.execute(
        "SELECT m.ref, max(m.sequence, coalesce(s.sequence, 0)), m.state, m.day FROM meetings m"
        " LEFT JOIN meetings s ON s.id = m.series WHERE m.id = ?",
        (key,),
    ).fetchone()
    day = read_stored_date(stored_day)
    is_active = state not in (MeetingState.HELD, MeetingState.CANCELLED)
    return AnsweredMeeting(key, ref, sequence, is_active and (day is None or day.latest >= today), is_active)


def list_guests(cursor: Cursor, meeting: RowKey, today: date) -> list[Guest]:
    """Everybody of the register who is invited."""
    guests_by_key: dict[RowKey, Guest] = {}
    for key, party, name, reply, note, notes, own_email, holder_email in cursor.execute(
        GUESTS, {"meeting": meeting, "today": today.isoformat()}
    ):
        previous = guests_by_key.get(key)
        holders = (previous.holder_addresses if previous else frozenset()) | ({_normalize_address(holder_email)} - {""})
        note_by_field = json.loads(notes) if notes else {}
        guests_by_key[key] = Guest(
            key, party, name, Reply(reply), note, note_by_field, _normalize_address(own_email), frozenset(holders)
        )
    return list(guests_by_key.values())


def read_attendance(cursor: Cursor, meeting: RowKey) -> dict[RowKey, Presence]:
    """Who of the register has an attendance at a meeting."""
    rows = cursor.execute(
        "SELECT party, state FROM attendances WHERE meeting = ? AND party IS NOT NULL AND NOT deleted", (meeting,)
    )
    return {party: Presence(state) for party, state in rows}


def find_invitation(cursor: Cursor, meeting: RowKey, party: RowKey) -> RowKey:
    """The key of the invitation of a party to a meeting; empty where there is none."""
    row = cursor.execute(
        "SELECT id FROM invitations WHERE meeting = ? AND party = ? AND NOT deleted ORDER BY n LIMIT 1",
        (meeting, party),
    ).fetchone()
    return row[0] if row else NO_KEY


def list_upcoming_days(cursor: Cursor, series: RowKey, today: date) -> list[RowKey]:
    """The days of a series that have a record of their own and are still to be held."""
    return select_column(
        cursor,
        "SELECT id FROM meetings WHERE series = ? AND NOT deleted AND state NOT IN ('held', 'cancelled')"
        " AND substr(day, 1, 10) >= ? ORDER BY day, n",
        (series, today.isoformat()),
    )


def find_by_address(cursor: Cursor, email: str) -> list[tuple[RowKey, str]]:
    """Key and name of whoever has an address, people first."""
    rows = cursor.execute(
        "SELECT id, name FROM parties WHERE lower(trim(email)) = ? AND NOT deleted ORDER BY kind <> 'person', n",
        (email,),
    )
    return [(key, name) for key, name in rows]


def _normalize_address(email: str | None) -> str:
    return (email or "").strip().lower()
