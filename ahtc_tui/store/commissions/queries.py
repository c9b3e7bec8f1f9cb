"""Reads commissions: the list, and the parts of a card."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.commissions.claims import ClaimKind
from ahtc_tui.domain.commissions.model import CommissionRow
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.filters.model import FilterNoun, TermKind
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.commissions.claims import TABLES
from ahtc_tui.store.contacts.filter_terms import build_day_translator
from ahtc_tui.store.evidence.queries import build_word_test
from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.records.references import find_by_ref, normalize_ref
from ahtc_tui.store.records.rows import select_mapping, select_one, select_rows, select_value
from ahtc_tui.store.search.filters import Translator
from ahtc_tui.store.sql_fragments import PARAGRAPH_TITLE_CY

COLUMNS = """r.id AS key, r.ref, r.title, p.name AS asked_by, r.reference, r.due, r.sent_on,
 (SELECT count(*) FROM commission_questions q WHERE q.commission = r.id AND NOT q.deleted) AS questions,
 (SELECT count(*) FROM paragraphs g JOIN commission_questions q ON q.id = g.question
 WHERE q.commission = r.id AND NOT g.deleted AND NOT q.deleted) AS paragraphs, r.source, r.title_cy
 FROM commissions r LEFT JOIN named_parties p ON p.id = r.asked_by"""


class CommissionColumns(NamedTuple):
    """Columns of a commission that only its card shows."""

    from_on: DateAsKnown | None
    to_on: DateAsKnown | None
    follows: str | None
    cleared_by: str | None
    marking: Marking
    note: str | None


class StoredQuestion(NamedTuple):
    """Question without its paragraphs."""

    key: RowKey
    number: int
    text: str
    takes: str | None
    text_cy: str | None


class StoredParagraph(NamedTuple):
    """Paragraph without its claims."""

    key: RowKey
    question: RowKey
    number: int
    title: str | None
    text: str | None
    as_at: DateAsKnown | None
    title_cy: str | None
    text_cy: str | None
    source: str | None


class StoredLink(NamedTuple):
    """Record behind a paragraph, with its claim at the last confirmation."""

    key: RowKey
    paragraph: RowKey
    kind: ClaimKind
    record: RowKey
    sentence: str | None


STATES = {
    "open": "r.sent_on IS NULL",
    "closed": "r.sent_on IS NOT NULL",
    "late": "r.sent_on IS NULL AND substr(r.due, 1, 10) < :today",
}
"""Condition of each state of a commission."""


def read_commissions(cursor: Cursor, words: str, today: date) -> list[CommissionRow]:
    """Return the commissions that match the words, newest first."""
    translators: dict[TermKind, Translator] = {
        TermKind.STATE: lambda term, _name: (STATES[term.value], None),
        TermKind.DUE: build_day_translator("r.due"),
        TermKind.CLOSED: build_day_translator("r.sent_on"),
    }
    test, parameters = build_word_test("commission", words, FilterNoun.COMMISSIONS, translators, today)
    query = f"SELECT {COLUMNS} WHERE NOT r.deleted{test} ORDER BY r.n DESC"
    return select_rows(cursor, CommissionRow, query, {**parameters, "today": today.isoformat()})


def read_commission(cursor: Cursor, key: RowKey) -> CommissionRow:
    """Return the commission with this key."""
    return select_one(cursor, CommissionRow, f"SELECT {COLUMNS} WHERE r.id = ?", (key,))


def read_details(cursor: Cursor, key: RowKey) -> CommissionColumns:
    """Return the period, the previous paper, who cleared it, the marking and the note of a commission."""
    query = """SELECT r.from_on, r.to_on, f.ref AS follows, p.name AS cleared_by, r.marking, r.note FROM commissions r
 LEFT JOIN commissions f ON f.id = r.follows LEFT JOIN named_parties p ON p.id = r.cleared_by WHERE r.id = ?"""
    return select_one(cursor, CommissionColumns, query, (key,))


def read_questions(cursor: Cursor, commission: RowKey) -> list[StoredQuestion]:
    """Return the questions of a commission, by number."""
    query = """SELECT id AS key, number, text, takes, text_cy FROM commission_questions WHERE commission = ?
 AND NOT deleted ORDER BY number, n"""
    return select_rows(cursor, StoredQuestion, query, (commission,))


def read_paragraphs(cursor: Cursor, commission: RowKey) -> list[StoredParagraph]:
    """Return the paragraphs of all questions, in order."""
    query = f"""SELECT g.id AS key, g.question, g.number, g.title, g.text, g.as_at,
 {PARAGRAPH_TITLE_CY.format("g")} AS title_cy, g.text_cy, g.source FROM paragraphs g
 JOIN commission_questions q ON q.id = g.question WHERE q.commission = ? AND NOT g.deleted AND NOT q.deleted
 ORDER BY q.number, g.number, g.n"""
    return select_rows(cursor, StoredParagraph, query, (commission,))


def read_links(cursor: Cursor, commission: RowKey) -> list[StoredLink]:
    """Return the links between paragraphs and records, in the order in which they were added."""
    query = """SELECT l.id AS key, l.paragraph, l.kind, l.record, l.said AS sentence FROM paragraph_links l
 JOIN paragraphs g ON g.id = l.paragraph JOIN commission_questions q ON q.id = g.question WHERE q.commission = ?
 AND NOT l.deleted AND NOT g.deleted AND NOT q.deleted ORDER BY l.n"""
    return select_rows(cursor, StoredLink, query, (commission,))


def read_objective_titles(cursor: Cursor) -> dict[str, str]:
    """Return the titles of the objectives by number."""
    query = """SELECT CAST(number AS TEXT) AS key, title AS value FROM objectives WHERE NOT deleted
 ORDER BY objectives.number, n"""
    return select_mapping(cursor, query)


def find_claim_record(cursor: Cursor, ref: str) -> tuple[ClaimKind, RowKey] | None:
    """Return kind and key of the record with a reference that a paragraph can be based on; None where there is none."""
    for kind, table in TABLES.items():
        if table == "parties":
            query = "SELECT id FROM parties WHERE ref = ? AND kind = ? AND NOT deleted"
            key = select_value(cursor, query, (normalize_ref(ref), kind.value))
        else:
            match = find_by_ref(cursor, table, ref)
            key = match.key if match else None
        if key:
            return kind, key
    return None
