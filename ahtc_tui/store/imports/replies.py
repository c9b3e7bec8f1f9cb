"""What replies to invitations are matched with: meetings by UID, guests by address."""

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
"""Precedes the time of a reply in the source note of an invitation."""

GUESTS = f"""SELECT i.id, i.party, p.name, i.reply, i.note, i.source_notes, p.email, q.email
 FROM invitations i JOIN parties p ON p.id = i.party
 LEFT JOIN holdings h ON h.post = i.party AND {IN_FORCE.format("h")}
 LEFT JOIN parties q ON q.id = h.person AND NOT q.deleted
 WHERE i.meeting = :meeting AND NOT i.deleted ORDER BY i.n"""
"""One row for each invited party and each of its present holders."""


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
    own_address: str
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


def read_meeting(cursor: Cursor, key: RowKey, today: date) -> AnsweredMeeting:
    """Return a meeting; a day of a series has at least the SEQUENCE of its series."""
    ref, sequence, state, stored_day = cursor.execute(
        "SELECT m.ref, max(m.sequence, coalesce(s.sequence, 0)), m.state, m.day FROM meetings m"
        " LEFT JOIN meetings s ON s.id = m.series WHERE m.id = ?",
        (key,),
    ).fetchone()
    day = read_stored_date(stored_day)
    is_active = state not in (MeetingState.HELD, MeetingState.CANCELLED)
    return AnsweredMeeting(key, ref, sequence, is_active and (day is None or day.latest >= today), is_active)


def list_guests(cursor: Cursor, meeting: RowKey, today: date) -> list[Guest]:
    """Return the invited parties."""
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
    """Return the attendance of parties at a meeting."""
    rows = cursor.execute(
        "SELECT party, state FROM attendances WHERE meeting = ? AND party IS NOT NULL AND NOT deleted", (meeting,)
    )
    return {party: Presence(state) for party, state in rows}


def find_invitation(cursor: Cursor, meeting: RowKey, party: RowKey) -> RowKey:
    """Return the invitation of a party; empty where there is none."""
    row = cursor.execute(
        "SELECT id FROM invitations WHERE meeting = ? AND party = ? AND NOT deleted ORDER BY n LIMIT 1",
        (meeting, party),
    ).fetchone()
    return row[0] if row else NO_KEY


def list_upcoming_days(cursor: Cursor, series: RowKey, today: date) -> list[RowKey]:
    """Return the stored days of a series that are neither held nor cancelled nor past."""
    return select_column(
        cursor,
        "SELECT id FROM meetings WHERE series = ? AND NOT deleted AND state NOT IN ('held', 'cancelled')"
        " AND substr(day, 1, 10) >= ? ORDER BY day, n",
        (series, today.isoformat()),
    )


def find_by_address(cursor: Cursor, email: str) -> list[tuple[RowKey, str]]:
    """Return key and name of the parties with an address, persons first."""
    rows = cursor.execute(
        "SELECT id, name FROM parties WHERE lower(trim(email)) = ? AND NOT deleted ORDER BY kind <> 'person', n",
        (email,),
    )
    return [(key, name) for key, name in rows]


def _normalize_address(email: str | None) -> str:
    return (email or "").strip().lower()
