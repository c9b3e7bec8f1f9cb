"""Reads the days of recurring meetings that have their own record, and the fields that such a record inherits."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from ahtc_tui.domain.fields.model import Place, list_names
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.meetings.fields import MEETING_FIELDS
from ahtc_tui.domain.meetings.model import MeetingRow
from ahtc_tui.store.meetings.queries import select_meetings
from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.records.fields import read_field, read_fields
from ahtc_tui.store.records.rows import select_rows

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
