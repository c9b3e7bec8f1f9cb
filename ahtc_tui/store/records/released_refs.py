"""References of undone records: they are issued again where nothing that left this desk can hold them.

A file for other people, a backup, a pack and a sync set the departure mark. Decision 0035 gives the reasons.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.records.columns import read_columns
from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.records.references import read_device_suffix
from ahtc_tui.store.records.rows import select_mapping, select_value
from ahtc_tui.store.records.table_names import Table

RecordKey = tuple[Table, RowKey]

DEPARTURE = "departed_seq"
"""The setting with the sequence number of the last step that something outside this database may hold."""

RELEASED = "undone-"
"""Beginning of the reference of a removed record whose own reference may be issued again."""

NAMED_TABLES: tuple[Table, ...] = ("parties", "seats")
"""Tables whose references are made of names and need no number."""

SHARED_KEY_VERSION = 5
"""Version of the UUIDs that every copy derives alike: their records come back under the same key and reference."""


class _Reference(NamedTuple):
    record: RecordKey
    ref: str


def mark_departure(cursor: Cursor) -> None:
    """Set the mark to the last step, where a step that can be undone is newer than the mark."""
    newer = "SELECT 1 FROM step WHERE seq > ? AND kind IN ('do', 'redo') LIMIT 1"
    if cursor.execute(newer, (_read_departure(cursor),)).fetchone():
        cursor.execute(
            "INSERT OR REPLACE INTO setting (name, value) SELECT ?, CAST(max(seq) AS TEXT) FROM step", (DEPARTURE,)
        )


def has_departed(cursor: Cursor, seq: int) -> bool:
    """Whether something outside this database may hold a step."""
    return seq <= _read_departure(cursor)


def release_refs(cursor: Cursor, created: Iterable[RecordKey]) -> dict[RecordKey, str]:
    """Set counters back over the references of records that an undo removes; return their new references.

    Only the last numbers of a pattern are released: a gap below a number in use is never filled.
    """
    references = _list_own_refs(cursor, created)
    released = {reference.record for reference in references if reference.record[0] in NAMED_TABLES}
    suffix = read_device_suffix(cursor)
    counters: dict[str, int] = select_mapping(cursor, "SELECT pattern AS key, last AS value FROM counter")
    for pattern, last in counters.items():
        head, star, tail = pattern.partition("*")
        number = re.compile(rf"{re.escape(head)}(\d+){re.escape(suffix + tail)}")
        numbered = {int(match[1]): item.record for item in references if star and (match := number.fullmatch(item.ref))}
        first = last
        while last in numbered:
            released.add(numbered[last])
            last -= 1
        if last < first:
            cursor.execute("UPDATE counter SET last = ? WHERE pattern = ?", (last, pattern))
    return {record: f"{RELEASED}{record[1].hex()[-12:]}" for record in released}


def choose_ref_after_restore(cursor: Cursor, table: Table, key: RowKey, refs: Iterable[str]) -> str | None:
    """Return the reference of a restored record, of which `refs` are the former ones: the last, or one made of it.

    None where the present reference was not released.
    """
    former = [ref for ref in refs if not ref.startswith(RELEASED)]
    present = _read_ref(cursor, (table, key))
    if not former or not present or not present.startswith(RELEASED):
        return None
    is_taken = cursor.execute(f"SELECT 1 FROM {table} WHERE ref = ?", (former[-1],)).fetchone()
    return f"{former[-1]}-{key.hex()[-4:]}" if is_taken else former[-1]


def _read_departure(cursor: Cursor) -> int:
    return int(select_value(cursor, "SELECT value FROM setting WHERE name = ?", (DEPARTURE,)) or 0)


def _list_own_refs(cursor: Cursor, records: Iterable[RecordKey]) -> list[_Reference]:
    """Return the references of the records that only this copy can have made."""
    named_tables: dict[Table, bool] = {}
    references = []
    for table, key in records:
        if table not in named_tables:
            named_tables[table] = "ref" in read_columns(cursor, table).names
        if named_tables[table] and key[6] >> 4 != SHARED_KEY_VERSION:
            row = cursor.execute(f"SELECT ref FROM {table} WHERE id = ?", (key,)).fetchone()
            references += [_Reference((table, key), row[0])] if row and row[0] else []
    return references


def _read_ref(cursor: Cursor, record: RecordKey) -> str | None:
    table, key = record
    if "ref" not in read_columns(cursor, table).names:
        return None
    ref: str | None = select_value(cursor, f"SELECT ref FROM {table} WHERE id = ?", (key,))
    return ref
