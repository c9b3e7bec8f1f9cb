"""Whether the database is whole: SQLite's own checks, and the journal refolded and held against the tables.

What bit rot or a foreign hand changed in one of the two is found, because the other does not agree.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.words import _
from ahtc_tui.store.derived import derived_values
from ahtc_tui.store.fold import DELETED, Entry, entry, fold, to_json

if TYPE_CHECKING:
    from ahtc_tui.store.database import Cursor, Database

LOCAL = ("n", "id", "deleted")
"""Columns that the journal does not name."""


def faults(database: Database) -> list[str]:
    """Every fault found, a sentence each; an empty list means that the database is whole."""
    with database.read() as cursor:
        return [*_file_faults(cursor), *_journal_faults(cursor), *_index_faults(cursor)]


def _file_faults(cursor: Cursor) -> Iterator[str]:
    for (line,) in cursor.execute("PRAGMA integrity_check").fetchall():
        if line != "ok":
            yield _("The file is damaged: {line}.").format(line=line)
    for table, row, parent, _index in cursor.execute("PRAGMA foreign_key_check").fetchall():
        yield _("{table} row {row} points to a record of {parent} that is not there.").format(
            table=table, row=row, parent=parent
        )


def _journal_faults(cursor: Cursor) -> Iterator[str]:
    lines = cursor.execute(
        'SELECT "table", row_id, id, field, value, parents FROM change ORDER BY "table", row_id, seq, wall_ms, id'
    ).fetchall()
    for table, of_table in groupby(lines, key=itemgetter(0)):
        columns = _columns(cursor, table)
        stored = {row[0]: dict(zip(columns, row[1:], strict=True)) for row in _rows(cursor, table, columns)}
        for key, of_row in groupby(of_table, key=itemgetter(1)):
            entries = [entry(*line[2:]) for line in of_row]
            yield from _row_faults(table, key, entries, stored.pop(key, None))
        for key in stored:
            yield _("{table} {key} stands in its table but not in the journal.").format(table=table, key=key.hex())


def _columns(cursor: Cursor, table: str) -> list[str]:
    """The stored columns of a table, without those that SQLite computes."""
    return [name for (name,) in cursor.execute("SELECT name FROM pragma_table_info(?)", (table,)) if name != "id"]


def _rows(cursor: Cursor, table: str, columns: list[str]) -> Iterator[tuple[Any, ...]]:
    names = ", ".join(f'"{name}"' for name in ("id", *columns))
    yield from cursor.execute(f'SELECT {names} FROM "{table}"')


def _row_faults(table: str, key: bytes, entries: list[Entry], row: dict[str, Any] | None) -> Iterator[str]:
    if row is None:
        yield _("{table} {key} stands in the journal but not in its table.").format(table=table, key=key.hex())
        return
    folded = fold(entries).values
    gone = bool(folded.pop(DELETED, False))
    label = row.get("ref") or key.hex()
    expected = folded | derived_values(table, folded) | {"deleted": int(gone)}
    actual = to_json({name: value for name, value in row.items() if name not in ("n", "id")})
    for name, value in actual.items():
        if name in expected and expected[name] != value:
            yield _("{table} {label}: {field} is {actual!r}, the journal says {expected!r}.").format(
                table=table, label=label, field=name, actual=value, expected=expected[name]
            )
        elif name not in expected and value is not None and value != _default(name):
            yield _("{table} {label}: {field} is {actual!r}, the journal says nothing.").format(
                table=table, label=label, field=name, actual=value
            )


DEFAULTS = {
    "status": "planned",
    "marking": "official",
    "state": "confirmed",
    "kind": "meeting",
    "role": "required",
    "reply": "needs_action",
    "tz": "Europe/London",
    "action_pattern": "DP-{n:02}",
}
"""What the schema writes where a record was made without saying."""


def _default(name: str) -> Any:
    return DEFAULTS.get(name, 0)


def _index_faults(cursor: Cursor) -> Iterator[str]:
    try:
        cursor.execute("INSERT INTO search (search, rank) VALUES ('integrity-check', 0)")
    except Exception:
        yield _("The search index is damaged: `ahtc doctor --repair` makes it anew.")
