"""The days of series that have a record of their own, and what such a record takes from its series. Reads only."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.meetings.model import MeetingRow
from ahtc_tui.store.meetings.queries import COLUMNS, SOURCE, row
from ahtc_tui.store.records.fields import field_of, fields_of

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor

SHARED = ("title", "place", "venue", "link", "organiser", "marking", "area", "host", "occasion")
"""What a day of a series says as the series does, until it says otherwise."""

TAKEN = ("group", "kind", "tz", "all_day", *SHARED)
"""What a day of a series begins with."""


def own_days(cursor: Cursor, series: bytes) -> list[MeetingRow]:
    """The days of a series that have a record of their own, by the day that the series gives."""
    lines = cursor.execute(
        f"SELECT {COLUMNS} {SOURCE} WHERE m.series = ? AND NOT m.deleted ORDER BY m.recurrence_id, m.n", (series,)
    )
    return [row(line) for line in lines]


def taken(cursor: Cursor) -> dict[bytes, set[datetime]]:
    """Of each series the wall times whose days have a record of their own."""
    found: dict[bytes, set[datetime]] = defaultdict(set)
    for series, instance in cursor.execute(
        "SELECT series, recurrence_id FROM meetings WHERE series IS NOT NULL AND recurrence_id IS NOT NULL"
        " AND NOT deleted"
    ):
        found[series].add(datetime.fromisoformat(instance))
    return found


def begun(cursor: Cursor) -> list[MeetingRow]:
    """Every series that is not called off."""
    lines = cursor.execute(
        f"SELECT {COLUMNS} {SOURCE} WHERE m.recurrence IS NOT NULL AND m.state <> 'cancelled' AND NOT m.deleted"
    )
    return [row(line) for line in lines]


def of_group(cursor: Cursor, meeting: bytes) -> list[MeetingRow]:
    """The series of the group of a meeting that are not called off."""
    lines = cursor.execute(
        f'SELECT {COLUMNS} {SOURCE} WHERE m."group" = (SELECT "group" FROM meetings WHERE id = ?)'
        " AND m.recurrence IS NOT NULL AND m.state <> 'cancelled' AND NOT m.deleted",
        (meeting,),
    )
    return [row(line) for line in lines]


def values_of(cursor: Cursor, key: bytes, names: tuple[str, ...] = TAKEN) -> dict[str, Any]:
    """Some fields of a meeting as the table stores them."""
    return fields_of(cursor, "meetings", key, names)


def stored_sequence(cursor: Cursor, key: bytes) -> int:
    """The SEQUENCE of a record itself, whatever that of its series is."""
    sequence: int = field_of(cursor, "meetings", key, "sequence")
    return sequence


def invitations(cursor: Cursor, meeting: bytes) -> list[dict[str, Any]]:
    """Who is invited to a meeting, and what they answered, as another meeting takes them over."""
    lines = cursor.execute(
        "SELECT party, words, role, reply, note FROM invitations WHERE meeting = ? AND NOT deleted ORDER BY n",
        (meeting,),
    )
    return [dict(zip(("party", "words", "role", "reply", "note"), line, strict=True)) for line in lines]
