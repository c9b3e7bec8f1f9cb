"""Recommendations and the documents they stand in, out of the database. Reads only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.dates import from_stored
from ahtc_tui.domain.recommendations import DocumentRow, RecommendationRow
from ahtc_tui.store.evidence import word_test

if TYPE_CHECKING:
    from ahtc_tui.store.database import Cursor

RECOMMENDATION = """r.id, r.ref, r.title, d.title, d.ref, w.ref, r.response, o.name, b.number || '. ' || b.title,
 r.whole_report, r.made_on, (SELECT group_concat(ref, char(10)) FROM (SELECT a.ref FROM actions a
 WHERE a.recommendation = r.id AND NOT a.deleted ORDER BY a.ref_key)), r.source, r.note, r.after_seed"""
RECOMMENDATION_FROM = """recommendations r JOIN documents d ON d.id = r.document
 LEFT JOIN recommendations w ON w.id = r.part_of LEFT JOIN parties o ON o.id = r.owner
 LEFT JOIN objectives b ON b.id = r.objective"""

ANSWERED = (
    "(r.response IS NOT NULL OR EXISTS (SELECT 1 FROM actions a WHERE a.recommendation = r.id AND NOT a.deleted))"
)


def _recommendation(line: Sequence[Any]) -> RecommendationRow:
    *first, whole, made, actions, source, note, later = line
    key, ref, title, document, document_ref, part_of, response, owner, objective = first
    refs = tuple(actions.split("\n")) if actions else ()
    return RecommendationRow(
        key,
        ref,
        title,
        document,
        document_ref,
        part_of,
        response,
        owner,
        objective,
        bool(whole),
        from_stored(made),
        refs,
        source,
        note,
        bool(later),
    )


def recommendations(cursor: Cursor, words: str = "") -> list[RecommendationRow]:
    """The recommendations that hold the words, by document, in the order they were entered."""
    test, parameters = word_test("recommendation", words)
    lines = cursor.execute(
        f"SELECT {RECOMMENDATION} FROM {RECOMMENDATION_FROM} WHERE NOT r.deleted{test} ORDER BY d.n, r.n", parameters
    )
    return [_recommendation(line) for line in lines]


def recommendations_of(cursor: Cursor, document: bytes) -> list[RecommendationRow]:
    """The recommendations of one document."""
    lines = cursor.execute(
        f"SELECT {RECOMMENDATION} FROM {RECOMMENDATION_FROM} WHERE NOT r.deleted AND r.document = ? ORDER BY r.n",
        (document,),
    )
    return [_recommendation(line) for line in lines]


def recommendation(cursor: Cursor, key: bytes) -> RecommendationRow:
    """One recommendation."""
    line = cursor.execute(f"SELECT {RECOMMENDATION} FROM {RECOMMENDATION_FROM} WHERE r.id = ?", (key,)).fetchone()
    return _recommendation(line)


def documents(cursor: Cursor, words: str = "") -> list[DocumentRow]:
    """The documents that hold the words, each with its number of recommendations and how many have an answer."""
    test, parameters = word_test("document", words)
    lines = cursor.execute(
        "SELECT r.id, r.ref, r.title, p.name, r.published_on, r.reference, coalesce(c.total, 0), r.note, r.source,"
        " coalesce(c.answered, 0), r.after_seed FROM documents r LEFT JOIN parties p ON p.id = r.body LEFT JOIN"
        f" (SELECT r.document, count(*) AS total, sum({ANSWERED}) AS answered FROM recommendations r WHERE NOT"
        f" r.deleted GROUP BY r.document) c ON c.document = r.id WHERE NOT r.deleted{test} ORDER BY r.n",
        parameters,
    )
    return [
        DocumentRow(
            key, ref, title, body, from_stored(published), reference, total, note, source, answered, bool(later)
        )
        for key, ref, title, body, published, reference, total, note, source, answered, later in lines
    ]
