"""Reads what agenda, minutes and pack of a meeting need in addition to its card: attendees, names, Welsh texts."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.meetings.kinds import Presence
from ahtc_tui.domain.meetings.model import MeetingRow
from ahtc_tui.store.documents.published_names import POST_OF
from ahtc_tui.store.engine.party_names import names_on
from ahtc_tui.store.meetings.queries import read_meeting
from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.records.rows import select_column, select_mapping, select_rows, select_value
from ahtc_tui.store.sql_fragments import (
    CURRENT_HOLDER,
    FIRST_DAY,
    GROUP_CHAIR,
    HOLDS,
    IS_GATHERING,
    NAME_CY_ON_DAY,
    SEAT_NAME,
    SITS,
)

CHAIR_SEATS = f"""SELECT s.party FROM meetings m JOIN seats s ON s."group" = m."group" WHERE m.id = :key
 AND s.role = 'chair' AND s.party IS NOT NULL AND {SITS}"""

CHAIRS = f"""SELECT {GROUP_CHAIR.format(group="g")} FROM meetings m JOIN groups g ON g.id = m."group" WHERE m.id = :key
 UNION {CHAIR_SEATS}
 UNION SELECT party FROM invitations WHERE meeting = :key AND role = 'chair' AND party IS NOT NULL AND NOT deleted"""

SECRETARIES = f"""SELECT s.party FROM meetings m JOIN seats s ON s."group" = m."group" WHERE m.id = :key
 AND s.role = 'secretariat' AND s.party IS NOT NULL AND {SITS}"""

ATTENDEES = f"""WITH chairs(party) AS ({CHAIRS}), secretaries(party) AS ({SECRETARIES}),
 attended AS (SELECT t.*, CASE p.kind WHEN 'person' THEN p.id
 WHEN 'post' THEN {CURRENT_HOLDER.format(field="id", post="p.id")} END AS person
 FROM attendances t LEFT JOIN parties p ON p.id = t.party WHERE t.meeting = :key AND NOT t.deleted)
 SELECT t.words, p.kind, p.ref, p.name, p.short, w.ref AS person_ref, w.name AS person,
 coalesce({POST_OF.format(person="w.id")}, e.role) AS post, coalesce(o.name, eo.name) AS organisation,
 t.state, coalesce(d.name, {SEAT_NAME.format(seat="t.seat")}) AS deputy_for, t.items, t.reason,
 t.party IN chairs OR t.person IN chairs OR EXISTS (SELECT 1 FROM holdings h WHERE h.person = t.person
 AND h.post IN chairs AND {HOLDS}) AS chair,
 p.name || ' ' || coalesce(e.role, '') LIKE '%secretariat%' OR t.party IN secretaries OR t.person IN secretaries
 AS secretary
 FROM attended t LEFT JOIN named_parties p ON p.id = t.party LEFT JOIN named_parties w ON w.id = t.person
 LEFT JOIN people e ON e.id = t.person LEFT JOIN named_parties eo ON eo.id = e.organisation
 LEFT JOIN posts k ON k.id = t.party LEFT JOIN named_parties o ON o.id = k.organisation
 LEFT JOIN named_parties d ON d.id = t.deputy_for ORDER BY t.n"""


class Attendee(NamedTuple):
    """Attendance of a person or body, with names, post and organisation on the day of the meeting."""

    words: str | None
    """Text that was typed where the attendee is not in the register."""
    kind: PartyKind | None
    ref: str | None
    name: str | None
    short: str | None
    person_ref: str | None
    """The person, or the holder of the post."""
    person: str | None
    post: str | None
    organisation: str | None
    state: Presence
    deputy_for: str | None
    items: str | None
    reason: str | None
    chair: bool
    secretary: bool = False
    """Whether the attendee is of the secretariat of the group."""


def read_attendees(cursor: Cursor, meeting: RowKey, day: date) -> list[Attendee]:
    """Return the attendance of a meeting, in order of entry."""
    with names_on(cursor, day):
        return select_rows(cursor, Attendee, ATTENDEES, {"key": meeting, "today": day.isoformat()})


_DAY_OF_NAME = f"CASE WHEN x.from_on IS NULL THEN x.to_on ELSE {FIRST_DAY.format('x.from_on')} END"
WELSH_PARTY_NAMES = f"""SELECT * FROM (SELECT x.name AS key, CASE WHEN {_DAY_OF_NAME} IS NULL THEN x.name_cy
 ELSE {NAME_CY_ON_DAY.format(party="p", day=_DAY_OF_NAME)} END AS value FROM aliases x JOIN parties p ON p.id = x.party
 WHERE NOT p.deleted AND NOT x.deleted) WHERE value <> ''
 UNION ALL SELECT name, name_cy FROM parties WHERE name_cy IS NOT NULL AND NOT deleted"""
"""Welsh names by each English name that a party has for a period."""


def read_short_names(cursor: Cursor) -> dict[str, str]:
    """Return short names by name, of parties that have one."""
    query = """SELECT l.name AS key, p.short AS value FROM aliases l JOIN parties p ON p.id = l.party
 WHERE p.short IS NOT NULL AND NOT p.deleted AND NOT l.deleted
 UNION ALL SELECT name, short FROM parties WHERE short IS NOT NULL AND NOT deleted"""
    return select_mapping(cursor, query)


def find_following_meeting(cursor: Cursor, meeting: RowKey, day: date) -> MeetingRow | None:
    """Return the next meeting of the same group after a day that was not cancelled; None where there is none.

    Of a recurring meeting only the days with their own record count.
    """
    query = f"""SELECT n.id FROM meetings m JOIN meetings n ON n."group" = m."group" AND n.id <> m.id WHERE m.id = ?
 AND {IS_GATHERING.format("n")} AND NOT n.deleted AND n.state <> 'cancelled'
 AND substr(n.day, 1, 10) > ? AND n.day < '9999' AND n.recurrence IS NULL ORDER BY substr(n.day, 1, 10) LIMIT 1"""
    row = cursor.execute(query, (meeting, day.isoformat())).fetchone()
    return read_meeting(cursor, row[0]) if row else None


def read_welsh_texts(
    cursor: Cursor, meeting: RowKey
) -> tuple[dict[RowKey, str], dict[int, str], dict[str, str], dict[str, str]]:
    """Return the Welsh texts: lines by key, item titles by number, decisions by reference, names by English name."""

    def read_texts(table: str, key: str, text: str) -> dict[Any, str]:
        query = f"""SELECT {key} AS key, {text} AS value FROM {table} WHERE meeting = ? AND {text} IS NOT NULL
 AND NOT deleted"""
        return select_mapping(cursor, query, (meeting,))

    return (
        read_texts("minute_lines", "id", "text_cy"),
        read_texts("agenda_items", "position", "title_cy"),
        read_texts("decisions", "ref", "text_cy"),
        select_mapping(cursor, WELSH_PARTY_NAMES),
    )


def read_welsh_names(cursor: Cursor) -> dict[str, str]:
    """Return Welsh names by English name, of parties and areas."""
    areas = """SELECT name AS key, name_cy AS value FROM areas WHERE name_cy IS NOT NULL AND NOT deleted
 UNION ALL SELECT name, name_cy FROM area_names WHERE name_cy IS NOT NULL AND NOT deleted"""
    names = select_mapping(cursor, f"{areas} UNION ALL {WELSH_PARTY_NAMES}")
    return {english: welsh for english, welsh in names.items() if welsh != english}


def find_last_minuted_meeting(cursor: Cursor, meeting: RowKey) -> str | None:
    """Return the reference of the group's last earlier meeting with minutes; None where there is none."""
    query = """SELECT e.ref FROM meetings m JOIN meetings e ON e."group" = m."group" AND e.id <> m.id WHERE m.id = ?
 AND NOT e.deleted AND e.state <> 'cancelled' AND e.day < coalesce(m.day, '9999') AND EXISTS (SELECT 1
 FROM minute_lines l WHERE l.meeting = e.id AND NOT l.deleted) ORDER BY substr(e.day, 1, 10) DESC LIMIT 1"""
    return select_value(cursor, query, (meeting,))


