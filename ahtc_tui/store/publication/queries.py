"""Reads releases, the decisions about texts, and what the register has about people and bodies for the marks."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.publication.model import DecidedText, PublishedDocument, ReleaseRow, TextDecision
from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.records.rows import select_rows, select_value

NAME_KIND = "name"
"""Kind of the texts that are the name of a body or a post: one decision is for every document."""

OF_DOCUMENT = """r.document = :document AND r.meeting IS :meeting AND r."commission" IS :commission"""
STANDING = f"{OF_DOCUMENT} AND NOT r.deleted"


class ReleaseSubject(NamedTuple):
    """What releases belong to: a document of a meeting, of a commission, or of the office."""

    document: PublishedDocument
    meeting: RowKey | None = None
    commission: RowKey | None = None


class StoredRelease(NamedTuple):
    """A release with its content as JSON."""

    number: int
    released_on: date
    released_by: str | None
    marking: Marking
    page_en: str
    page_cy: str

    @property
    def row(self) -> ReleaseRow:
        """The release without its content."""
        return ReleaseRow(self.number, self.released_on, self.released_by, self.marking)


class ReleaseName(NamedTuple):
    """A release with the references of what it belongs to."""

    document: PublishedDocument
    meeting: RowKey | None
    commission: RowKey | None
    meeting_ref: str | None
    commission_ref: str | None
    number: int
    released_on: date
    page_en: str
    page_cy: str


class _StoredText(NamedTuple):
    key: RowKey
    text: str
    text_cy: str | None
    decision: TextDecision
    wording: str | None
    wording_cy: str | None


def build_values(subject: ReleaseSubject) -> dict[str, object]:
    """Return the columns that say what a release belongs to."""
    return {"document": subject.document.value, "meeting": subject.meeting, "commission": subject.commission}


def read_open_release(cursor: Cursor, subject: ReleaseSubject) -> RowKey | None:
    """Return the key of the record without a day, which collects the decisions; None where there is none."""
    query = f"SELECT r.id FROM releases r WHERE {STANDING} AND r.released_on IS NULL ORDER BY r.n DESC LIMIT 1"
    return select_value(cursor, query, build_values(subject))


def read_releases(cursor: Cursor, subject: ReleaseSubject) -> list[StoredRelease]:
    """Return the releases of a document, the newest first; two laptops may have given one number to different pages."""
    query = f"""SELECT r.number, r.released_on, r.released_by, r.marking, r.page_en,
 coalesce(r.page_cy, r.page_en) AS page_cy FROM releases r WHERE {STANDING} AND r.released_on IS NOT NULL
 AND r.page_en IS NOT NULL ORDER BY r.number DESC, r.n DESC"""
    return select_rows(cursor, StoredRelease, query, build_values(subject))


def read_next_number(cursor: Cursor, subject: ReleaseSubject) -> int:
    """Return the number of the next release, above that of any release that was ever made: one undone keeps its own.

    A copy of an undone release may have left the office, so the journal counts and not the releases that stand.
    """
    query = f"""SELECT max(CASE c.field WHEN 'number' THEN CAST(c.value AS INTEGER) ELSE c.value ->> '$.number' END)
 FROM releases r JOIN change c ON c."table" = 'releases' AND c.row_id = r.id AND c.field IN ('_row', 'number')
 JOIN change d ON d."table" = 'releases' AND d.row_id = r.id AND d.field IN ('_row', 'released_on')
 AND CASE d.field WHEN '_row' THEN d.value ->> '$.released_on' ELSE nullif(d.value, 'null') END IS NOT NULL
 WHERE {OF_DOCUMENT}"""
    return (select_value(cursor, query, build_values(subject)) or 0) + 1


def read_decisions(cursor: Cursor, subject: ReleaseSubject) -> dict[tuple[str, str | None], DecidedText]:
    """Return the decision in force about each text of a document, and about names on any page of the office.

    Where two laptops decided about the same text, withholding has priority over another wording, and another wording
    over keeping.
    """
    office_names = f"""SELECT t.id AS key, t.text, t.text_cy, t.decision, t.wording, t.wording_cy FROM release_texts t
 WHERE t.kind = '{NAME_KIND}' AND NOT t.deleted ORDER BY t.n"""
    decided = _choose_strictest(select_rows(cursor, _StoredText, office_names))
    return decided | _choose_strictest(_read_texts(cursor, subject))


def _choose_strictest(rows: list[_StoredText]) -> dict[tuple[str, str | None], DecidedText]:
    decided: dict[tuple[str, str | None], DecidedText] = {}
    strictest = (TextDecision.WITHHOLD, TextDecision.REWORD, TextDecision.KEEP)
    for row in rows:
        known = decided.get((row.text, row.text_cy))
        if known is None or strictest.index(row.decision) <= strictest.index(known.decision):
            decided[row.text, row.text_cy] = DecidedText(*row[1:])
    return decided


def list_decision_keys(cursor: Cursor, subject: ReleaseSubject) -> dict[tuple[str, str | None], list[RowKey]]:
    """Return the keys of the decisions about each text of a document."""
    keys: dict[tuple[str, str | None], list[RowKey]] = {}
    for row in _read_texts(cursor, subject):
        keys.setdefault((row.text, row.text_cy), []).append(row.key)
    return keys


def _read_texts(cursor: Cursor, subject: ReleaseSubject) -> list[_StoredText]:
    query = f"""SELECT t.id AS key, t.text, t.text_cy, t.decision, t.wording, t.wording_cy FROM release_texts t
 JOIN releases r ON r.id = t."release" WHERE {STANDING} AND NOT t.deleted ORDER BY t.n"""
    return select_rows(cursor, _StoredText, query, build_values(subject))


def list_releases(cursor: Cursor) -> list[ReleaseName]:
    """Return every release with its content, the newest first."""
    query = """SELECT r.document, r.meeting, r."commission", m.ref AS meeting_ref, c.ref AS commission_ref, r.number,
 r.released_on, r.page_en, coalesce(r.page_cy, r.page_en) AS page_cy FROM releases r
 LEFT JOIN meetings m ON m.id = r.meeting LEFT JOIN commissions c ON c.id = r."commission"
 WHERE NOT r.deleted AND r.released_on IS NOT NULL AND r.page_en IS NOT NULL ORDER BY r.released_on DESC, r.n DESC"""
    return select_rows(cursor, ReleaseName, query)
