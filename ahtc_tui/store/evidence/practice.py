"""Reads good practice: the list, the card, and the matrix of practices and places."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple

from ahtc_tui.domain.dates.date_as_known import read_stored_date
from ahtc_tui.domain.evidence.practice import (
    AdoptionRow,
    AdoptionStatus,
    MatrixRow,
    PlaceRow,
    PracticeCard,
    PracticeMatrix,
    PracticeRow,
    TakeUpReading,
    shorten_council_name,
)
from ahtc_tui.domain.evidence.sessions import MissingAuthority, SessionCount, SessionRow
from ahtc_tui.domain.filters.model import FilterNoun, TermKind
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.contacts.filter_terms import build_area_translator, build_party_translator
from ahtc_tui.store.contacts.party_lookup import fold_name
from ahtc_tui.store.evidence.queries import Parameters, build_word_test
from ahtc_tui.store.journal.queries import read_step_day
from ahtc_tui.store.journal.replay import DELETED, ROW, decode_value
from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.records.rows import select_mapping, select_one, select_row, select_rows
from ahtc_tui.store.sql_fragments import EXISTS_ON_DAY, SHOWN_TITLE

PRACTICE = """r.id AS key, r.ref, r.title, x.name AS origin, p.name AS lead, coalesce(c.total, 0) AS adoptions,
 coalesce(c.adopted, 0) AS adopted, r.source, r.title_cy"""
PRACTICE_FROM = """practices r LEFT JOIN named_areas x ON x.id = r.origin_area
 LEFT JOIN named_parties p ON p.id = r.lead
 LEFT JOIN (SELECT practice, count(*) AS total, sum(status = 'adopted') AS adopted FROM adoptions WHERE NOT deleted
 GROUP BY practice) c ON c.practice = r.id"""

ADOPTION = f"""a.ref, r.ref AS practice_ref, {SHOWN_TITLE.format("r")} AS practice, coalesce(x.name, p.name) AS place,
 coalesce(x.ref, p.ref) AS place_ref, a.status, a.words, a.since, a.source, a.evidence, c.name AS contact"""
ADOPTION_FROM = """adoptions a JOIN practices r ON r.id = a.practice LEFT JOIN named_areas x ON x.id = a.area
 LEFT JOIN named_parties p ON p.id = a.organisation LEFT JOIN named_parties c ON c.id = a.contact"""

CARD = """SELECT r.venue, b.name AS recognised_by, f.name AS first_for, r.note FROM practices r
 LEFT JOIN named_parties b ON b.id = r.recognised_by LEFT JOIN named_areas f ON f.id = r.first_for WHERE r.id = ?"""


class CellPosition(NamedTuple):
    """Row and column of an adoption in the matrix."""

    practice: RowKey
    place: RowKey


class StoredCell(NamedTuple):
    """Adoption as stored; removed ones included."""

    key: RowKey
    status: str
    deleted: bool


class NamedPlace(NamedTuple):
    """Area or authority with its Welsh name."""

    key: RowKey
    ref: str
    name: str
    name_cy: str | None


class AdoptionPlace(NamedTuple):
    """Place of an adoption: the column that refers to it, and its key and reference."""

    column: str
    key: RowKey
    ref: str


PLACES = f"""SELECT key, ref, name, short, kind FROM (
 SELECT p.id AS key, p.ref, p.name, p.short, 'force' AS kind, 1 AS block, p.n FROM named_parties p WHERE NOT p.deleted
 AND p.id IN (SELECT police FROM areas WHERE kind = 'forum-area' AND NOT deleted)
 UNION SELECT x.id, x.ref, x.name, NULL, CASE x.kind WHEN 'force' THEN 'force' WHEN 'forum-area' THEN 'forum'
 WHEN 'local-authority' THEN 'authority' ELSE 'other' END, CASE x.kind WHEN 'force' THEN 1 WHEN 'forum-area' THEN 2
 WHEN 'local-authority' THEN 3 ELSE 4 END, x.n FROM named_areas x WHERE NOT x.deleted
 AND ({EXISTS_ON_DAY.format("x")} AND (x.kind = 'forum-area' OR (x.kind IN ('force', 'local-authority')
 AND NOT EXISTS (SELECT 1 FROM organisations o WHERE NOT o.deleted
 AND o.kind = CASE x.kind WHEN 'force' THEN 'police' ELSE x.kind END AND EXISTS (SELECT 1 FROM parties
 WHERE id = o.id AND (area = x.id OR instr(name, x.name_en))))))
 OR x.id IN (SELECT area FROM adoptions WHERE NOT deleted))
 UNION SELECT p.id, p.ref, p.name, p.short, 'authority', 3, p.n FROM named_parties p JOIN organisations o ON o.id = p.id
 WHERE NOT p.deleted AND o.kind = 'local-authority'
 UNION SELECT p.id, p.ref, p.name, p.short, 'other', 5, p.n FROM named_parties p
 WHERE p.id IN (SELECT organisation FROM adoptions WHERE NOT deleted) AND p.id NOT IN
 (SELECT police FROM areas WHERE kind = 'forum-area' AND NOT deleted AND police IS NOT NULL)
 AND p.id NOT IN (SELECT id FROM organisations WHERE kind = 'local-authority')) ORDER BY block, n"""
"""Forces, regions, authorities and other places; an area represents a force or authority without a record as an
organisation.
"""


def read_practices(cursor: Cursor, words: str) -> list[PracticeRow]:
    """Return the practices that match the words, with counts of places with an adoption and of those that adopted."""
    translators = {
        TermKind.LEAD: build_party_translator(cursor, date.max, "r.lead"),
        TermKind.AREA: build_area_translator(cursor, "r.origin_area"),
    }
    test, parameters = build_word_test("practice", words, FilterNoun.PRACTICES, translators)
    query = f"SELECT {PRACTICE} FROM {PRACTICE_FROM} WHERE NOT r.deleted{test} ORDER BY r.n"
    return select_rows(cursor, PracticeRow, query, parameters)


def read_card(cursor: Cursor, key: RowKey) -> PracticeCard:
    """Return everything about one practice."""
    query = f"SELECT {ADOPTION} FROM {ADOPTION_FROM} WHERE a.practice = ? AND NOT a.deleted ORDER BY a.n"
    adoptions = tuple(select_rows(cursor, AdoptionRow, query, (key,)))
    return select_one(cursor, PracticeCard, CARD, (key,), row=read_practice(cursor, key), adoptions=adoptions)


def read_practice(cursor: Cursor, key: RowKey) -> PracticeRow:
    """Return the practice with this key."""
    return select_one(cursor, PracticeRow, f"SELECT {PRACTICE} FROM {PRACTICE_FROM} WHERE r.id = ?", (key,))


def read_adoption(cursor: Cursor, key: RowKey) -> AdoptionRow:
    """Return one adoption: a cell of the matrix."""
    return select_one(cursor, AdoptionRow, f"SELECT {ADOPTION} FROM {ADOPTION_FROM} WHERE a.id = ?", (key,))


def read_matrix(cursor: Cursor, words: str = "") -> PracticeMatrix:
    """Return the matrix of the practices that match the words, in three queries."""
    practices, places = read_practices(cursor, words), _read_places(cursor)
    cells = f"FROM {ADOPTION_FROM} WHERE NOT a.deleted ORDER BY a.n"
    query = f"SELECT a.practice, coalesce(a.area, a.organisation) AS place {cells}"
    positions = select_rows(cursor, CellPosition, query)
    adoptions = dict(zip(positions, select_rows(cursor, AdoptionRow, f"SELECT {ADOPTION} {cells}"), strict=True))
    rows = (
        MatrixRow(row, tuple(adoptions.get(CellPosition(row.key, place.key)) for place in places)) for row in practices
    )
    return PracticeMatrix(tuple(places), tuple(rows))


def _read_places(cursor: Cursor) -> list[PlaceRow]:
    """Return the columns: forces of the forum areas, forum areas, authorities, then other places with an adoption."""
    return select_rows(cursor, PlaceRow, PLACES)


def find_shown_place(cursor: Cursor, words: str | RowKey) -> AdoptionPlace | None:
    """Return the column of adoptions, key and reference of a place of the matrix, by its key or name; else None."""
    slug = "-".join(fold_name(words).split()) if isinstance(words, str) else ""
    for place in _read_places(cursor):
        names = (place.ref, "-".join(fold_name(place.name).split()))
        if place.key == words or (slug and slug in names):
            is_area = cursor.execute("SELECT 1 FROM areas WHERE id = ?", (place.key,)).fetchone()
            return AdoptionPlace("area" if is_area else "organisation", place.key, place.ref)
    return None


def find_authority(cursor: Cursor, words: str) -> AdoptionPlace | None:
    """Return key and reference of an authority by its name without "Council" and the like: "Ynys Môn", "Torfaen"."""
    query = """SELECT p.id AS key, p.ref, p.name, p.name_cy FROM named_parties p JOIN organisations o ON o.id = p.id
 WHERE NOT p.deleted AND o.kind = 'local-authority' ORDER BY p.n"""
    authorities = select_rows(cursor, NamedPlace, query)
    for authority in authorities:
        welsh = authority.name_cy or ""
        names = (
            shorten_council_name(authority.name),
            shorten_council_name(welsh),
            welsh.removeprefix("Cyngor "),
            re.sub(r"^Cyngor (Bwrdeistref Sirol|Sir|Dinas) ", "", welsh),
        )
        if fold_name(words) in map(fold_name, names):
            return AdoptionPlace("organisation", authority.key, authority.ref)
    return None


class WrittenValue(NamedTuple):
    """A field of an adoption in the journal, with the step that wrote it."""

    step: RowKey
    place: RowKey
    field: str
    value: str | None
    kind: str


UNDONE = """EXISTS (SELECT 1 FROM step u WHERE u.reverses = s.id
 AND NOT EXISTS (SELECT 1 FROM step r WHERE r.reverses = u.id))"""
WRITTEN = f"""SELECT s.id AS step, coalesce(a.area, a.organisation) AS place, c.field, c.value, s.kind
 FROM change c JOIN adoptions a ON a.id = c.row_id JOIN step s ON s.id = c."transaction"
 WHERE c."table" = 'adoptions' AND c.field IN ('{ROW}', '{DELETED}', 'status', 'since') AND a.practice = ?
 AND s.reverses IS NULL AND NOT {UNDONE} ORDER BY c.seq, c.wall_ms, c.id"""
"""Changes of the adoptions of a practice that were not undone."""


def read_take_up(cursor: Cursor, key: RowKey, today: date) -> dict[RowKey, list[TakeUpReading]]:
    """Return every status that a practice had, by place, from the journal."""
    readings: dict[RowKey, list[TakeUpReading]] = {}
    states: dict[RowKey, dict[str, Any]] = {}
    for (step, place), changes in groupby(
        select_rows(cursor, WrittenValue, WRITTEN, (key,)), key=lambda change: (change.step, change.place)
    ):
        state = states.setdefault(place, {})
        for change in changes:
            value = decode_value(change.value)
            state.update(value if change.field == ROW else {change.field: value})
        since = read_stored_date(state.get("since"))
        written = date.min if change.kind == "load" else read_step_day(step)
        status = None if state.get(DELETED) else AdoptionStatus(state["status"])
        on = min(since.latest if since else written, today)
        readings.setdefault(place, []).append(TakeUpReading(on, status, since))
    return readings


def find_cell(cursor: Cursor, practice: RowKey, place: RowKey) -> StoredCell | None:
    """Return the adoption of a practice in a place, removed ones included; None where there never was one."""
    query = """SELECT id AS key, status, deleted FROM adoptions
 WHERE practice = ? AND coalesce(area, organisation) = ? ORDER BY deleted"""
    return select_row(cursor, StoredCell, query, (practice, place))


class SessionNumber(NamedTuple):
    """Attendance of an organisation at a session."""

    session: str
    organisation: str
    ref: str
    people: int


SESSION = f"""r.ref, r.title, r.kind, {SHOWN_TITLE.format("q")} AS practice, q.ref AS practice_ref, r.held_on,
 r.place, x.name AS area, m.ref AS meeting, r.source, r.note, NULL AS numbers, r.title_cy"""
SESSION_FROM = """sessions r LEFT JOIN practices q ON q.id = r.practice LEFT JOIN named_areas x ON x.id = r.area
 LEFT JOIN meetings m ON m.id = r.meeting"""

NUMBERS = "session_numbers l JOIN named_parties p ON p.id = l.organisation JOIN " + SESSION_FROM.replace(
    "sessions r", "sessions r ON r.id = l.session", 1
)


def read_sessions(cursor: Cursor, words: str, practice: RowKey | None) -> list[SessionRow]:
    """Return the sessions that match the words, of one practice or of all, latest first, in two queries."""
    test, parameters = build_word_test("session", words)
    of_practice = " AND r.practice = :practice" if practice else ""
    return _read_sessions(cursor, f"NOT r.deleted{test}{of_practice}", {**parameters, "practice": practice})


def read_session(cursor: Cursor, key: RowKey) -> SessionRow:
    """Return the session with this key."""
    return _read_sessions(cursor, "r.id = ?", (key,))[0]


def _read_sessions(cursor: Cursor, condition: str, parameters: Parameters) -> list[SessionRow]:
    query = f"SELECT {SESSION} FROM {SESSION_FROM} WHERE {condition} ORDER BY r.held_on DESC, r.n DESC"
    numbers_query = f"""SELECT r.ref AS session, p.name AS organisation, p.ref, l.people FROM {NUMBERS}
 WHERE NOT l.deleted AND {condition} ORDER BY l.n"""
    numbers: dict[str, list[SessionCount]] = {}
    for number in select_rows(cursor, SessionNumber, numbers_query, parameters):
        numbers.setdefault(number.session, []).append(SessionCount(number.organisation, number.ref, number.people))
    sessions = select_rows(cursor, SessionRow, query, parameters)
    return [replace(session, numbers=tuple(numbers.get(session.ref, ()))) for session in sessions]


def read_missing_authorities(
    cursor: Cursor, since: date, until: date, practice: RowKey | None
) -> list[MissingAuthority]:
    """Return the authorities without a session between two days, those that never attended first."""
    of_practice, key = (" AND s.practice = ?", (practice,)) if practice else ("", ())
    query = f"""SELECT p.ref, p.name, max(s.held_on) AS last_on FROM organisations o JOIN named_parties p ON p.id = o.id
 LEFT JOIN session_numbers l ON l.organisation = o.id AND NOT l.deleted LEFT JOIN sessions s ON s.id = l.session
 AND NOT s.deleted AND substr(s.held_on, 1, 10) <= ?{of_practice} WHERE o.kind = 'local-authority' AND NOT p.deleted
 GROUP BY o.id HAVING last_on IS NULL OR substr(last_on, 1, 10) < ? ORDER BY last_on IS NOT NULL, last_on, p.n"""
    return select_rows(cursor, MissingAuthority, query, (until.isoformat(), *key, since.isoformat()))


def read_number_keys(cursor: Cursor, session: RowKey) -> dict[RowKey, RowKey]:
    """Return the keys of the attendance counts of a session, by organisation."""
    query = "SELECT organisation AS key, id AS value FROM session_numbers WHERE session = ? AND NOT deleted"
    return select_mapping(cursor, query, (session,))