def owns_plan(cursor: Cursor, group: RowKey) -> bool:
    """Return whether a group owns the plan, so that every action concerns it."""
    return select_value(cursor, "SELECT 1 FROM plans WHERE owner = ? AND NOT deleted", (group,)) is not None


def read_unnamed_seats(cursor: Cursor, group: RowKey, day: date) -> tuple[str, ...]:
    """Return the seats of a group on a day that name only a class of organisations ("Health Boards")."""
    query = f"""SELECT shown_class(s.org_class) FROM seats s WHERE s."group" = :group AND s.party IS NULL AND {SITS}
 ORDER BY s.n"""
    return tuple(select_column(cursor, query, {"group": group, "today": day.isoformat()}))


def count_contacts(cursor: Cursor) -> tuple[int, tuple[str, ...]]:
    """Return the number of people and posts in the register, and the names of those without an address."""
    query = """SELECT name, coalesce(email, '') <> '' AS has_address FROM named_parties WHERE kind IN ('person', 'post')
 AND NOT deleted ORDER BY kind, sort_key(name)"""
    contacts = select_rows(cursor, Addressed, query)
    return len(contacts), tuple(contact.name for contact in contacts if not contact.has_address)


class Addressed(NamedTuple):
    """Party, and whether it has an e-mail address."""

    name: str
    has_address: bool
