"""The days of series that have a record of their own, and what such a record takes from its series. Reads only."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.meetings.model import MeetingRow
from ahtc_tui.store.meetings.queries import COLUMNS, SOURCE, build_row
from ahtc_tui.store.records.fields import read_field, read_fields

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor

SHARED_FIELDS = ("title", "place", "venue", "link", "organiser", "marking", "area", "host", "occasion")
"""What a day of a series says as the series does, until it says otherwise."""

INITIAL_FIELDS = ("group", "kind", "tz", "all_day", *SHARED_FIELDS)
"""What a day of a series begins with."""


def read_own_days(cursor: Cursor, series: RowKey) -> list[MeetingRow]:
    """The days of a series that have a record of their own, by the day that the series gives."""
    rows = cursor.execute(
        f"SELECT {COLUMNS} {SOURCE} WHERE m.series = ? AND NOT m.deleted ORDER BY m.recurrence_id, m.n", (series,)
    )
    return [build_row(line) for line in rows]


def read_taken_times(cursor: Cursor) -> dict[RowKey, set[datetime]]:
    """Of each series the wall times whose days have a record of their own."""
    times_by_series: dict[RowKey, set[datetime]] = defaultdict(set)
    for series, instance in cursor.execute(
        "SELECT series, recurrence_id FROM meetings WHERE series IS NOT NULL AND recurrence_id IS NOT NULL"
        " AND NOT deleted"
    ):
        times_by_series[series].add(datetime.fromisoformat(instance))
    return times_by_series


def read_running_series(cursor: Cursor) -> list[MeetingRow]:
    """Every series that is not called off."""
    rows = cursor.execute(
        f"SELECT {COLUMNS} {SOURCE} WHERE m.recurrence IS NOT NULL AND m.state <> 'cancelled' AND NOT m.deleted"
    )
    return [build_row(line) for line in rows]


def read_group_series(cursor: Cursor, meeting: RowKey) -> list[MeetingRow]:
    """The series of the group of a meeting that are not called off."""
    rows = cursor.execute(
        f'SELECT {COLUMNS} {SOURCE} WHERE m."group" = (SELECT "group" FROM meetings WHERE id = ?)'
        " AND m.recurrence IS NOT NULL AND m.state <> 'cancelled' AND NOT m.deleted",
        (meeting,),
    )
    return [build_row(line) for line in rows]


def read_values(cursor: Cursor, key: RowKey, names: tuple[str, ...] = INITIAL_FIELDS) -> dict[str, Any]:
    """Some fields of a meeting as the table stores them."""
    return read_fields(cursor, "meetings", key, names)


def read_stored_sequence(cursor: Cursor, key: RowKey) -> int:
    """The SEQUENCE of a record itself, whatever that of its series is."""
    sequence: int = read_field(cursor, "meetings", key, "sequence")
    return sequence


def read_invitations(cursor: Cursor, meeting: RowKey) -> list[dict[str, Any]]:
    """Who is invited to a meeting, and what they answered, as another meeting takes them over."""
    rows = cursor.execute(
        "SELECT party, words, role, reply, note FROM invitations WHERE meeting = ? AND NOT deleted ORDER BY n",
        (meeting,),
    )
    return [dict(zip(("party", "words", "role", "reply", "note"), row, strict=True)) for row in rows]
