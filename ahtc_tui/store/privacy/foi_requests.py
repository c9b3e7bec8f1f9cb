"""All information held on a subject: records with its words, and changes in the journal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ahtc_tui.domain.desk_people import format_writer
from ahtc_tui.domain.history import format_changed_field
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.privacy.data_protection import Held
from ahtc_tui.domain.record_names import format_record_noun
from ahtc_tui.domain.text.normalization import normalize_text
from ahtc_tui.domain.text.step_labels import format_step_label
from ahtc_tui.store.journal.desk_people import list_posts
from ahtc_tui.store.journal.queries import list_record_changes
from ahtc_tui.store.journal.replay import ROW
from ahtc_tui.store.privacy.subject_access import FileReader, describe_record, format_choice, read_texts
from ahtc_tui.store.records.columns import list_record_tables
from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.records.rows import select_column, select_rows
from ahtc_tui.store.records.table_names import RecordKey, Table
from ahtc_tui.store.search.index import find_records


class ChangedRecord(NamedTuple):
    """A record with a change in the journal."""

    table: Table
    key: RowKey


def find_by_words(cursor: Cursor, words: str, read_file: FileReader) -> list[Held]:
    """Return the records found by the search, those with all words in their texts, and the changes."""
    terms = normalize_text(words).split()
    records = dict.fromkeys(find_records(cursor, words))
    records |= dict.fromkeys(_find_in_texts(cursor, terms, read_file))
    rows = [describe_record(cursor, table, key, "") for table, key in records]
    return rows + list(_find_in_history(cursor, terms))


def _find_in_texts(cursor: Cursor, terms: list[str], read_file: FileReader) -> Iterator[RecordKey]:
    """Yield records that the search index does not contain: parts, removed records and files of papers."""
    for table in list_record_tables(cursor):
        for key, texts in read_texts(cursor, table, read_file):
            if _contains_terms(" ".join(texts.values()), terms):
                yield table, key


def _find_in_history(cursor: Cursor, terms: list[str]) -> Iterator[Held]:
    """Yield changes with the words in the former or new value, and the post of who wrote them."""
    posts = list_posts(cursor)
    query = 'SELECT DISTINCT "table", row_id AS key FROM change WHERE field NOT IN (?, ?)'
    for table, key in select_rows(cursor, ChangedRecord, query, (ROW, "_deleted")):
        for _order, change in list_record_changes(cursor, table, key):
            if change.field in ("added", "removed", "restored"):
                continue
            if _contains_terms(f"{change.old or ''} {change.new or ''}", terms):
                values = (
                    ("by", format_writer(posts.get(change.user, ""))),
                    ("step", format_step_label(change.step)),
                    ("field", format_changed_field(change)),
                    ("was", format_choice(table, change.field, change.old)),
                    ("is", format_choice(table, change.field, change.new)),
                )
                fields = tuple((name, str(value)) for name, value in values if value)
                moment = change.at.isoformat(timespec="seconds")
                yield Held("journal", format_record_noun(table, 1), change.at.date().isoformat(), moment, False, fields)


def _contains_terms(text: str, terms: list[str]) -> bool:
    """Return whether each term begins a word of the text."""
    normalized = f" {normalize_text(text)}"
    return bool(terms) and all(f" {word}" in normalized for word in terms)


def list_people_names(cursor: Cursor) -> list[str]:
    """Return the names of all persons, with former and later ones."""
    query = """SELECT name FROM parties WHERE kind = 'person' AND NOT deleted UNION SELECT l.name FROM aliases l
 JOIN parties p ON p.id = l.party WHERE p.kind = 'person' AND NOT p.deleted AND NOT l.deleted ORDER BY 1"""
    return select_column(cursor, query)
