"""Commissions out of the database: the list, and the parts of a card. Reads only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ahtc_tui.domain.commissions.model import CommissionRow
from ahtc_tui.domain.dates.date_as_known import DateAsKnown, read_stored_date
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.commissions.claims import TABLES
from ahtc_tui.store.evidence.queries import build_word_test
from ahtc_tui.store.records.references import find_by_ref, normalize_ref

if TYPE_CHECKING:
    from ahtc_tui.domain.commissions.claims import ClaimKind
    from ahtc_tui.store.records.cursor import Cursor

ROW = """r.id, r.ref, r.title, p.name, r.reference, r.due, r.sent_on,
 (SELECT count(*) FROM commission_questions q WHERE q.commission = r.id AND NOT q.deleted),
 (SELECT count(*) FROM paragraphs g JOIN commission_questions q ON q.id = g.question
 WHERE q.commission = r.id AND NOT g.deleted AND NOT q.deleted), r.source
 FROM commissions r LEFT JOIN parties p ON p.id = r.asked_by"""


class StoredParagraph(NamedTuple):
    """A paragraph without what it rests on."""

    key: RowKey
    question: RowKey
    number: int
    title: str | None
    text: str | None
    as_at: DateAsKnown | None


class StoredLink(NamedTuple):
    """A record behind a paragraph, and what it said when a person last looked."""

    key: RowKey
    paragraph: RowKey
    kind: str
    record: RowKey
    sentence: str | None


def read_commissions(cursor: Cursor, words: str = "") -> list[CommissionRow]:
    """The commissions that hold the words, the newest first."""
    test, parameters = build_word_test("commission", words)
    rows = cursor.execute(f"SELECT {ROW} WHERE NOT r.deleted{test} ORDER BY r.n DESC", parameters)
    return [_build_row(row) for row in rows]


def read_commission(cursor: Cursor, key: RowKey) -> CommissionRow:
    """One commission."""
    return _build_row(cursor.execute(f"SELECT {ROW} WHERE r.id = ?", (key,)).fetchone())


def _build_row(row: tuple[Any, ...]) -> CommissionRow:
    key, ref, title, asked_by, reference, due, sent, questions, paragraphs, source = row
    return CommissionRow(
        key,
        ref,
        title,
        asked_by,
        reference,
        read_stored_date(due),
        read_stored_date(sent),
        questions,
        paragraphs,
        source,
    )


def read_details(cursor: Cursor, key: RowKey) -> tuple[Any, ...]:
    """Period, the paper that it follows, who cleared it, its own marking, and a note."""
    row = cursor.execute(
        "SELECT r.from_on, r.to_on, f.ref, p.name, r.marking, r.note FROM commissions r LEFT JOIN commissions f ON"
        " f.id = r.follows LEFT JOIN parties p ON p.id = r.cleared_by WHERE r.id = ?",
        (key,),
    ).fetchone()
    return (read_stored_date(row[0]), read_stored_date(row[1]), *row[2:])


def read_questions(cursor: Cursor, commission: RowKey) -> list[tuple[RowKey, int, str, str | None]]:
    """Key, number, words and topics of each question."""
    return cursor.execute(
        "SELECT id, number, text, takes FROM commission_questions WHERE commission = ? AND NOT deleted"
        " ORDER BY number, n",
        (commission,),
    ).fetchall()


def read_paragraphs(cursor: Cursor, commission: RowKey) -> list[StoredParagraph]:
    """The paragraphs of every question, in order."""
    rows = cursor.execute(
        "SELECT g.id, g.question, g.number, g.title, g.text, g.as_at FROM paragraphs g JOIN commission_questions q"
        " ON q.id = g.question WHERE q.commission = ? AND NOT g.deleted AND NOT q.deleted"
        " ORDER BY q.number, g.number, g.n",
        (commission,),
    )
    return [
        StoredParagraph(key, question, number, title, text, read_stored_date(as_at))
        for key, question, number, title, text, as_at in rows
    ]


def read_links(cursor: Cursor, commission: RowKey) -> list[StoredLink]:
    """What the paragraphs rest on, in the order in which it was said."""
    rows = cursor.execute(
        "SELECT l.id, l.paragraph, l.kind, l.record, l.said FROM paragraph_links l JOIN paragraphs g ON g.id ="
        " l.paragraph JOIN commission_questions q ON q.id = g.question WHERE q.commission = ? AND NOT l.deleted"
        " AND NOT g.deleted AND NOT q.deleted ORDER BY l.n",
        (commission,),
    )
    return [StoredLink(*row) for row in rows]


def read_objective_titles(cursor: Cursor) -> dict[str, str]:
    """Numbers of the objectives to their titles."""
    rows = cursor.execute("SELECT number, title FROM objectives WHERE NOT deleted ORDER BY number, n")
    return {str(number): title for number, title in rows}


def find_claim_record(cursor: Cursor, ref: str) -> tuple[ClaimKind, RowKey] | None:
    """The kind and key of the record with a reference that a paragraph can rest on; None where there is none."""
    for kind, table in TABLES.items():
        if table == "parties":
            match = cursor.execute(
                "SELECT id FROM parties WHERE ref = ? AND kind = ? AND NOT deleted", (normalize_ref(ref), kind.value)
            ).fetchone()
        else:
            match = find_by_ref(cursor, table, ref)
        if match:
            return kind, match[0]
    return None
