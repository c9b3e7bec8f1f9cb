"""Good practice out of the database: the list, the card, and the matrix of practices and places. Reads only."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.dates.date_as_known import from_stored
from ahtc_tui.domain.evidence.practice import (
    AdoptionRow,
    AdoptionStatus,
    MatrixRow,
    PlaceKind,
    PlaceRow,
    PracticeCard,
    PracticeMatrix,
    PracticeRow,
    plain_council,
)
from ahtc_tui.store.contacts.party_lookup import folded
from ahtc_tui.store.evidence.queries import word_test

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor

PRACTICE = """r.id, r.ref, r.title, x.name, p.name, coalesce(c.total, 0), coalesce(c.adopted, 0), r.source"""
PRACTICE_FROM = """practices r LEFT JOIN areas x ON x.id = r.origin_area LEFT JOIN parties p ON p.id = r.lead
 LEFT JOIN (SELECT practice, count(*) AS total, sum(status = 'adopted') AS adopted FROM adoptions WHERE NOT deleted
 GROUP BY practice) c ON c.practice = r.id"""

ADOPTION = """a.practice, coalesce(a.area, a.organisation), a.ref, r.ref, r.title, coalesce(x.name, p.name),
 coalesce(x.ref, p.ref), a.status, a.words, a.since, a.source, a.evidence, c.name"""
ADOPTION_FROM = """adoptions a JOIN practices r ON r.id = a.practice LEFT JOIN areas x ON x.id = a.area
 LEFT JOIN parties p ON p.id = a.organisation LEFT JOIN parties c ON c.id = a.contact"""


def practices(cursor: Cursor, words: str = "") -> list[PracticeRow]:
    """The practices that hold the words, with counts of the places that said something and that adopted it."""
    test, parameters = word_test("practice", words)
    lines = cursor.execute(f"SELECT {PRACTICE} FROM {PRACTICE_FROM} WHERE NOT r.deleted{test} ORDER BY r.n", parameters)
    return [PracticeRow(*line) for line in lines]


def card(cursor: Cursor, key: bytes) -> PracticeCard:
    """Everything about one practice."""
    line = cursor.execute(
        f"SELECT {PRACTICE}, r.venue, b.name, f.name, r.note FROM {PRACTICE_FROM} LEFT JOIN parties b ON"
        " b.id = r.recognised_by LEFT JOIN areas f ON f.id = r.first_for WHERE r.id = ?",
        (key,),
    ).fetchone()
    cells = cursor.execute(
        f"SELECT {ADOPTION} FROM {ADOPTION_FROM} WHERE a.practice = ? AND NOT a.deleted ORDER BY a.n", (key,)
    )
    venue, recognised_by, first_for, note = line[8:]
    return PracticeCard(
        PracticeRow(*line[:8]), venue, recognised_by, first_for, note, tuple(_adoption(cell) for cell in cells)
    )


def adoption(cursor: Cursor, key: bytes) -> AdoptionRow:
    """One cell."""
    return _adoption(cursor.execute(f"SELECT {ADOPTION} FROM {ADOPTION_FROM} WHERE a.id = ?", (key,)).fetchone())


def _adoption(line: Sequence[Any]) -> AdoptionRow:
    _practice, _place, ref, practice_ref, practice, place, place_ref, status, words, since, *rest = line
    return AdoptionRow(
        ref, practice_ref, practice, place, place_ref, AdoptionStatus(status), words, from_stored(since), *rest
    )


def matrix(cursor: Cursor, words: str = "") -> PracticeMatrix:
    """The practices that hold the words, in every place: three queries whatever the size."""
    shown = practices(cursor, words)
    cells = {
        (line[0], line[1]): _adoption(line)
        for line in cursor.execute(f"SELECT {ADOPTION} FROM {ADOPTION_FROM} WHERE NOT a.deleted ORDER BY a.n")
    }
    places = _places(cursor)
    rows = [MatrixRow(row, tuple(cells.get((row.key, place.key)) for place in places)) for row in shown]
    return PracticeMatrix(tuple(places), tuple(rows))


def _places(cursor: Cursor) -> list[PlaceRow]:
    """The forces of the forum areas, the forum areas, the authorities, then every other place that a cell names."""
    lines = cursor.execute(
        "SELECT p.id, p.ref, p.name, p.short, 'force', 1, p.n FROM parties p WHERE NOT p.deleted AND p.id IN"
        " (SELECT police FROM areas WHERE kind = 'forum-area' AND NOT deleted)"
        " UNION SELECT x.id, x.ref, x.name, NULL, CASE x.kind WHEN 'forum-area' THEN 'forum' ELSE 'other' END,"
        " CASE x.kind WHEN 'forum-area' THEN 2 ELSE 4 END, x.n FROM areas x WHERE NOT x.deleted AND (x.kind ="
        " 'forum-area' OR x.id IN (SELECT area FROM adoptions WHERE NOT deleted))"
        " UNION SELECT p.id, p.ref, p.name, p.short, 'authority', 3, p.n FROM parties p JOIN organisations o ON o.id ="
        " p.id WHERE NOT p.deleted AND o.kind = 'local-authority'"
        " UNION SELECT p.id, p.ref, p.name, p.short, 'other', 5, p.n FROM parties p WHERE p.id IN (SELECT organisation"
        " FROM adoptions WHERE NOT deleted) AND p.id NOT IN (SELECT police FROM areas WHERE kind = 'forum-area' AND NOT"
        " deleted AND police IS NOT NULL) AND p.id NOT IN (SELECT id FROM organisations WHERE kind = 'local-authority')"
        " ORDER BY 6, 7"
    )
    return [PlaceRow(key, ref, name, short, PlaceKind(kind)) for key, ref, name, short, kind, _block, _n in lines]


def shown_place(cursor: Cursor, words: str | bytes) -> tuple[str, bytes, str] | None:
    """The column of adoptions, the key and the reference of a place of the matrix, by its key or its names."""
    slug = "-".join(folded(words).split()) if isinstance(words, str) else ""
    for place in _places(cursor):
        names = (place.ref, "-".join(folded(place.name).split()))
        if place.key == words or (slug and slug in names):
            is_area = cursor.execute("SELECT 1 FROM areas WHERE id = ?", (place.key,)).fetchone()
            return "area" if is_area else "organisation", place.key, place.ref
    return None


def place_key(cursor: Cursor, words: str) -> tuple[bytes, str] | None:
    """The key and reference of the area that is called these words, in either language; None if there is none."""
    typed = folded(words)
    slug = "-".join(typed.split())
    areas = cursor.execute("SELECT id, ref, name, name_cy FROM areas WHERE NOT deleted ORDER BY n")
    for key, ref, name, name_cy in areas.fetchall():
        if ref == slug or typed in (folded(name), folded(name_cy or "")):
            return key, ref
    return None


def authority_called(cursor: Cursor, words: str) -> tuple[bytes, str] | None:
    """The key and reference of an authority by its name without the words that all have: "Ynys Môn", "Torfaen"."""
    lines = cursor.execute(
        "SELECT p.id, p.ref, p.name, p.name_cy FROM parties p JOIN organisations o ON o.id = p.id WHERE NOT p.deleted"
        " AND o.kind = 'local-authority' ORDER BY p.n"
    ).fetchall()
    for key, ref, name, name_cy in lines:
        welsh = name_cy or ""
        names = (
            plain_council(name),
            welsh.removeprefix("Cyngor "),
            re.sub(r"^Cyngor (Bwrdeistref Sirol|Sir|Dinas) ", "", welsh),
        )
        if folded(words) in map(folded, names):
            return key, ref
    return None


def cell(cursor: Cursor, practice: bytes, place: bytes) -> tuple[bytes, str, bool] | None:
    """Key, status and whether it was removed, of the cell of a practice in a place; None where there never was one."""
    found = cursor.execute(
        "SELECT id, status, deleted FROM adoptions WHERE practice = ? AND coalesce(area, organisation) = ?"
        " ORDER BY deleted",
        (practice, place),
    ).fetchone()
    return (found[0], found[1], bool(found[2])) if found else None
