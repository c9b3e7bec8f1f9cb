"""Parked lines: changes that an undone merge had brought. They are not part of the journal and wait here for a redo.

The next step of this copy makes the redo impossible and drops them; so does an erasure, since they may name the person.
A pack leaves them out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.records.cursor import Cursor, build_placeholders
from ahtc_tui.store.records.rows import select_rows

NUMBERS = "numbers"
"""The source of a note, not of a row: from which local number on a table is renumbered."""


class ParkedLine(NamedTuple):
    """A row that was taken out of a table."""

    source: str
    """The table."""
    values: dict[str, Any]
    """By column."""


class _StoredLine(NamedTuple):
    """A row of `parked_line`: the table, and the columns as JSON."""

    source: str
    line: str


def take_out(cursor: Cursor, source: str, condition: str, values: tuple[Any, ...]) -> list[ParkedLine]:
    """Read the rows of a table that meet a condition, with all columns, in the order of writing."""
    result = cursor.execute(f'SELECT * FROM "{source}" WHERE {condition} ORDER BY rowid', values)
    names = [column[0] for column in result.description]
    return [ParkedLine(source, dict(zip(names, row, strict=True))) for row in result.fetchall()]


def store_lines(cursor: Cursor, undo: RowKey, lines: Iterable[ParkedLine]) -> None:
    """Park lines under the step that takes them back."""
    rows = [
        (undo, position, line.source, json.dumps(line.values, ensure_ascii=False, default=_encode_key))
        for position, line in enumerate(lines)
    ]
    cursor.executemany("INSERT INTO parked_line (undo, position, source, line) VALUES (?, ?, ?, ?)", rows)


def read_lines(cursor: Cursor, undo: RowKey) -> list[ParkedLine]:
    """Return the lines that a step parked, in their order."""
    query = "SELECT source, line FROM parked_line WHERE undo = ? ORDER BY position"
    rows = select_rows(cursor, _StoredLine, query, (undo,))
    return [ParkedLine(row.source, json.loads(row.line, object_hook=_decode_key)) for row in rows]


def put_back(cursor: Cursor, line: ParkedLine) -> None:
    """Insert a parked line into its table again."""
    names = ", ".join(f'"{name}"' for name in line.values)
    statement = f'INSERT OR REPLACE INTO "{line.source}" ({names}) VALUES ({build_placeholders(line.values)})'
    cursor.execute(statement, tuple(line.values.values()))


def drop_lines(cursor: Cursor, undo: RowKey | None = None) -> None:
    """Delete the parked lines of a step, or all."""
    cursor.execute("DELETE FROM parked_line WHERE ?1 IS NULL OR undo = ?1", (undo,))


def _encode_key(value: bytes) -> dict[str, str]:
    return {"key": value.hex()}


def _decode_key(values: dict[str, Any]) -> Any:
    return bytes.fromhex(values["key"]) if values.keys() == {"key"} else values
