"""The full-text index over every kind of record: bringing it up to date, and asking it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from ahtc_tui.store.search.entries import BY_CODE, DOCS, KINDS, Doc
from ahtc_tui.store.search.invalidation import STALE

if TYPE_CHECKING:
    from ahtc_tui.domain.history import Hit

BATCH = 400
"""Keys in one statement: SQLite's own limit on parameters is far above."""

WORD = re.compile(r"[^\W_]+")
"""What the index's tokenizer sees as words, near enough for a query."""

MOST_WORDS = 32
"""Of a longer line only the first words are asked for: SQLite's parser has a limit of its own."""


def refresh(cursor: Any, touched: Mapping[str, Iterable[bytes]]) -> None:
    """Write anew the index entries of every record that a write to the touched records made stale."""
    stale: dict[str, set[bytes]] = {}
    for table, keys in touched.items():
        for kind, query in STALE.get(table, ()):
            for some in _batches(sorted(keys)):
                marks = ", ".join("?" * len(some))
                times = query.count("{keys}")
                found = cursor.execute(query.format(keys=marks), some * times)
                stale.setdefault(kind, set()).update(line[0] for line in found)
    for kind, keys in stale.items():
        for some in _batches(sorted(keys)):
            _write(cursor, kind, some)


def _write(cursor: Any, kind: str, keys: list[bytes]) -> None:
    doc = DOCS[kind]
    marks = ", ".join("?" * len(keys))
    numbers = cursor.execute(f"SELECT n FROM {doc.table} WHERE id IN ({marks})", keys).fetchall()
    cursor.executemany("DELETE FROM search WHERE rowid = ?", [(n * KINDS + doc.code,) for (n,) in numbers])
    cursor.execute(f"INSERT INTO search (rowid, ref, title, body) {_entries(doc)} AND r.id IN ({marks})", keys)


def _entries(doc: Doc) -> str:
    """A query for what the index should hold of one kind of record."""
    return (
        f"SELECT r.n * {KINDS} + {doc.code}, {doc.ref}, {doc.title}, {doc.body} FROM {doc.source}"
        f" WHERE NOT r.deleted AND {doc.shown}"
    )


def rebuild(cursor: Any) -> None:
    """Make the whole index anew from the tables, whatever state it is in."""
    definition = cursor.execute("SELECT sql FROM sqlite_master WHERE name = 'search'").fetchone()[0]
    cursor.execute("DROP TABLE search")
    cursor.execute(definition)
    cursor.execute("INSERT INTO search (search, rank) VALUES ('secure-delete', 1)")
    for doc in DOCS.values():
        cursor.execute(f"INSERT INTO search (rowid, ref, title, body) {_entries(doc)}")


def differences(cursor: Any) -> int:
    """How many entries of the index are not what the records say; 0 for a whole one."""
    should = " UNION ALL ".join(_entries(doc) for doc in DOCS.values())
    held = "SELECT rowid, ref, title, body FROM search"
    total: int = cursor.execute(
        f"WITH should AS MATERIALIZED ({should}), held AS MATERIALIZED ({held})"
        " SELECT count(*) FROM (SELECT * FROM (SELECT * FROM should EXCEPT SELECT * FROM held)"
        " UNION ALL SELECT * FROM (SELECT * FROM held EXCEPT SELECT * FROM should))"
    ).fetchone()[0]
    return total


def match_words(words: str) -> str | None:
    """The FTS5 query for what a person typed: every word must be there, the last one as the beginning of a word.

    None where there is nothing to look for: no word, or one single letter.
    """
    found = WORD.findall(unicodedata.normalize("NFC", words))[:MOST_WORDS]
    if not found or (len(found) == 1 and len(found[0]) < 2):
        return None
    quoted = [f'"{word}"' for word in found]
    if len(found[-1]) >= 2:
        quoted[-1] += "*"
    return " ".join(quoted)


def find(cursor: Any, words: str, limit: int) -> list[Hit]:
    """Records that hold all the words, best first."""
    from ahtc_tui.domain.history import Hit

    query = match_words(words)
    if query is None:
        return []
    found = cursor.execute(
        "SELECT rowid, ref, title, snippet(search, -1, '', '', '…', 16) FROM search WHERE search MATCH ?"
        " ORDER BY bm25(search, 0.0, 8.0, 1.0), rowid LIMIT ?",
        (query, limit),
    )
    return [
        Hit(BY_CODE[row % KINDS], ref or "", title or "", " ".join(snip.split())) for row, ref, title, snip in found
    ]


def find_rows(cursor: Any, words: str) -> list[tuple[str, bytes]]:
    """Table and key of every record that holds all the words, best first."""
    query = match_words(words)
    if query is None:
        return []
    found = cursor.execute(
        "SELECT rowid FROM search WHERE search MATCH ? ORDER BY bm25(search, 0.0, 8.0, 1.0), rowid", (query,)
    ).fetchall()
    rows = []
    for (number,) in found:
        table = DOCS[BY_CODE[number % KINDS]].table
        (key,) = cursor.execute(f"SELECT id FROM {table} WHERE n = ?", (number // KINDS,)).fetchone()
        rows.append((table, key))
    return rows


def _batches(keys: list[bytes]) -> Iterable[list[bytes]]:
    for start in range(0, len(keys), BATCH):
        yield keys[start : start + BATCH]
