"""Reads recommendations and their documents."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import NamedTuple

from ahtc_tui.domain.actions.model import Status
from ahtc_tui.domain.dates.date_as_known import NO_DAY, DateAsKnown
from ahtc_tui.domain.errors import NotFound
from ahtc_tui.domain.evidence.recommendations import (
    AnsweringAction,
    DocumentRow,
    RecommendationFilter,
    RecommendationRow,
)
from ahtc_tui.domain.filters.model import FilterNoun, TermKind
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.contacts.filter_terms import (
    PLACE_OF_PARTY,
    build_area_translator,
    build_class_translator,
    build_day_translator,
    build_objective_translator,
    build_party_translator,
)
from ahtc_tui.store.contacts.party_lookup import fold_name
from ahtc_tui.store.evidence.queries import Parameters, build_word_test
from ahtc_tui.store.records.cursor import KEYS, Cursor, encode_keys
from ahtc_tui.store.records.rows import select_mapping, select_rows
from ahtc_tui.store.search.filters import Translator
from ahtc_tui.store.sql_fragments import SHOWN_TITLE

ANSWERING = """(a.recommendation = r.id OR a.id IN (SELECT l.action FROM action_recommendations l
 WHERE l.recommendation = r.id AND NOT l.deleted)) AND NOT a.deleted"""
"""Whether the action `a` answers the recommendation `r`."""

RECOMMENDATION = f"""r.id AS key, r.ref, r.title, {SHOWN_TITLE.format("d")} AS document, d.ref AS document_ref,
 w.ref AS part_of, r.response, o.name AS owner, b.number || '. ' || {SHOWN_TITLE.format("b")} AS objective,
 r.whole_report, r.made_on, (SELECT group_concat(ref, char(10)) FROM (SELECT a.ref FROM actions a
 WHERE {ANSWERING} ORDER BY a.ref_key)) AS actions, r.source, r.note,
 r.after_seed AS later, r.evidence,
 (SELECT count(*) FROM actions a WHERE {ANSWERING}
 AND a.status IN ('done', 'cancelled')) AS actions_done, r.title_cy"""
RECOMMENDATION_FROM = """recommendations r JOIN documents d ON d.id = r.document
 LEFT JOIN recommendations w ON w.id = r.part_of LEFT JOIN named_parties o ON o.id = r.owner
 LEFT JOIN objectives b ON b.id = r.objective"""

ACTED_ON = f"EXISTS (SELECT 1 FROM actions a WHERE {ANSWERING})"
ALL_DONE = f"""({ACTED_ON} AND NOT EXISTS (SELECT 1 FROM actions a WHERE {ANSWERING}
 AND a.status NOT IN ('done', 'cancelled')))"""
"""Whether a recommendation is closed: it has an action, and none that is open."""
ANSWERED = f"(r.response IS NOT NULL OR {ACTED_ON})"


class LinkedAction(NamedTuple):
    """An action with the recommendation that it answers."""

    key: RowKey
    ref: str
    title: str
    title_cy: str | None
    status: Status
    due: DateAsKnown | None
    lead: str | None
    closed_on: DateAsKnown | None


LINKED = f"""SELECT r.id AS key, a.ref, a.title, a.title_cy, a.status, a.due, p.name AS lead, a.closed_on
 FROM recommendations r JOIN actions a ON {ANSWERING} LEFT JOIN named_parties p ON p.id = a.lead
 WHERE r.id IN {KEYS.format("?")} ORDER BY a.ref_key"""


class DocumentNames(NamedTuple):
    """Names by which a document is found."""

    key: RowKey
    ref: str
    title: str
    title_cy: str | None
    reference: str | None
    body: str | None
    body_short: str | None
    body_ref: str | None


def _read_recommendations(
    cursor: Cursor, condition: str, parameters: Parameters, order: str = "r.n"
) -> list[RecommendationRow]:
    query = f"SELECT {RECOMMENDATION} FROM {RECOMMENDATION_FROM} WHERE {condition} ORDER BY {order}"
    rows = select_rows(cursor, RecommendationRow, query, parameters)
    linked: dict[RowKey, list[AnsweringAction]] = {}
    for link in select_rows(cursor, LinkedAction, LINKED, (encode_keys(row.key for row in rows),)):
        action = AnsweringAction(**{name: value for name, value in link._asdict().items() if name != "key"})
        linked.setdefault(link.key, []).append(action)
    return [replace(row, linked=tuple(linked.get(row.key, ()))) for row in rows]


def read_recommendations(
    cursor: Cursor, recommendation_filter: RecommendationFilter, today: date = date.min
) -> list[RecommendationRow]:
    """Return the recommendations that match a filter, by document, in order of entry."""
    translators: dict[TermKind, Translator] = {
        TermKind.LEAD: build_party_translator(cursor, date.max, "r.owner"),
        TermKind.OBJECTIVE: build_objective_translator(cursor, "r.objective"),
        TermKind.AREA: build_area_translator(cursor, PLACE_OF_PARTY.format("r.owner")),
        TermKind.CLASS: build_class_translator(cursor, "r.owner"),
        TermKind.RAISED: build_day_translator("coalesce(r.made_on, d.published_on)"),
        TermKind.STATE: lambda term, _name: (ALL_DONE if term.value == "closed" else f"NOT {ALL_DONE}", None),
    }
    words = recommendation_filter.words
    test, parameters = build_word_test("recommendation", words, FilterNoun.RECOMMENDATIONS, translators, today)
    parameters["today"] = today.isoformat()
    if recommendation_filter.document:
        documents = _find_documents(cursor, recommendation_filter.document)
        if not documents:
            raise NotFound(_('There is no document "{words}".').format(words=recommendation_filter.document))
        parameters["documents"] = encode_keys(documents)
        test += f" AND r.document IN {KEYS.format(':documents')}"
    if recommendation_filter.without_action:
        test += f" AND NOT {ACTED_ON}"
    rows = _read_recommendations(cursor, f"NOT r.deleted{test}", parameters, "d.n, r.n")
    return [row for row in rows if row.is_open or not recommendation_filter.open]


def _find_documents(cursor: Cursor, words: str) -> tuple[RowKey, ...]:
    """Return the keys of documents with these words in reference, title, number or body."""
    typed = fold_name(words)
    query = """SELECT d.id AS key, d.ref, d.title, d.title_cy, d.reference, p.name AS body, p.short AS body_short,
 p.ref AS body_ref FROM documents d LEFT JOIN named_parties p ON p.id = d.body WHERE NOT d.deleted"""
    documents = select_rows(cursor, DocumentNames, query)
    return tuple(key for key, *names in documents if any(name and typed in fold_name(name) for name in names))


def read_document_recommendations(cursor: Cursor, document: RowKey) -> list[RecommendationRow]:
    """Return the recommendations of one document."""
    return _read_recommendations(cursor, "NOT r.deleted AND r.document = ?", (document,))


def read_recommendation(cursor: Cursor, key: RowKey) -> RecommendationRow:
    """Return the recommendation with this key."""
    return _read_recommendations(cursor, "r.id = ?", (key,))[0]


def read_document(cursor: Cursor, key: RowKey) -> DocumentRow:
    """Return the document with this key."""
    return _read_documents(cursor, "r.id = ?", (key,))[0]


def read_awaited_documents(cursor: Cursor) -> list[DocumentRow]:
    """Return the documents that others have still to publish, by expected day."""
    documents = _read_documents(cursor, "NOT r.deleted AND r.awaited AND r.published_on IS NULL", ())
    return sorted(documents, key=lambda row: row.expected_on.latest if row.expected_on else NO_DAY)


def read_documents(cursor: Cursor, words: str = "") -> list[DocumentRow]:
    """Return the documents that match the words, each with its number of recommendations and of answers."""
    test, parameters = build_word_test("document", words)
    return _read_documents(cursor, f"NOT r.deleted{test}", parameters)


def _read_documents(cursor: Cursor, condition: str, parameters: Parameters) -> list[DocumentRow]:
    query = f"""SELECT r.id AS key, r.ref, r.title, p.name AS body, r.published_on, r.reference, coalesce(c.total, 0) AS
 recommendations, r.note, r.source, coalesce(c.answered, 0) AS answered, r.after_seed AS later, r.awaited
 AND r.published_on IS NULL AS awaited, r.expected_on, r.marking, r.title_cy FROM documents r
 LEFT JOIN named_parties p ON p.id = r.body
 LEFT JOIN (SELECT r.document, count(*) AS total, sum({ANSWERED}) AS answered FROM recommendations r
 WHERE NOT r.deleted GROUP BY r.document) c ON c.document = r.id WHERE {condition} ORDER BY r.n"""
    return select_rows(cursor, DocumentRow, query, parameters)


def read_answered_recommendations(cursor: Cursor, action: RowKey) -> dict[RowKey, RowKey]:
    """Return by recommendation the link to an action that answers it: the action itself for the first one."""
    query = """SELECT recommendation AS key, id AS value FROM actions WHERE id = :action AND recommendation IS NOT NULL
 UNION ALL SELECT recommendation, id FROM action_recommendations WHERE action = :action AND NOT deleted"""
    return select_mapping(cursor, query, {"action": action})
