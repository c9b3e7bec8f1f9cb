"""Updates of the full-text index, and searches in it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from typing import TYPE_CHECKING, NamedTuple

from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.text.normalization import fold_text
from ahtc_tui.store.records.columns import WELSH_COLUMNS
from ahtc_tui.store.records.cursor import KEYS, RecordKey, encode_keys
from ahtc_tui.store.records.rows import select_one, select_rows, select_value
from ahtc_tui.store.search.entries import DOCUMENTS, KIND_BY_CODE, KIND_SLOTS, STALE_ENTRIES, SearchDocument

if TYPE_CHECKING:
    from ahtc_tui.domain.text.search_hit import SearchHit
    from ahtc_tui.store.records.cursor import Cursor

BATCH_SIZE = 20_000
"""Keys in one statement: each writes out what FTS5 has gathered, and many small parts must be merged later."""

WORD = re.compile(r"[^\W_]+")
"""A word, about as FTS5's tokenizer splits a text."""
TYPED_WORD = re.compile(r"\d+(?:\.\d+)+|[^\W_]+")
"""A word of a query; a number with points, like that of a paragraph, is one word."""

SHORTEST_PROPOSAL = 3
"""Letters of the shortest word that is proposed."""
LONG_WORD = 6
"""Letters from which two letters of a word can be wrong, and not only one."""

FEW_RECORDS, COMMON_SHARE = 10, 20
"""A word is common where more records have it than a few, and more than one of twenty."""

WORD_LIMIT = 32
"""Words of a query; SQLite's parser has a limit."""

NAMED_KINDS = ", ".join(str(DOCUMENTS[kind].code) for kind in ("person", "post", "organisation", "group"))
IN_TITLE = "rowid IN (SELECT rowid FROM search WHERE search MATCH :{0})"
PARTS = ", ".join(str(document.code) for document in DOCUMENTS.values() if document.shown_title)
RANK = f"""CASE WHEN lower(ref) = :typed AND rowid % {KIND_SLOTS} NOT IN ({PARTS}) THEN 4
 WHEN {IN_TITLE.format("title")} THEN 2 + (rowid % {KIND_SLOTS} IN ({NAMED_KINDS}))
 WHEN rowid % {KIND_SLOTS} IN ({NAMED_KINDS}) THEN {IN_TITLE.format("prefix")} ELSE 0 END"""
"""Rank of a hit: the words are its reference (4), all words are whole words of the name of a contact or group (3) or of
another title (2), or the last one begins a word of such a name (1)."""


def refresh_entries(cursor: Cursor, touched: Mapping[str, Iterable[RowKey]]) -> None:
    """Rewrite the index entries that writes to the touched records made stale."""
    stale: dict[str, set[RowKey]] = {}
    for table, keys in touched.items():
        for kind, query in STALE_ENTRIES.get(table, ()):
            for batch in _encode_batches(keys):
                rows = cursor.execute(query.format(keys=KEYS.format(":keys")), {"keys": batch})
                stale.setdefault(kind, set()).update(row[0] for row in rows)
    for kind, keys in stale.items():
        for batch in _encode_batches(keys):
            _write_entries(cursor, kind, batch)


def _write_entries(cursor: Cursor, kind: str, keys: str) -> None:
    document = DOCUMENTS[kind]
    held = (
        f"SELECT c.id FROM {document.table} r JOIN search_content c ON c.id = r.n * {KIND_SLOTS} + {document.code}"
        f" WHERE r.id IN {KEYS.format('?')}"
    )
    if cursor.execute(
        f"{held} LIMIT 1", (keys,)
    ).fetchone():  # even a DELETE of nothing writes out what FTS5 has gathered
        cursor.execute(f"DELETE FROM search WHERE rowid IN ({held})", (keys,))
    insert = f"INSERT INTO search (rowid, ref, title, body) {_select_entries(document)} AND r.id IN {KEYS.format('?')}"
    cursor.execute(insert, (keys,))


