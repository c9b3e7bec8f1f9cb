"""Recommendations and the documents they stand in, out of the database. Reads only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.dates.date_as_known import NO_DAY, read_stored_date
from ahtc_tui.domain.evidence.recommendations import DocumentRow, RecommendationFilter, RecommendationRow
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.contacts.party_lookup import fold_name
from ahtc_tui.store.evidence.queries import build_word_test

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


def _build_recommendation(row: Sequence[Any]) -> RecommendationRow:
    *first_columns, whole_report, made_on, actions, source, note, after_seed, evidence, closed_count = row
    key, ref, title, document, document_ref, part_of, response, owner, objective = first_columns
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
        bool(whole_report),
        read_stored_date(made_on),
        refs,
        source,
        note,
        bool(after_seed),
        evidence,
        closed_count,
    )


def read_recommendations(cursor: Cursor, recommendation_filter: RecommendationFilter) -> list[RecommendationRow]:
    """The recommendations that are asked for, by document, in the order they were entered."""
    test, parameters = build_word_test("recommendation", recommendation_filter.words)
    keys: tuple[RowKey, ...] = ()
    if recommendation_filter.document:
        keys = _find_documents(cursor, recommendation_filter.document)
        test += f" AND r.document IN ({', '.join('?' * len(keys))})"
    if recommendation_filter.without_action:
        test += f" AND NOT {ACTED_ON}"
    lines = cursor.execute(
        f"SELECT {RECOMMENDATION} FROM {RECOMMENDATION_FROM} WHERE NOT r.deleted{test} ORDER BY d.n, r.n",
        (*parameters, *keys),
    )
    rows = (_build_recommendation(line) for line in lines)
    return [row for row in rows if row.is_open] if recommendation_filter.open else list(rows)


def _find_documents(cursor: Cursor, words: str) -> tuple[RowKey, ...]:
    """The documents whose reference, title, number or body holds these words."""
    typed = fold_name(words)
    rows = cursor.execute(
        "SELECT d.id, d.ref, d.title, d.reference, p.name, p.short, p.ref FROM documents d LEFT JOIN parties p"
        " ON p.id = d.body WHERE NOT d.deleted"
    ).fetchall()
    return tuple(key for key, *names in rows if any(name and typed in fold_name(name) for name in names))


def read_document_recommendations(cursor: Cursor, document: RowKey) -> list[RecommendationRow]:
    """The recommendations of one document."""
    rows = cursor.execute(
        f"SELECT {RECOMMENDATION} FROM {RECOMMENDATION_FROM} WHERE NOT r.deleted AND r.document = ? ORDER BY r.n",
        (document,),
    )
    return [_build_recommendation(row) for row in rows]


def read_recommendation(cursor: Cursor, key: RowKey) -> RecommendationRow:
    """One recommendation."""
    row = cursor.execute(f"SELECT {RECOMMENDATION} FROM {RECOMMENDATION_FROM} WHERE r.id = ?", (key,)).fetchone()
    return _build_recommendation(row)


def read_document(cursor: Cursor, key: RowKey) -> DocumentRow:
    """One document."""
    return _read_documents(cursor, "r.id = ?", (key,))[0]


def read_awaited_documents(cursor: Cursor) -> list[DocumentRow]:
    """What others still owe the office, that which is due first at the top."""
    documents = _read_documents(cursor, "NOT r.deleted AND r.awaited AND r.published_on IS NULL", ())
    return sorted(documents, key=lambda row: row.expected_on.latest if row.expected_on else NO_DAY)


def read_documents(cursor: Cursor, words: str = "") -> list[DocumentRow]:
    """The documents that hold the words, each with its number of recommendations and how many have an answer."""
    test, parameters = build_word_test("document", words)
    return _read_documents(cursor, f"NOT r.deleted{test}", parameters)


def _read_documents(cursor: Cursor, condition: str, parameters: tuple[object, ...]) -> list[DocumentRow]:
    rows = cursor.execute(
        "SELECT r.id, r.ref, r.title, p.name, r.published_on, r.reference, coalesce(c.total, 0), r.note, r.source,"
        " coalesce(c.answered, 0), r.after_seed, r.awaited, r.expected_on FROM documents r"
        " LEFT JOIN parties p ON p.id = r.body LEFT JOIN"
        f" (SELECT r.document, count(*) AS total, sum({ANSWERED}) AS answered FROM recommendations r WHERE NOT"
        f" r.deleted GROUP BY r.document) c ON c.document = r.id WHERE {condition} ORDER BY r.n",
        parameters,
    )
    return [
        DocumentRow(
            key,
            ref,
            title,
            body,
            read_stored_date(published),
            reference,
            total,
            note,
            source,
            answered,
            bool(after_seed),
            bool(awaited) and published is None,
            read_stored_date(expected),
        )
        for key, ref, title, body, published, reference, total, note, source, *state in rows
        for answered, after_seed, awaited, expected in [state]
    ]


def find_answered_recommendation(cursor: Cursor, action: RowKey) -> tuple[RowKey, str] | None:
    """Key and reference of the recommendation that an action answers."""
    row = cursor.execute(
        "SELECT r.id, r.ref FROM actions a JOIN recommendations r ON r.id = a.recommendation WHERE a.id = ?", (action,)
    ).fetchone()
    return (row[0], row[1]) if row else None
