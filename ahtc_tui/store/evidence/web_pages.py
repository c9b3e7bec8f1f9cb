"""Web pages that the office keeps current, out of the database. Reads only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ahtc_tui.domain.dates.date_as_known import read_stored_date
from ahtc_tui.domain.evidence.model import WebPageRow
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.evidence.queries import build_word_test

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor


def read_pages(cursor: Cursor, words: str = "") -> list[WebPageRow]:
    """The pages that hold the words; those whose review is longest past come first, those without a cycle last."""
    test, parameters = build_word_test("web_page", words)
    rows = _read_pages(cursor, f"NOT r.deleted{test}", parameters)
    return sorted(rows, key=lambda row: (row.due_on is None, row.due_on))


def read_page(cursor: Cursor, key: RowKey) -> WebPageRow:
    """One page."""
    return _read_pages(cursor, "r.id = ?", (key,))[0]


def _read_pages(cursor: Cursor, condition: str, parameters: tuple[object, ...]) -> list[WebPageRow]:
    rows = cursor.execute(
        "SELECT r.ref, r.subject, r.link, p.name, r.last_reviewed, r.cycle_days, r.languages, r.source, r.note"
        f" FROM web_pages r LEFT JOIN parties p ON p.id = r.owner WHERE {condition} ORDER BY r.n",
        parameters,
    )
    return [
        WebPageRow(ref, subject, link, owner, read_stored_date(reviewed), cycle, languages, source, note)
        for ref, subject, link, owner, reviewed, cycle, languages, source, note in rows
    ]