def _select_entries(document: SearchDocument) -> str:
    """Return the query of the entries of a kind; every record is found by its note."""
    return (
        f"SELECT r.n * {KIND_SLOTS} + {document.code}, {document.ref}, {document.title},"
        f" {document.indexed_text} || coalesce(' ' || r.note, '')"
        f" FROM {document.source} WHERE NOT r.deleted AND {document.condition}"
    )


def rebuild_index(cursor: Cursor) -> None:
    """Rebuild the index from the tables, whatever its state."""
    definition = cursor.execute("SELECT sql FROM sqlite_master WHERE name = 'search'").fetchone()[0]
    cursor.execute("DROP TABLE search")
    cursor.execute(definition)
    for document in DOCUMENTS.values():
        cursor.execute(f"INSERT INTO search (rowid, ref, title, body) {_select_entries(document)}")


class _EntryCounts(NamedTuple):
    """Number of entries of one kind that the records give, and of those that are equal in the index."""

    expected: int
    equal: int


def count_differences(cursor: Cursor) -> int:
    """Count the entries that differ from the records: an entry with another text counts in both."""
    (total,) = cursor.execute("SELECT count(*) FROM search_content").fetchone()
    for document in DOCUMENTS.values():
        query = (
            f"WITH expected (n, ref, title, body) AS ({_select_entries(document)})"
            " SELECT count(*) AS expected, count(held.id) AS equal FROM expected e LEFT JOIN search_content held"
            " ON held.id = e.n AND (held.c0, held.c1, held.c2) IS (e.ref, e.title, e.body)"
        )
        counts = select_one(cursor, _EntryCounts, query)
        total += counts.expected - 2 * counts.equal
    return int(total)


def build_match_query(*phrases: str) -> str | None:
    """Return the FTS5 query for typed words: all of them, the last one as a prefix; None for no word.

    The words of a phrase in quotation marks must follow each other.
    """
    words: list[str] = []
    for phrase in phrases:
        is_quoted = phrase[:1] == phrase[-1:] == '"'
        terms = TYPED_WORD.findall(unicodedata.normalize("NFC", phrase))
        words += [f'"{" ".join(terms)}"'] if is_quoted and terms else [f'"{term}"' for term in terms]
    return " ".join(words[:WORD_LIMIT]) + "*" if words else None


MATCH_MARK = "\x02"
"""Character before each match of a snippet; text of records has no control characters."""

WORDS_BEFORE = 2
"""Words that a snippet keeps before its first match."""


class _Match(NamedTuple):
    """An entry of the index that matches, with the words around the match."""

    rowid: int
    ref: str | None
    title: str | None
    snippet: str


def _build_title_queries(query: str) -> dict[str, str]:
    return {"title": f"title : ({query.removesuffix('*')})", "prefix": f"title : ({query})"}


def find_hits(cursor: Cursor, words: str, limit: int) -> list[SearchHit]:
    """Return the records with all the words, the best match first; whole words of a name come before others."""
    from ahtc_tui.domain.text.search_hit import SearchHit

    query = build_match_query(words)
    if query is None:
        return []
    rows = select_rows(
        cursor,
        _Match,
        f"SELECT rowid, ref, title, snippet(search, -1, '{MATCH_MARK}', '', '…', 16) AS snippet FROM search"
        f" WHERE search MATCH :query ORDER BY {RANK} DESC, bm25(search, 0.0, 8.0, 1.0), rowid LIMIT :limit",
        {"query": query, "typed": words.strip().lower(), **_build_title_queries(query), "limit": limit},
    )
    return [
        SearchHit(KIND_BY_CODE[row.rowid % KIND_SLOTS], row.ref or "", title, _begin_near_match(row.snippet))
        for row in rows
        if (title := _read_title(cursor, row)) is not None
    ]


