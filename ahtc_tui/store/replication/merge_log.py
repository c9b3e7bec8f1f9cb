"""Which lines of the journal came here by which merge, and what waits for a person. Belongs to this copy alone.

Kept in `setting`, by keys and never by what a line says: an erased name cannot stay behind here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ahtc_tui.store.journal.projection import Row
    from ahtc_tui.store.records.cursor import Cursor

MERGED, OPEN = "merged ", "to decide"
SIZE = 32
"""Letters of a key in hex."""


def keep(cursor: Cursor, step: bytes, lines: Iterable[bytes]) -> None:
    """Remember what a merge brought."""
    text = "".join(sorted(line.hex() for line in lines))
    cursor.execute("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", (f"{MERGED}{step.hex()}", text))


def forget(cursor: Cursor, step: bytes) -> None:
    """Forget a merge that a later one did again."""
    cursor.execute("DELETE FROM setting WHERE name = ?", (f"{MERGED}{step.hex()}",))


def of(cursor: Cursor, step: bytes) -> set[bytes] | None:
    """What a merge brought; None for a step that was none."""
    found = cursor.execute("SELECT value FROM setting WHERE name = ?", (f"{MERGED}{step.hex()}",)).fetchone()
    return _keys(found[0]) if found else None


def all_of(cursor: Cursor) -> list[tuple[bytes, int, set[bytes]]]:
    """Every merge of this copy with its place in the journal and what it brought, the oldest first."""
    found = cursor.execute(
        "SELECT s.id, s.seq, m.value FROM setting m JOIN step s ON s.id = unhex(substr(m.name, ?))"
        " WHERE m.name GLOB ? ORDER BY s.seq",
        (len(MERGED) + 1, f"{MERGED}*"),
    ).fetchall()
    return [(step, seq, _keys(text)) for step, seq, text in found]


def undone(cursor: Cursor) -> list[tuple[bytes, list[bytes], set[bytes]]]:
    """The merges that stand taken back, each with the steps that did and undid so, and what it had brought."""
    found = []
    for step, _seq, lines in all_of(cursor):
        chain = reversals(cursor, step)
        if len(chain) % 2:
            found.append((step, chain, lines))
    return found


def reversals(cursor: Cursor, step: bytes) -> list[bytes]:
    """The step that reversed a step, the one that reversed that, and so on."""
    found: list[bytes] = []
    while line := cursor.execute("SELECT id FROM step WHERE reverses = ?", (found[-1] if found else step,)).fetchone():
        found.append(line[0])
    return found


def _keys(text: str) -> set[bytes]:
    return {bytes.fromhex(text[at : at + SIZE]) for at in range(0, len(text), SIZE)}


def waiting(cursor: Cursor) -> tuple[list[Row], list[tuple[str, bytes, bytes]]]:
    """Records that were in question, and pairs of records that may be one; whether they still are is not said here."""
    found = cursor.execute("SELECT value FROM setting WHERE name = ?", (OPEN,)).fetchone()
    said = json.loads(found[0]) if found else {"rows": [], "pairs": []}
    rows = [(table, bytes.fromhex(key)) for table, key in said["rows"]]
    return rows, [(table, bytes.fromhex(one), bytes.fromhex(other)) for table, one, other in said["pairs"]]


def anything_waits(cursor: Cursor) -> bool:
    """Whether a merge ever left something to a person."""
    return cursor.execute("SELECT 1 FROM setting WHERE name = ?", (OPEN,)).fetchone() is not None


def wait(cursor: Cursor, rows: Iterable[Row], pairs: Iterable[tuple[str, bytes, bytes]]) -> None:
    """Add to what waits for a person."""
    known_rows, known_pairs = waiting(cursor)
    all_rows = sorted({*known_rows, *rows})
    all_pairs = sorted({*known_pairs, *pairs})
    if (len(all_rows), len(all_pairs)) == (len(known_rows), len(known_pairs)):
        return
    said = {
        "rows": [(table, key.hex()) for table, key in all_rows],
        "pairs": [(table, one.hex(), other.hex()) for table, one, other in all_pairs],
    }
    cursor.execute("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", (OPEN, json.dumps(said)))
