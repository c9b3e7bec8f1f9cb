"""Reads meetings: lists, single rows, and what a new meeting takes from its group."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from ahtc_tui.domain.filters.model import FilterNoun, TermKind
from ahtc_tui.domain.groups.model import SeatRole
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.meetings.kinds import MeetingScope
from ahtc_tui.domain.meetings.model import MeetingRow
from ahtc_tui.store.contacts.filter_terms import PLACE_OF_PARTY, build_area_translator, build_party_translator
from ahtc_tui.store.contacts.own_post import find_own_post_ref
from ahtc_tui.store.records.cursor import Cursor, Table
from ahtc_tui.store.records.rows import select_column, select_one, select_rows, select_value
from ahtc_tui.store.search.filters import read_condition
from ahtc_tui.store.sql_fragments import (
    GROUP_CHAIR,
    HOLDS,
    MEETING_TITLE_CY,
    NAME_CY_ON_DAY,
    NAME_ON_DAY,
    SITS,
    build_columns,
)

GROUP = """coalesce(CASE WHEN shows_welsh_names() THEN {} END, {})""".format(
    *(name.format(party="g", day="substr(m.day, 1, 10)") for name in (NAME_CY_ON_DAY, NAME_ON_DAY))
)
"""Name, or Welsh name, of the group on the day of the meeting."""

COLUMNS = f"""m.id AS key, m.ref, m.kind, m.title, {GROUP} AS "group", g.ref AS group_ref, m.day, m.start_time, m.ends,
 m.tz, m.place, m.venue, m.link, m.state, coalesce(s.uid, m.uid) AS uid,
 max(m.sequence, coalesce(s.sequence, 0)) AS sequence, m.recurrence, m.all_day,
 (SELECT count(*) FROM agenda_items i WHERE i.meeting = m.id AND NOT i.deleted) AS agenda_items, m.source, m.marking,
 m.on_holiday, s.ref AS series, m.recurrence_id, s.tz AS series_tz, {MEETING_TITLE_CY.format("m")} AS title_cy
 {build_columns(MeetingRow, "m")}"""
"""A day of a series has the UID of the series and at least its SEQUENCE."""

SOURCE = 'FROM meetings m LEFT JOIN parties g ON g.id = m."group" LEFT JOIN meetings s ON s.id = m.series'

ORDER = "m.day IS NULL, substr(m.day, 1, 10), m.start_time IS NULL, m.start_time, m.n"
"""By the latest day that the date allows; meetings without a date come last."""

WHICH = {
    MeetingScope.ALL: "1",
    MeetingScope.COMING: "(m.day >= :today OR m.recurrence IS NOT NULL) AND m.state NOT IN ('held', 'cancelled')",
    MeetingScope.PAST: "(m.day < :today OR m.day = :today AND m.state = 'held')",
}

OFFICE = f"""WITH office AS (SELECT id, ref FROM parties WHERE ref IN ('secretariat', :own) AND kind = 'post'
 AND NOT deleted) SELECT {{column}} FROM office UNION SELECT p.{{column}} FROM holdings h
 JOIN office o ON o.id = h.post JOIN parties p ON p.id = h.person WHERE {HOLDS}"""

RELATIVE_DATES: tuple[tuple[Table, str, str, str], ...] = (
    ("actions", "due", "original_due", "status NOT IN ('done', 'cancelled')"),
    ("milestones", "due", "NULL", "met_on IS NULL"),
    ("documents", "expected_on", "NULL", "awaited"),
    ("commissions", "due", "NULL", "sent_on IS NULL"),
)
"""Columns that may hold a date relative to a meeting: table, column, the first date, and the test of an open record."""

DEFAULT_PATTERN = "M-{year}-{n:02}"
"""Pattern of the references of meetings without a group."""


def select_meetings(cursor: Cursor, condition: str, parameters: Any = ()) -> list[MeetingRow]:
    """Return the meetings `m` that match an SQL condition, which may end in ORDER BY."""
    return select_rows(cursor, MeetingRow, f"SELECT {COLUMNS} {SOURCE} WHERE {condition}", parameters)


def read_meetings(
    cursor: Cursor,
    *,
    today: date,
    words: str = "",
    group: RowKey | None = None,
    selection: MeetingScope = MeetingScope.ALL,
    limit: int | None = None,
) -> list[MeetingRow]:
    """Return the selected meetings by day. A series counts as coming; its next day is not computed."""
    translators = {
        TermKind.GROUP: build_party_translator(cursor, today, 'm."group"', ("group",)),
        TermKind.AREA: build_area_translator(cursor, "m.area", PLACE_OF_PARTY.format('m."group"')),
    }
    test, match = read_condition(words, ("meeting",), "m.id", FilterNoun.MEETINGS, translators)
    group_test = 'AND m."group" = :group' if group else ""
    return select_meetings(
        cursor,
        f"NOT m.deleted AND {WHICH[selection]} AND {test} {group_test} ORDER BY {ORDER} LIMIT :limit",
        {**match, "today": today.isoformat(), "group": group, "limit": -1 if limit is None else limit},
    )


def read_titled_after(cursor: Cursor, group: RowKey, today: date) -> list[tuple[RowKey, date]]:
    """Return the meetings titled with the name of their group that may be written, each with the day of that name.

    A series has the name of today, or of its first day if that is later.
    """
    day = "CASE WHEN m.recurrence IS NULL THEN substr(m.day, 1, 10) ELSE max(substr(m.day, 1, 10), :today) END"
    query = f"""SELECT m.id, {day} FROM meetings m JOIN parties p ON p.id = m."group" WHERE p.id = :group
 AND NOT m.deleted AND m.minutes_state IS NOT 'agreed' AND m.title = {NAME_ON_DAY.format(party="p", day=f"({day})")}"""
    rows = cursor.execute(query, {"group": group, "today": today.isoformat()}).fetchall()
    return [(row[0], date.fromisoformat(row[1])) for row in rows]


def read_meeting(cursor: Cursor, key: RowKey) -> MeetingRow:
    """Return the meeting with this key."""
    return select_meetings(cursor, "m.id = ?", (key,))[0]


class RelativeDate(NamedTuple):
    """A date whose words name a meeting, as stored."""

    table: Table
    column: str
    key: RowKey
    text: str
    original_text: str | None
    """First due date of an action."""


def read_relative_dates(cursor: Cursor, texts: Collection[str]) -> list[RelativeDate]:
    """Return the dates of records that are not closed whose stored form holds one of the texts."""
    dates: list[RelativeDate] = []
    for table, column, original, is_open in RELATIVE_DATES:
        test = " OR ".join(f"instr(lower({column}), lower(?))" for _text in texts)
        query = f"""SELECT '{table}' AS "table", '{column}' AS "column", id AS key, {column} AS text,
 {original} AS original_text FROM {table} WHERE ({test}) AND {is_open} AND NOT deleted"""
        dates += select_rows(cursor, RelativeDate, query, tuple(texts))
    return dates


def find_meeting_of_decision(cursor: Cursor, ref: str) -> str | None:
    """Return the reference of the meeting of a decision or paper; None where there is none."""
    query = """SELECT m.ref FROM (SELECT ref, meeting, deleted FROM decisions UNION ALL SELECT ref, meeting, deleted
 FROM papers) d JOIN meetings m ON m.id = d.meeting WHERE d.ref = ? AND NOT d.deleted"""
    return select_value(cursor, query, (ref,))


def read_change_time(cursor: Cursor, key: RowKey) -> datetime:
    """Return the time (UTC) of the last change of a meeting, its agenda or its invitations.

    Without changes in the journal it is the time in the key: a UUIDv7 begins with its time in milliseconds.
    """
    query = """SELECT max(c.wall_ms) FROM (SELECT 'meetings' AS kind, ?1 AS id UNION ALL SELECT 'agenda_items', id
 FROM agenda_items WHERE meeting = ?1 UNION ALL SELECT 'invitations', id FROM invitations WHERE meeting = ?1) r
 JOIN change c ON c."table" = r.kind AND c.row_id = r.id"""
    wall_ms = cursor.execute(query, (key,)).fetchone()[0]
    return datetime.fromtimestamp((wall_ms or int.from_bytes(key[:6])) / 1000, UTC)


def parse_number(ref: str) -> int | None:
    """Return the running number at the end of a reference."""
    digits = re.findall(r"[0-9]+", ref)
    return int(digits[-1]) if digits else None


class InvitedSeat(NamedTuple):
    """Party with a seat to invite, and its role."""

    party: RowKey
    role: SeatRole


def read_seats_to_invite(cursor: Cursor, group: RowKey, day: str) -> list[InvitedSeat]:
    """Return party and role of the seats of a group that have a party on a day, the chair first."""
    query = f"""SELECT party, role FROM (SELECT s.party, s.role, s.n FROM seats s WHERE s."group" = :group
 AND s.party IS NOT NULL AND {SITS} UNION ALL SELECT {GROUP_CHAIR.format(group="g")}, 'chair', 0
 FROM groups g WHERE g.id = :group) WHERE party IS NOT NULL ORDER BY role <> 'chair', n"""
    return select_rows(cursor, InvitedSeat, query, {"group": group, "today": day})


def find_secretariat(cursor: Cursor) -> RowKey | None:
    """Return the sender of invitations: the secretariat's post, else that of the office; None without either."""
    query = """SELECT id FROM parties WHERE ref IN ('secretariat', :own) AND kind = 'post' AND NOT deleted
 ORDER BY ref = :own LIMIT 1"""
    return select_value(cursor, query, {"own": find_own_post_ref(cursor)})


