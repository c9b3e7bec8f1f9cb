"""Reads training sessions, and the authorities that did not attend any in a period."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import NamedTuple

from ahtc_tui.domain.evidence.sessions import MissingAuthority, SessionCount, SessionRow
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.evidence.queries import Parameters, build_word_test
from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.records.rows import select_mapping, select_rows
from ahtc_tui.store.sql_fragments import SHOWN_TITLE


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
