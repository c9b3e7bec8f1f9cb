"""Which lines of the journal came here by which merge, and what waits for a person. Belongs to this copy alone.

Kept in `setting`, by keys and never by what a line says: an erased name cannot stay behind here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

from ahtc_tui.domain.keys import RowKey, parse_key
from ahtc_tui.store.records.table_names import Table

if TYPE_CHECKING:
    from ahtc_tui.store.journal.projection import RecordKey
    from ahtc_tui.store.records.cursor import Cursor

MERGE_PREFIX, OPEN_SETTING = "merged ", "to decide"
KEY_LETTERS = 32
"""Letters of a key in hex."""


def record_merge(cursor: Cursor, step: RowKey, change_ids: Iterable[RowKey]) -> None:
    """Remember what a merge brought."""
    text = "".join(sorted(change_id.hex() for change_id in change_ids))
    cursor.execute("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", (f"{MERGE_PREFIX}{step.hex()}", text))


def forget_merge(cursor: Cursor, step: RowKey) -> None:
    """Forget a merge that a later one did again."""
    cursor.execute("DELETE FROM setting WHERE name = ?", (f"{MERGE_PREFIX}{step.hex()}",))


def changes_of_merge(cursor: Cursor, step: RowKey) -> set[RowKey] | None:
    """What a merge brought; None for a step that was none."""
    row = cursor.execute("SELECT value FROM setting WHERE name = ?", (f"{MERGE_PREFIX}{step.hex()}",)).fetchone()
    return _split_keys(row[0]) if row else None


def list_merges(cursor: Cursor) -> list[tuple[RowKey, int, set[RowKey]]]:
    """Every merge of this copy with its place in the journal and what it brought, the oldest first."""
    rows = cursor.execute(
        "SELECT s.id, s.seq, m.value FROM setting m JOIN step s ON s.id = unhex(substr(m.name, ?))"
        " WHERE m.name GLOB ? ORDER BY s.seq",
        (len(MERGE_PREFIX) + 1, f"{MERGE_PREFIX}*"),
    ).fetchall()
    return [(step, seq, _split_keys(text)) for step, seq, text in rows]


def list_undone_merges(cursor: Cursor) -> list[tuple[RowKey, list[RowKey], set[RowKey]]]:
    """The merges that stand taken back, each with the steps that did and undid so, and what it had brought."""
    merges = []
    for step, _seq, change_ids in list_merges(cursor):
        chain = list_reversals(cursor, step)
        if len(chain) % 2:
            merges.append((step, chain, change_ids))
    return merges


def list_reversals(cursor: Cursor, step: RowKey) -> list[RowKey]:
    """The step that reversed a step, the one that reversed that, and so on."""
    chain: list[RowKey] = []
    while row := cursor.execute("SELECT id FROM step WHERE reverses = ?", (chain[-1] if chain else step,)).fetchone():
        chain.append(row[0])
    return chain


def _split_keys(text: str) -> set[RowKey]:
    return {parse_key(text[start : start + KEY_LETTERS]) for start in range(0, len(text), KEY_LETTERS)}


def read_open_questions(cursor: Cursor) -> tuple[list[RecordKey], list[tuple[Table, RowKey, RowKey]]]:
    """Records that were in question, and pairs of records that may be one; whether they still are is not said here."""
    row = cursor.execute("SELECT value FROM setting WHERE name = ?", (OPEN_SETTING,)).fetchone()
    stored = json.loads(row[0]) if row else {"rows": [], "pairs": []}
    records = [(table, parse_key(key)) for table, key in stored["rows"]]
    return records, [(table, parse_key(first), parse_key(second)) for table, first, second in stored["pairs"]]


def has_open_questions(cursor: Cursor) -> bool:
    """Whether a merge ever left something to a person."""
    return cursor.execute("SELECT 1 FROM setting WHERE name = ?", (OPEN_SETTING,)).fetchone() is not None


def add_open_questions(
    cursor: Cursor, records: Iterable[RecordKey], pairs: Iterable[tuple[Table, RowKey, RowKey]]
) -> None:
    """Add to what waits for a person."""
    known_records, known_pairs = read_open_questions(cursor)
    all_records = sorted({*known_records, *records})
    all_pairs = sorted({*known_pairs, *pairs})
    if (len(all_records), len(all_pairs)) == (len(known_records), len(known_pairs)):
        return
    stored = {
        "rows": [(table, key.hex()) for table, key in all_records],
        "pairs": [(table, first.hex(), second.hex()) for table, first, second in all_pairs],
    }
    cursor.execute("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", (OPEN_SETTING, json.dumps(stored)))
