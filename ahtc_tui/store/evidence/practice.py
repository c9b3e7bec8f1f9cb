"""Good practice out of the database: the list, the card, and the matrix of practices and places. Reads only."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.dates.date_as_known import read_stored_date
from ahtc_tui.domain.evidence.practice import (
    AdoptionRow,
    AdoptionStatus,
    MatrixRow,
    PlaceKind,
    PlaceRow,
    PracticeCard,
    PracticeMatrix,
    PracticeRow,
    shorten_council_name,
)
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.contacts.party_lookup import fold_name
from ahtc_tui.store.evidence.queries import build_word_test

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


def read_practices(cursor: Cursor, words: str = "") -> list[PracticeRow]:
    """The practices that hold the words, with counts of the places that said something and that adopted it."""
    test, parameters = build_word_test("practice", words)
    rows = cursor.execute(f"SELECT {PRACTICE} FROM {PRACTICE_FROM} WHERE NOT r.deleted{test} ORDER BY r.n", parameters)
    return [PracticeRow(*row) for row in rows]


def read_card(cursor: Cursor, key: RowKey) -> PracticeCard:
    """Everything about one practice."""
    row = cursor.execute(
        f"SELECT {PRACTICE}, r.venue, b.name, f.name, r.note FROM {PRACTICE_FROM} LEFT JOIN parties b ON"
        " b.id = r.recognised_by LEFT JOIN areas f ON f.id = r.first_for WHERE r.id = ?",
        (key,),
    ).fetchone()
    cells = cursor.execute(
        f"SELECT {ADOPTION} FROM {ADOPTION_FROM} WHERE a.practice = ? AND NOT a.deleted ORDER BY a.n", (key,)
    )
    venue, recognised_by, first_for, note = row[8:]
    return PracticeCard(
        PracticeRow(*row[:8]), venue, recognised_by, first_for, note, tuple(_build_adoption(cell) for cell in cells)
    )


def read_adoption(cursor: Cursor, key: RowKey) -> AdoptionRow:
    """One cell."""
    return _build_adoption(cursor.execute(f"SELECT {ADOPTION} FROM {ADOPTION_FROM} WHERE a.id = ?", (key,)).fetchone())


def _build_adoption(row: Sequence[Any]) -> AdoptionRow:
    _practice, _place, ref, practice_ref, practice, place, place_ref, status, words, since, *columns = row
    return AdoptionRow(
        ref, practice_ref, practice, place, place_ref, AdoptionStatus(status), words, read_stored_date(since), *columns
    )


def read_matrix(cursor: Cursor, words: str = "") -> PracticeMatrix:
    """The practices that hold the words, in every place: three queries whatever the size."""
    practice_rows = read_practices(cursor, words)
    cells = {
        (cell_row[0], cell_row[1]): _build_adoption(cell_row)
        for cell_row in cursor.execute(f"SELECT {ADOPTION} FROM {ADOPTION_FROM} WHERE NOT a.deleted ORDER BY a.n")
    }
    places = _read_places(cursor)
    rows = [MatrixRow(row, tuple(cells.get((row.key, place.key)) for place in places)) for row in practice_rows]
    return PracticeMatrix(tuple(places), tuple(rows))


def _read_places(cursor: Cursor) -> list[PlaceRow]:
    """The forces of the forum areas, the forum areas, the authorities, then every other place that a cell names."""
    rows = cursor.execute(
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
    return [PlaceRow(key, ref, name, short, PlaceKind(kind)) for key, ref, name, short, kind, _block, _n in rows]


def find_shown_place(cursor: Cursor, words: str | RowKey) -> tuple[str, RowKey, str] | None:
    """The column of adoptions, the key and the reference of a place of the matrix, by its key or its names."""
    slug = "-".join(fold_name(words).split()) if isinstance(words, str) else ""
    for place in _read_places(cursor):
        names = (place.ref, "-".join(fold_name(place.name).split()))
        if place.key == words or (slug and slug in names):
            is_area = cursor.execute("SELECT 1 FROM areas WHERE id = ?", (place.key,)).fetchone()
            return "area" if is_area else "organisation", place.key, place.ref
    return None


def find_area(cursor: Cursor, words: str) -> tuple[RowKey, str] | None:
    """The key and reference of the area that is called these words, in either language; None if there is none."""
    typed = fold_name(words)
    slug = "-".join(typed.split())
    areas = cursor.execute("SELECT id, ref, name, name_cy FROM areas WHERE NOT deleted ORDER BY n")
    for key, ref, name, name_cy in areas.fetchall():
        if ref == slug or typed in (fold_name(name), fold_name(name_cy or "")):
            return key, ref
    return None


def find_authority(cursor: Cursor, words: str) -> tuple[RowKey, str] | None:
    """The key and reference of an authority by its name without the words that all have: "Ynys Môn", "Torfaen"."""
    rows = cursor.execute(
        "SELECT p.id, p.ref, p.name, p.name_cy FROM parties p JOIN organisations o ON o.id = p.id WHERE NOT p.deleted"
        " AND o.kind = 'local-authority' ORDER BY p.n"
    ).fetchall()
    for key, ref, name, name_cy in rows:
        welsh = name_cy or ""
        names = (
            shorten_council_name(name),
            welsh.removeprefix("Cyngor "),
            re.sub(r"^Cyngor (Bwrdeistref Sirol|Sir|Dinas) ", "", welsh),
        )
        if fold_name(words) in map(fold_name, names):
            return key, ref
    return None


def find_cell(cursor: Cursor, practice: RowKey, place: RowKey) -> tuple[RowKey, str, bool] | None:
    """Key, status and whether it was removed, of the cell of a practice in a place; None where there never was one."""
    row = cursor.execute(
        "SELECT id, status, deleted FROM adoptions WHERE practice = ? AND coalesce(area, organisation) = ?"
        " ORDER BY deleted",
        (practice, place),
    ).fetchone()
    return (row[0], row[1], bool(row[2])) if row else None
