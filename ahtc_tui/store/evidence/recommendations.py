"""Recommendations and the documents they stand in, out of the database. Reads only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.dates.date_as_known import NO_DAY, from_stored
from ahtc_tui.domain.evidence.recommendations import DocumentRow, RecommendationFilter, RecommendationRow
from ahtc_tui.store.contacts.party_lookup import folded
from ahtc_tui.store.evidence.queries import word_test

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor

RECOMMENDATION = """r.id, r.ref, r.title, d.title, d.ref, w.ref, r.response, o.name, b.number || '. ' || b.title,
 r.whole_report, r.made_on, (SELECT group_concat(ref, char(10)) FROM (SELECT a.ref FROM actions a
 WHERE a.recommendation = r.id AND NOT a.deleted ORDER BY a.ref_key)), r.source, r.note, r.after_seed, r.evidence,
 (SELECT count(*) FROM actions a WHERE a.recommendation = r.id AND NOT a.deleted
 AND a.status IN ('done', 'cancelled'))"""
RECOMMENDATION_FROM = """recommendations r JOIN documents d ON d.id = r.document
 LEFT JOIN recommendations w ON w.id = r.part_of LEFT JOIN parties o ON o.id = r.owner
 LEFT JOIN objectives b ON b.id = r.objective"""

ACTED_ON = "EXISTS (SELECT 1 FROM actions a WHERE a.recommendation = r.id AND NOT a.deleted)"
ANSWERED = f"(r.response IS NOT NULL OR {ACTED_ON})"


def _recommendation(line: Sequence[Any]) -> RecommendationRow:
    *first, whole, made, actions, source, note, later, evidence, done = line
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
        evidence,
        done,
    )


def recommendations(cursor: Cursor, asked: RecommendationFilter) -> list[RecommendationRow]:
    """The recommendations that are asked for, by document, in the order they were entered."""
    test, parameters = word_test("recommendation", asked.words)
    keys: tuple[bytes, ...] = ()
    if asked.document:
        keys = _documents_called(cursor, asked.document)
        test += f" AND r.document IN ({', '.join('?' * len(keys))})"
    if asked.without_action:
        test += f" AND NOT {ACTED_ON}"
    lines = cursor.execute(
        f"SELECT {RECOMMENDATION} FROM {RECOMMENDATION_FROM} WHERE NOT r.deleted{test} ORDER BY d.n, r.n",
        (*parameters, *keys),
    )
    rows = (_recommendation(line) for line in lines)
    return [row for row in rows if row.open] if asked.open else list(rows)


def _documents_called(cursor: Cursor, words: str) -> tuple[bytes, ...]:
    """The documents whose reference, title, number or body holds these words."""
    typed = folded(words)
    lines = cursor.execute(
        "SELECT d.id, d.ref, d.title, d.reference, p.name, p.short, p.ref FROM documents d LEFT JOIN parties p"
        " ON p.id = d.body WHERE NOT d.deleted"
    ).fetchall()
    return tuple(key for key, *names in lines if any(name and typed in folded(name) for name in names))


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


def document(cursor: Cursor, key: bytes) -> DocumentRow:
    """One document."""
    return _documents(cursor, "r.id = ?", (key,))[0]


def awaited(cursor: Cursor) -> list[DocumentRow]:
    """What others still owe the office, that which is due first at the top."""
    found = _documents(cursor, "NOT r.deleted AND r.awaited AND r.published_on IS NULL", ())
    return sorted(found, key=lambda row: row.expected_on.latest if row.expected_on else NO_DAY)


def documents(cursor: Cursor, words: str = "") -> list[DocumentRow]:
    """The documents that hold the words, each with its number of recommendations and how many have an answer."""
    test, parameters = word_test("document", words)
    return _documents(cursor, f"NOT r.deleted{test}", parameters)


def _documents(cursor: Cursor, where: str, parameters: tuple[object, ...]) -> list[DocumentRow]:
    lines = cursor.execute(
        "SELECT r.id, r.ref, r.title, p.name, r.published_on, r.reference, coalesce(c.total, 0), r.note, r.source,"
        " coalesce(c.answered, 0), r.after_seed, r.awaited, r.expected_on FROM documents r"
        " LEFT JOIN parties p ON p.id = r.body LEFT JOIN"
        f" (SELECT r.document, count(*) AS total, sum({ANSWERED}) AS answered FROM recommendations r WHERE NOT"
        f" r.deleted GROUP BY r.document) c ON c.document = r.id WHERE {where} ORDER BY r.n",
        parameters,
    )
    return [
        DocumentRow(
            key,
            ref,
            title,
            body,
            from_stored(published),
            reference,
            total,
            note,
            source,
            answered,
            bool(later),
            bool(awaits) and published is None,
            from_stored(expected),
        )
        for key, ref, title, body, published, reference, total, note, source, answered, later, awaits, expected in lines
    ]


def answered_by(cursor: Cursor, action: bytes) -> tuple[bytes, str] | None:
    """Key and reference of the recommendation that an action answers."""
    found = cursor.execute(
        "SELECT r.id, r.ref FROM actions a JOIN recommendations r ON r.id = a.recommendation WHERE a.id = ?", (action,)
    ).fetchone()
    return (found[0], found[1]) if found else None
