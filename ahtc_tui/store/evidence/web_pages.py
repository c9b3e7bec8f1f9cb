"""Reads the web pages that the office keeps current."""

from __future__ import annotations

from ahtc_tui.domain.evidence.model import WebPageRow
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.evidence.queries import Parameters, build_word_test
from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.records.rows import select_rows


def read_pages(cursor: Cursor, words: str = "") -> list[WebPageRow]:
    """Return the pages that match the words, by day of review; those without a review cycle come last."""
    test, parameters = build_word_test("web_page", words)
    rows = _read_pages(cursor, f"NOT r.deleted{test}", parameters)
    return sorted(rows, key=lambda row: (row.due_on is None, row.due_on))


def read_page(cursor: Cursor, key: RowKey) -> WebPageRow:
    """Return the page with this key."""
    return _read_pages(cursor, "r.id = ?", (key,))[0]


def _read_pages(cursor: Cursor, condition: str, parameters: Parameters) -> list[WebPageRow]:
    query = f"""SELECT r.ref, r.subject, r.link, p.name AS owner, r.last_reviewed, r.cycle_days, r.languages, r.source,
 r.note FROM web_pages r LEFT JOIN named_parties p ON p.id = r.owner WHERE {condition} ORDER BY r.n"""
    return select_rows(cursor, WebPageRow, query, parameters)