def list_office_refs(cursor: Cursor, today: date) -> list[str]:
    """Return the references of the posts of this office and of their holders."""
    return select_column(cursor, OFFICE.format(column="ref"), _name_office(cursor, today))


def list_office_keys(cursor: Cursor, today: date) -> list[RowKey]:
    """Return the keys of the posts of this office and of their holders."""
    return select_column(cursor, OFFICE.format(column="id"), _name_office(cursor, today))


def _name_office(cursor: Cursor, today: date) -> dict[str, str]:
    return {"today": today.isoformat(), "own": find_own_post_ref(cursor)}


class PatternColumns(NamedTuple):
    """Columns for the reference pattern of a group."""

    ref_pattern: str | None
    short: str | None
    ref: str


LONGEST_NAME = 8
"""Letters of the name of a group in the references of its meetings, unless a short name is chosen."""


def read_reference_pattern(cursor: Cursor, group: RowKey | None) -> str:
    """Return the reference pattern for the meetings of a group, by default short name or reference, year and number.

    A long name is shortened to initials, or to its first letters: "FORUM-GWENT" to "FG". A reference
    never holds a space: spaces, and signs between the words of the short name, become hyphens.
    """
    if group is None:
        return DEFAULT_PATTERN
    query = "SELECT g.ref_pattern, p.short, p.ref FROM groups g JOIN parties p ON p.id = g.id WHERE g.id = ?"
    columns = select_one(cursor, PatternColumns, query, (group,))
    if columns.ref_pattern:
        return "-".join(columns.ref_pattern.split())
    name = re.sub(r"\W+", "-", (columns.short or columns.ref).upper()).strip("-") or "MEETING"
    if len(name) > LONGEST_NAME:
        words = name.split("-")
        name = ("".join(word[0] for word in words) if len(words) > 1 else name)[:LONGEST_NAME]
    return f"{name}-{{year}}-{{n:02}}"
