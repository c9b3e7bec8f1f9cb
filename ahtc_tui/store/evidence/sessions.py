"""Sessions out of the database, and which authorities came to none of late. Reads only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ahtc_tui.domain.dates.date_as_known import read_stored_date
from ahtc_tui.domain.evidence.practice import SessionKind
from ahtc_tui.domain.evidence.sessions import MissingAuthority, SessionCount, SessionRow
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.evidence.queries import build_word_test

if TYPE_CHECKING:
    from datetime import date

    from ahtc_tui.store.records.cursor import Cursor

SESSION = """r.id, r.ref, r.title, r.kind, q.title, q.ref, r.held_on, r.place, x.name, m.ref, r.source, r.note"""
SESSION_FROM = """sessions r LEFT JOIN practices q ON q.id = r.practice LEFT JOIN areas x ON x.id = r.area
 LEFT JOIN meetings m ON m.id = r.meeting"""


def read_sessions(cursor: Cursor, words: str = "", practice: RowKey | None = None) -> list[SessionRow]:
    """The sessions that hold the words, of one practice or of all, the latest first: two queries whatever the size."""
    test, parameters = build_word_test("session", words)
    of_practice, key = (" AND r.practice = ?", (practice,)) if practice else ("", ())
    return _read_sessions(cursor, f"NOT r.deleted{test}{of_practice}", (*parameters, *key))


def read_session(cursor: Cursor, key: RowKey) -> SessionRow:
    """One session."""
    return _read_sessions(cursor, "r.id = ?", (key,))[0]


def _read_sessions(cursor: Cursor, condition: str, parameters: tuple[object, ...]) -> list[SessionRow]:
    rows = cursor.execute(
        f"SELECT {SESSION} FROM {SESSION_FROM} WHERE {condition} ORDER BY r.held_on DESC, r.n DESC", parameters
    ).fetchall()
    numbers: dict[RowKey, list[SessionCount]] = {}
    for session, name, ref, people in cursor.execute(
        "SELECT l.session, p.name, p.ref, l.people FROM session_numbers l JOIN parties p ON p.id = l.organisation JOIN"
        f" {SESSION_FROM.replace('sessions r', 'sessions r ON r.id = l.session', 1)}"
        f" WHERE NOT l.deleted AND {condition} ORDER BY l.n",
        parameters,
    ):
        numbers.setdefault(session, []).append(SessionCount(name, ref, people))
    return [
        SessionRow(
            ref,
            title,
            SessionKind(kind),
            practice,
            practice_ref,
            read_stored_date(held),
            place,
            area,
            meeting,
            source,
            note,
            tuple(numbers.get(key, ())),
        )
        for key, ref, title, kind, practice, practice_ref, held, place, area, meeting, source, note in rows
    ]


def read_missing_authorities(
    cursor: Cursor, since: date, until: date, practice: RowKey | None = None
) -> list[MissingAuthority]:
    """The authorities that nobody of came to a session from a day to another, those never seen first."""
    of_practice, key = (" AND s.practice = ?", (practice,)) if practice else ("", ())
    rows = cursor.execute(
        "SELECT p.ref, p.name, max(s.held_on) AS last FROM organisations o JOIN parties p ON p.id = o.id LEFT JOIN"
        " session_numbers l ON l.organisation = o.id AND NOT l.deleted LEFT JOIN sessions s ON s.id = l.session AND NOT"
        f" s.deleted AND substr(s.held_on, 1, 10) <= ?{of_practice} WHERE o.kind = 'local-authority' AND NOT p.deleted"
        " GROUP BY o.id HAVING last IS NULL OR substr(last, 1, 10) < ? ORDER BY last IS NOT NULL, last, p.n",
        (until.isoformat(), *key, since.isoformat()),
    )
    return [MissingAuthority(ref, name, read_stored_date(last)) for ref, name, last in rows]


def read_number_keys(cursor: Cursor, session: RowKey) -> dict[RowKey, RowKey]:
    """Organisation to the key of the line that counts it, in one session."""
    rows = cursor.execute("SELECT organisation, id FROM session_numbers WHERE session = ? AND NOT deleted", (session,))
    return dict(rows.fetchall())
