"""Sessions out of the database, and which authorities came to none of late. Reads only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ahtc_tui.domain.dates.date_as_known import from_stored
from ahtc_tui.domain.evidence.practice import SessionKind
from ahtc_tui.domain.evidence.sessions import MissingRow, SessionCount, SessionRow
from ahtc_tui.store.evidence.queries import word_test

if TYPE_CHECKING:
    from datetime import date

    from ahtc_tui.store.records.cursor import Cursor

SESSION = """r.id, r.ref, r.title, r.kind, q.title, q.ref, r.held_on, r.place, x.name, m.ref, r.source, r.note"""
SESSION_FROM = """sessions r LEFT JOIN practices q ON q.id = r.practice LEFT JOIN areas x ON x.id = r.area
 LEFT JOIN meetings m ON m.id = r.meeting"""


def sessions(cursor: Cursor, words: str = "", practice: bytes | None = None) -> list[SessionRow]:
    """The sessions that hold the words, of one practice or of all, the latest first: two queries whatever the size."""
    test, parameters = word_test("session", words)
    of_practice, key = (" AND r.practice = ?", (practice,)) if practice else ("", ())
    return _rows(cursor, f"NOT r.deleted{test}{of_practice}", (*parameters, *key))


def session(cursor: Cursor, key: bytes) -> SessionRow:
    """One session."""
    return _rows(cursor, "r.id = ?", (key,))[0]


def _rows(cursor: Cursor, where: str, parameters: tuple[object, ...]) -> list[SessionRow]:
    lines = cursor.execute(
        f"SELECT {SESSION} FROM {SESSION_FROM} WHERE {where} ORDER BY r.held_on DESC, r.n DESC", parameters
    ).fetchall()
    numbers: dict[bytes, list[SessionCount]] = {}
    for of, name, ref, people in cursor.execute(
        "SELECT l.session, p.name, p.ref, l.people FROM session_numbers l JOIN parties p ON p.id = l.organisation JOIN"
        f" {SESSION_FROM.replace('sessions r', 'sessions r ON r.id = l.session', 1)} WHERE NOT l.deleted AND {where}"
        " ORDER BY l.n",
        parameters,
    ):
        numbers.setdefault(of, []).append(SessionCount(name, ref, people))
    return [
        SessionRow(
            ref,
            title,
            SessionKind(kind),
            practice,
            practice_ref,
            from_stored(held),
            place,
            area,
            meeting,
            source,
            note,
            tuple(numbers.get(key, ())),
        )
        for key, ref, title, kind, practice, practice_ref, held, place, area, meeting, source, note in lines
    ]


def missing(cursor: Cursor, since: date, until: date, practice: bytes | None = None) -> list[MissingRow]:
    """The authorities that nobody of came to a session from a day to another, those never seen first."""
    of_practice, key = (" AND s.practice = ?", (practice,)) if practice else ("", ())
    lines = cursor.execute(
        "SELECT p.ref, p.name, max(s.held_on) AS last FROM organisations o JOIN parties p ON p.id = o.id LEFT JOIN"
        " session_numbers l ON l.organisation = o.id AND NOT l.deleted LEFT JOIN sessions s ON s.id = l.session AND NOT"
        f" s.deleted AND substr(s.held_on, 1, 10) <= ?{of_practice} WHERE o.kind = 'local-authority' AND NOT p.deleted"
        " GROUP BY o.id HAVING last IS NULL OR substr(last, 1, 10) < ? ORDER BY last IS NOT NULL, last, p.n",
        (until.isoformat(), *key, since.isoformat()),
    )
    return [MissingRow(ref, name, from_stored(last)) for ref, name, last in lines]


def number_keys(cursor: Cursor, session: bytes) -> dict[bytes, bytes]:
    """Organisation to the key of the line that counts it, in one session."""
    found = cursor.execute("SELECT organisation, id FROM session_numbers WHERE session = ? AND NOT deleted", (session,))
    return dict(found.fetchall())