def _begin_near_match(snippet: str) -> str:
    """Return a snippet in one line, without the words that would push the first match out of a narrow column."""
    before, _mark, after = snippet.partition(MATCH_MARK)
    kept = " ".join(before.split()[-WORDS_BEFORE:])
    lead = kept if len(kept) == len(" ".join(before.split())) else f"…{kept}"
    space = " " if before[-1:].isspace() else ""
    return " ".join(f"{lead}{space}{after}".replace(MATCH_MARK, "").split())


def propose_words(cursor: Cursor, words: str) -> str | None:
    """Return the words of a search with each that no record has replaced by the nearest one; None without any hit.

    Of several words that are equally near, the most frequent is proposed.
    """
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extractOne

    counts: Counter[str] = Counter()
    for columns in cursor.execute("SELECT c0, c1, c2 FROM search_content"):
        counts.update(word for text in columns if text for word in WORD.findall(fold_text(text)))
    known = [word for word, _number in counts.most_common() if len(word) >= SHORTEST_PROPOSAL]
    proposal = []
    for word in WORD.findall(fold_text(words)):
        wrong_letters = 1 + (len(word) >= LONG_WORD)
        near = None if word in counts else extractOne(word, known, scorer=OSA.distance, score_cutoff=wrong_letters)
        proposal.append(near[0] if near else word)
    text = " ".join(proposal)
    return text if text != " ".join(WORD.findall(fold_text(words))) and find_records(cursor, text) else None


def drop_common_words(cursor: Cursor, words: Set[str]) -> set[str]:
    """Return the words that few records have, and so tell what a text is about."""
    (total,) = cursor.execute("SELECT count(*) FROM search_content").fetchone()
    limit = max(FEW_RECORDS, total // COMMON_SHARE)
    query = "SELECT 1 FROM search WHERE search MATCH ? LIMIT 1 OFFSET ?"
    return {word for word in words if cursor.execute(query, (f'"{word}"', limit)).fetchone() is None}


def _read_title(cursor: Cursor, match: _Match) -> str | None:
    """Return the title of a hit with the names of today, in Welsh for a list; None where its marking hides it."""
    document = DOCUMENTS[KIND_BY_CODE[match.rowid % KIND_SLOTS]]
    welsh = WELSH_COLUMNS.get(document.table, {}).get(document.title.removeprefix("r."))
    if "JOIN parties" not in document.source and not welsh and not document.shown_title:
        return (match.title or "") if _find_record(cursor, match.rowid) else None
    source = document.source.replace("JOIN parties", "JOIN named_parties")
    shown = f"CASE WHEN shows_welsh_names() THEN nullif(r.{welsh}, '') END" if welsh else "NULL"
    query = f"SELECT coalesce({shown}, {document.shown_title or document.title}, '') FROM {source} WHERE r.n = ?"
    title: str | None = select_value(cursor, query, (match.rowid // KIND_SLOTS,))
    return title


def _find_record(cursor: Cursor, rowid: int) -> RecordKey | None:
    """Return table and key of the record of an entry; None where its marking hides it."""
    table = DOCUMENTS[KIND_BY_CODE[rowid % KIND_SLOTS]].table
    row = cursor.execute(f"SELECT id FROM {table} WHERE n = ?", (rowid // KIND_SLOTS,)).fetchone()
    return (table, row[0]) if row else None


def find_records(cursor: Cursor, words: str) -> list[RecordKey]:
    """Return table and key of every record with all the words, the best match first."""
    query = build_match_query(words)
    if query is None:
        return []
    matches = cursor.execute(
        "SELECT rowid FROM search WHERE search MATCH ? ORDER BY bm25(search, 0.0, 8.0, 1.0), rowid", (query,)
    ).fetchall()
    records = (_find_record(cursor, rowid) for (rowid,) in matches)
    return [record for record in records if record]


def _encode_batches(keys: Iterable[RowKey]) -> Iterator[str]:
    """Yield keys in their order as parameters of statements."""
    ordered = sorted(keys)
    for start in range(0, len(ordered), BATCH_SIZE):
        yield encode_keys(ordered[start : start + BATCH_SIZE])
