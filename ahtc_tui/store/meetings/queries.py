"""Meetings out of the database: lists, single rows, and what a new meeting takes from its group. Reads only."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.dates.date_as_known import read_stored_date
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.meetings.model import MeetingKind, MeetingRow, MeetingScope, MeetingState, OnHoliday
from ahtc_tui.store.sql_fragments import HAS_BEGUN, NAME_ON_DAY, build_word_condition

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor

GROUP = NAME_ON_DAY.format(party="g", day="substr(m.day, 1, 10)")
"""What the group was called on the day of the meeting."""

COLUMNS = f"""m.id, m.ref, m.kind, m.title, {GROUP}, g.ref, m.day, m.start_time, m.ends, m.tz, m.place, m.venue, m.link,
 m.state, coalesce(s.uid, m.uid), max(m.sequence, coalesce(s.sequence, 0)), m.recurrence, m.all_day,
 (SELECT count(*) FROM agenda_items i WHERE i.meeting = m.id AND NOT i.deleted), m.source, m.marking, m.on_holiday,
 s.ref, m.recurrence_id"""
"""A day of a series has the UID of its series, and never a lower SEQUENCE."""

SOURCE = 'FROM meetings m LEFT JOIN parties g ON g.id = m."group" LEFT JOIN meetings s ON s.id = m.series'

ORDER = "m.day IS NULL, substr(m.day, 1, 10), m.start_time IS NULL, m.start_time, m.n"
"""By the latest day that is known; a meeting without a date comes last."""

WHICH = {
    MeetingScope.ALL: "1",
    MeetingScope.COMING: "(m.day >= :today OR m.recurrence IS NOT NULL) AND m.state <> 'cancelled'",
    MeetingScope.PAST: "m.day < :today",
}


def build_row(row: Sequence[Any]) -> MeetingRow:
    """The row that a line of the database is."""
    key, ref, kind, title, group, group_ref, day, start, ends, tz, place, venue, link, state, uid, *columns = row
    sequence, recurrence, all_day, items, source, marking, on_holiday, series, instance = columns
    return MeetingRow(
        key,
        ref,
        MeetingKind(kind),
        title,
        group,
        group_ref,
        read_stored_date(day),
        time.fromisoformat(start) if start else None,
        datetime.fromisoformat(ends) if ends else None,
        tz,
        place,
        venue,
        link,
        MeetingState(state),
        uid,
        sequence,
        recurrence,
        bool(all_day),
        items,
        source,
        Marking(marking),
        OnHoliday(on_holiday),
        series,
        datetime.fromisoformat(instance) if instance else None,
    )


def read_meetings(
    cursor: Cursor,
    *,
    today: date,
    words: str = "",
    group: RowKey | None = None,
    selection: MeetingScope = MeetingScope.ALL,
    limit: int | None = None,
) -> list[MeetingRow]:
    """The meetings that are asked for, by their latest day. Every series counts as coming: no next day is reckoned."""
    test, match = build_word_condition(words, ("meeting",), "m.id")
    group_test = 'AND m."group" = :group' if group else ""
    rows = cursor.execute(
        f"SELECT {COLUMNS} {SOURCE} WHERE NOT m.deleted AND {WHICH[selection]} AND {test} {group_test}"
        f" ORDER BY {ORDER} LIMIT :limit",
        {**match, "today": today.isoformat(), "group": group, "limit": -1 if limit is None else limit},
    )
    return [build_row(line) for line in rows]


def read_meeting(cursor: Cursor, key: RowKey) -> MeetingRow:
    """One meeting."""
    return build_row(cursor.execute(f"SELECT {COLUMNS} {SOURCE} WHERE m.id = ?", (key,)).fetchone())


def find_meeting_of_decision(cursor: Cursor, ref: str) -> str | None:
    """The reference of the meeting that took a decision or has a paper; None where there is no such thing."""
    row = cursor.execute(
        "SELECT m.ref FROM (SELECT ref, meeting, deleted FROM decisions UNION ALL SELECT ref, meeting, deleted"
        " FROM papers) d JOIN meetings m ON m.id = d.meeting WHERE d.ref = ? AND NOT d.deleted",
        (ref,),
    ).fetchone()
    return row[0] if row else None


def read_change_time(cursor: Cursor, key: RowKey) -> datetime:
    """The instant (UTC) of the last change of a meeting, its agenda or its invitations.

    A meeting that the journal does not know changed when its key was made: a UUIDv7 begins with its milliseconds.
    """
    wall_ms = cursor.execute(
        "SELECT max(c.wall_ms) FROM (SELECT 'meetings' AS kind, ?1 AS id UNION ALL SELECT 'agenda_items', id FROM"
        " agenda_items WHERE meeting = ?1 UNION ALL SELECT 'invitations', id FROM invitations WHERE meeting = ?1) r"
        ' JOIN change c ON c."table" = r.kind AND c.row_id = r.id',
        (key,),
    ).fetchone()[0]
    return datetime.fromtimestamp((wall_ms or int.from_bytes(key[:6])) / 1000, UTC)


def parse_number(ref: str) -> int | None:
    """The running number that a reference ends in."""
    digits = re.findall(r"[0-9]+", ref)
    return int(digits[-1]) if digits else None


def read_seats_to_invite(cursor: Cursor, group: RowKey, day: str) -> list[tuple[RowKey, str]]:
    """Party and role of every seat of a group that is filled by a party on a day; the chair comes first."""
    return cursor.execute(
        'SELECT party, role FROM (SELECT party, role, n FROM seats WHERE "group" = :group AND party IS NOT NULL'
        f" AND NOT deleted AND {HAS_BEGUN.format('from_on').replace(':today', ':day')}"
        " AND (to_on IS NULL OR to_on >= :day)"
        " UNION ALL SELECT chair, 'chair', 0 FROM groups WHERE id = :group AND chair IS NOT NULL)"
        " ORDER BY role <> 'chair', n",
        {"group": group, "day": day},
    ).fetchall()


def find_secretariat(cursor: Cursor) -> RowKey | None:
    """Who sends invitations: the secretariat's post if there is one, else the AHTC; None where there is neither."""
    row = cursor.execute(
        "SELECT id FROM parties WHERE ref IN ('secretariat', 'ahtc') AND kind = 'post' AND NOT deleted"
        " ORDER BY ref = 'ahtc' LIMIT 1"
    ).fetchone()
    return row[0] if row else None


def read_reference_pattern(cursor: Cursor, group: RowKey) -> str:
    """How the meetings of a group are numbered: its own pattern, else short name or reference with year and number."""
    own, short, ref = cursor.execute(
        "SELECT g.ref_pattern, p.short, p.ref FROM groups g JOIN parties p ON p.id = g.id WHERE g.id = ?", (group,)
    ).fetchone()
    if own:
        return str(own)
    name = (short or ref).upper().replace("{", "").replace("}", "")
    return f"{name}-{{year}}-{{n:02}}"
