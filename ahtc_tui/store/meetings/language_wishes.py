"""Counts the language wishes of those invited to meetings, and finds the action to book the interpreter."""

from __future__ import annotations

import json
from datetime import date
from typing import NamedTuple

from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.meetings.language_wishes import (
    InterpreterAction,
    LanguageWishes,
    WelshYear,
    format_event_name,
    list_interpreter_titles,
)
from ahtc_tui.store.meetings.invitations import ATTENDING_PERSON
from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.records.rows import select_mapping, select_one, select_rows
from ahtc_tui.store.sql_fragments import CURRENT_HOLDER

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
