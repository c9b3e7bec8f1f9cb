"""Reads the days of recurring meetings that have their own record, and the fields that such a record inherits."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from ahtc_tui.domain.fields.model import Place, list_names
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.meetings.fields import MEETING_FIELDS
from ahtc_tui.domain.meetings.model import MeetingRow
from ahtc_tui.store.meetings.queries import select_meetings
from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.records.fields import read_field, read_fields
from ahtc_tui.store.records.rows import select_column, select_mapping, select_one, select_rows

FIXED_FIELDS = ("group", "kind", "tz", "all_day")
"""Fields that a day of a series does not change."""
SHARED_FIELDS = (
    *(name for name in list_names(MEETING_FIELDS, Place.REPEAT) if name not in FIXED_FIELDS),
    *("area", "host"),
)
"""Fields that a day of a series inherits until they are changed."""

INITIAL_FIELDS = (*FIXED_FIELDS, *SHARED_FIELDS)
"""Fields that a new record for a day takes from its series."""


class RecordedTime(NamedTuple):
    """Time that a series gives to a day with its own record."""

    recurrence_id: datetime


class StoredInvitation(NamedTuple):
    """Invitation with its reply, as another meeting copies it."""

    party: RowKey | None
    words: str | None
    role: str
    reply: str
    note: str | None


def read_own_days(cursor: Cursor, series: RowKey) -> list[MeetingRow]:
    """Return the days of a series that have their own record, by the day that the series gives."""
    return select_meetings(cursor, "m.series = ? AND NOT m.deleted ORDER BY m.recurrence_id, m.n", (series,))


def read_recorded_times(cursor: Cursor, series: RowKey) -> frozenset[datetime]:
    """Return the planned times of the days with their own record.

    It reads the table itself, because a limit on the marking hides records from views: the series must not offer the
    date of a hidden record as planned.
    """
    query = "SELECT recurrence_id FROM main.meetings WHERE series = ? AND recurrence_id NOT NULL AND NOT deleted"
    return frozenset(row.recurrence_id for row in select_rows(cursor, RecordedTime, query, (series,)))


def read_running_series(cursor: Cursor) -> list[MeetingRow]:
    """Return every series that is not cancelled."""
    return select_meetings(cursor, "m.recurrence IS NOT NULL AND m.state <> 'cancelled' AND NOT m.deleted")


def read_group_series(cursor: Cursor, meeting: RowKey) -> list[MeetingRow]:
    """Return the series of a meeting's group that are not cancelled."""
    condition = """m."group" = (SELECT "group" FROM meetings WHERE id = ?) AND m.recurrence IS NOT NULL
 AND m.state <> 'cancelled' AND NOT m.deleted"""
    return select_meetings(cursor, condition, (meeting,))


def read_values(cursor: Cursor, key: RowKey, names: tuple[str, ...] = INITIAL_FIELDS) -> dict[str, Any]:
    """Return fields of a meeting as stored."""
    return read_fields(cursor, "meetings", key, names)


def read_stored_sequence(cursor: Cursor, key: RowKey) -> int:
    """Return the stored SEQUENCE of a record, without that of its series."""
    sequence: int = read_field(cursor, "meetings", key, "sequence")
    return sequence


def read_invitations(cursor: Cursor, meeting: RowKey) -> list[dict[str, Any]]:
    """Return the invitations of a meeting with the replies, as another meeting copies them."""
    query = "SELECT party, words, role, reply, note FROM invitations WHERE meeting = ? AND NOT deleted ORDER BY n"
    return [invitation._asdict() for invitation in select_rows(cursor, StoredInvitation, query, (meeting,))]


PREFIX = "sequence "
"""Prefix of the meeting's key in the table of counters."""


SENT_INVITATION = "invited "
"""Prefix of the key of an invitation that a file held."""


def note_sent_invitations(cursor: Cursor, meeting: RowKey) -> None:
    """Note that those on the list of a meeting have its invitation, and those taken off it a cancellation."""
    pattern = f"'{SENT_INVITATION}' || lower(hex(id))"
    off = f"SELECT {pattern} FROM invitations WHERE meeting = ? AND deleted"
    cursor.execute(f"DELETE FROM counter WHERE pattern IN ({off})", (meeting,))
    cursor.execute(
        "INSERT OR IGNORE INTO counter (pattern, last)"
        f" SELECT {pattern}, 1 FROM invitations WHERE meeting = ? AND NOT deleted AND party IS NOT NULL",
        (meeting,),
    )


def read_sent_sequences(cursor: Cursor) -> dict[RowKey, int]:
    """Return the highest SEQUENCE sent by key of meeting."""
    query = "SELECT unhex(substr(pattern, ?)) AS key, last AS value FROM counter WHERE pattern GLOB ?"
    return select_mapping(cursor, query, (len(PREFIX) + 1, f"{PREFIX}*"))


def store_sent_sequences(cursor: Cursor, numbers: Mapping[RowKey, int]) -> None:
    """Record the SEQUENCEs that were sent; a lower number changes nothing."""
    cursor.executemany(
        "INSERT INTO counter (pattern, last) VALUES (?, ?)"
        " ON CONFLICT (pattern) DO UPDATE SET last = max(last, excluded.last)",
        [(f"{PREFIX}{key.hex()}", number) for key, number in numbers.items()],
    )


class SequencePair(NamedTuple):
    """SEQUENCE of a meeting and of its series."""

    own: int
    of_series: int


def choose_sequence_after_undo(cursor: Cursor, meeting: RowKey, before: int) -> int:
    """Return the SEQUENCE of a meeting after an undo to `before`: a new one if a later one was sent.

    A day of a series is sent with the SEQUENCE of the series where that is higher, and counts for it.
    """
    query = """SELECT m.sequence AS own, coalesce(s.sequence, 0) AS of_series FROM meetings m
 LEFT JOIN meetings s ON s.id = m.series WHERE m.id = ?"""
    sequences = select_one(cursor, SequencePair, query, (meeting,))
    days = select_column(cursor, "SELECT id FROM meetings WHERE id = ?1 OR series = ?1", (meeting,))
    sent_sequences = read_sent_sequences(cursor)
    highest = max((sent_sequences.get(key, -1) for key in days), default=-1)
    return before if highest <= max(before, sequences.of_series) else max(sequences.own, highest) + 1
