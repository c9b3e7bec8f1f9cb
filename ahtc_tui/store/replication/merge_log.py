"""The local log of merges: which changes came with which merge, and which records wait for a decision.

It belongs to this copy of the database and is never sent. It holds keys only, so an erased name cannot remain in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.records.cursor import RecordKey, Table
from ahtc_tui.store.records.rows import select_column, select_mapping, select_rows

if TYPE_CHECKING:
    from ahtc_tui.store.journal.projection import Projection
    from ahtc_tui.store.records.cursor import Cursor

Pair = tuple[Table, RowKey, RowKey]
"""Two records of a table that may be one thing; the smaller key is the first."""


class Merge(NamedTuple):
    """The step of a merge, its sequence number in the journal, and the ids of the changes that it brought."""

    step: RowKey
    seq: int
    change_ids: set[RowKey]


class RecordRow(NamedTuple):
    """Table and key of a record, as columns."""

    table: Table
    row_id: RowKey


class _DuplicatePair(NamedTuple):
    """Two records that a merge left as possible duplicates."""

    table: Table
    first: RowKey
    second: RowKey


class _MergedChange(NamedTuple):
    """A change that a merge brought in, and the step of the merge."""

    step: RowKey
    seq: int
    change: RowKey


def record_merge(cursor: Cursor, step: RowKey, change_ids: Iterable[RowKey]) -> None:
    """Store which changes, and places of changes that it left out, a merge brought."""
    cursor.executemany("INSERT INTO merged_change (step, change) VALUES (?, ?)", [(step, key) for key in change_ids])


def forget_absent_changes(cursor: Cursor) -> None:
    """Forget the merges of changes that an undo or an erasure took out of the journal."""
    cursor.execute(
        "DELETE FROM merged_change WHERE NOT EXISTS (SELECT 1 FROM change c WHERE c.id = merged_change.change)"
        " AND NOT EXISTS (SELECT 1 FROM missing_change m WHERE m.id = merged_change.change)"
    )


def changes_of_merge(cursor: Cursor, step: RowKey) -> set[RowKey]:
    """Return the ids of the changes that a merge brought; empty for any other step."""
    return {key for (key,) in cursor.execute("SELECT change FROM merged_change WHERE step = ?", (step,))}


def find_arrival(cursor: Cursor, change: RowKey) -> int:
    """Return the sequence number of the step that wrote a change here, or of the last merge that brought it."""
    query = """SELECT coalesce((SELECT max(m.seq) FROM merged_change l JOIN step m ON m.id = l.step
 WHERE l.change = c.id), s.seq) FROM change c JOIN step s ON s.id = c."transaction" WHERE c.id = ?"""
    seq: int = cursor.execute(query, (change,)).fetchone()[0]
    return seq


def list_merges(cursor: Cursor) -> list[Merge]:
    """Return every merge into this copy, the oldest first."""
    query = "SELECT m.step, s.seq, m.change FROM merged_change m JOIN step s ON s.id = m.step ORDER BY s.seq, m.step"
    rows = select_rows(cursor, _MergedChange, query)
    return [
        Merge(step, seq, {row.change for row in group})
        for (step, seq), group in groupby(rows, key=lambda row: (row.step, row.seq))
    ]


def read_merge_sequence(cursor: Cursor) -> dict[RowKey, int]:
    """Return the sequence number of the first merge that brought a change, by change."""
    query = """SELECT m.change AS key, s.seq AS value FROM merged_change m JOIN step s ON s.id = m.step
 ORDER BY s.seq DESC"""  # the first merge comes last and is the one that a mapping keeps
    return select_mapping(cursor, query)


def read_merge_steps(cursor: Cursor) -> set[RowKey]:
    """Return the steps of all merges."""
    return set(select_column(cursor, "SELECT DISTINCT step FROM merged_change"))


def list_reversals(cursor: Cursor, step: RowKey) -> list[RowKey]:
    """Return the step that reversed a step, the one that reversed that, and so on."""
    chain: list[RowKey] = []
    while row := cursor.execute("SELECT id FROM step WHERE reverses = ?", (chain[-1] if chain else step,)).fetchone():
        chain.append(row[0])
    return chain


def list_conflicting_records(cursor: Cursor) -> list[RecordKey]:
    """Return the records with a conflict, in the order of their keys."""
    query = 'SELECT "table", row_id FROM conflicting_record ORDER BY "table", row_id'
    return [(row.table, row.row_id) for row in select_rows(cursor, RecordRow, query)]


def list_duplicate_pairs(cursor: Cursor) -> list[Pair]:
    """Return the pairs that nobody has declared to be two records, in the order of their keys."""
    query = 'SELECT "table", first, second FROM duplicate_pair WHERE resolved_by IS NULL ORDER BY 1, 2, 3'
    return [(pair.table, pair.first, pair.second) for pair in select_rows(cursor, _DuplicatePair, query)]


def has_open_questions(cursor: Cursor) -> bool:
    """Return whether a record or a pair may wait for a decision."""
    query = (
        "SELECT EXISTS (SELECT 1 FROM conflicting_record)"
        " OR EXISTS (SELECT 1 FROM duplicate_pair WHERE resolved_by IS NULL)"
    )
    return bool(cursor.execute(query).fetchone()[0])


def update_conflicting_records(cursor: Cursor, projections: Mapping[RecordKey, Projection]) -> None:
    """Add the records that have a conflict now, and delete those that have none any more."""
    conflicting = [record for record, projection in projections.items() if projection.state.conflicts]
    resolved = [record for record, projection in projections.items() if not projection.state.conflicts]
    cursor.executemany('INSERT OR IGNORE INTO conflicting_record ("table", row_id) VALUES (?, ?)', conflicting)
    cursor.executemany('DELETE FROM conflicting_record WHERE "table" = ? AND row_id = ?', resolved)


def add_duplicate_pairs(cursor: Cursor, pairs: Iterable[Pair]) -> None:
    """Add pairs that a merge found."""
    cursor.executemany('INSERT OR IGNORE INTO duplicate_pair ("table", first, second) VALUES (?, ?, ?)', pairs)


def resolve_pair(cursor: Cursor, pair: Pair, step: RowKey) -> None:
    """Record the step that declares a pair to be two records."""
    query = 'UPDATE duplicate_pair SET resolved_by = ? WHERE "table" = ? AND first = ? AND second = ?'
    cursor.execute(query, (step, *pair))


def reopen_pairs(cursor: Cursor, step: RowKey) -> None:
    """Let the pairs that a step resolved wait again, because the step is undone."""
    cursor.execute("UPDATE duplicate_pair SET resolved_by = NULL WHERE resolved_by = ?", (step,))
