"""References: minted by a pattern, never given twice, never changed; and found again as people type them.

What a desk away from the office mints carries its letters, so that no two desks ever mint the same.
"""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, uuid5

from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.records.table_names import Table

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor

SUFFIX_SETTING = "letters"
"""In the settings of a desk away from the office."""


def mint_ref(cursor: Cursor, table: Table, pattern: str, **parts: object) -> str:
    """The next reference of a pattern such as "DP-{n:02}" or "LG-{year}-{n:02}".

    The letters of the desk stand behind the number. The last number is kept beside the table, so the number of a record
    that was undone is not given again.
    """
    counter_pattern = pattern.replace("{n:02}", "*").replace("{n}", "*").format(**parts)
    row = cursor.execute("SELECT last FROM counter WHERE pattern = ?", (counter_pattern,)).fetchone()
    last = row[0] if row else _find_last_number(cursor, table, counter_pattern)
    suffixed_pattern = re.sub(r"(\{n(?::02)?\})", rf"\1{read_device_suffix(cursor)}", pattern)
    while True:
        last += 1
        ref = suffixed_pattern.format(n=last, **parts)
        if not cursor.execute(f"SELECT 1 FROM {table} WHERE ref = ?", (ref,)).fetchone():
            break
    cursor.execute("INSERT OR REPLACE INTO counter (pattern, last) VALUES (?, ?)", (counter_pattern, last))
    return ref


def read_device_suffix(cursor: Cursor) -> str:
    """The letters of this desk; none in the office."""
    row = cursor.execute("SELECT value FROM setting WHERE name = ?", (SUFFIX_SETTING,)).fetchone()
    return str(row[0]) if row else ""


def mint_name_ref(cursor: Cursor, table: Table, base: str) -> str:
    """A reference made of a name that no record of a table ever had: the wanted one, else with a number behind it.

    A record that was removed keeps its own, so none is ever given twice. The letters of the desk stand behind a point,
    which no name has.
    """
    suffix = f".{device_suffix.lower()}" if (device_suffix := read_device_suffix(cursor)) else ""
    for n in count(1):
        ref = f"{base}{suffix}" if n == 1 else f"{base}-{n}{suffix}"
        if not cursor.execute(f"SELECT 1 FROM {table} WHERE ref = ?", (ref,)).fetchone():
            return ref
    raise AssertionError


def strip_suffix(ref: str, *, numbered: bool) -> str:
    """What a reference was made of: it without the letters of a desk and, where it is `numbered`, the number."""
    bare = ref.partition(".")[0]
    return re.sub(r"-\d+$", "", bare) if numbered else bare


def derive_shared_key(*parts: RowKey | str) -> RowKey:
    """The key of a record of which there is one whoever makes it: what it is of says which (RFC 9562 version 5)."""
    text = "/".join(part.hex() if isinstance(part, bytes) else part for part in parts)
    return RowKey(uuid5(NAMESPACE_URL, f"ahtc:{text}").bytes)


def _find_last_number(cursor: Cursor, table: Table, series: str) -> int:
    head, tail = series.split("*", 1)
    glob = f"{_escape_glob(head)}[0-9]*{_escape_glob(tail)}"
    numbers = re.compile(rf"{re.escape(head)}(\d+){re.escape(tail)}")
    rows = cursor.execute(f"SELECT ref FROM {table} WHERE ref GLOB ?", (glob,))
    return max((int(match[1]) for (ref,) in rows if (match := numbers.fullmatch(ref))), default=0)


def _escape_glob(text: str) -> str:
    return re.sub(r"([*?\[])", r"[\1]", text)


def normalize_ref(ref: str) -> str:
    """A reference as people type or paste it, in the shape that lookups compare: "dp 25", "DP–25" are "DP-25"."""
    return re.sub(r"[\s_\u2010-\u2015\u2212-]+", "-", ref.strip()).lower()


def find_by_ref(cursor: Cursor, table: Table, ref: str, *, removed: bool = False) -> Any:
    """The key and reference of the record of a table that answers to a typed reference; None if there is none.

    A record that was removed answers only if `removed` says so.
    """
    query = f"SELECT id, ref FROM {table} WHERE {'1' if removed else 'NOT deleted'} AND "
    normalized = normalize_ref(ref)
    record = (
        cursor.execute(query + "ref = ?", (ref.strip(),)).fetchone()
        or cursor.execute(query + "lower(ref) = ? LIMIT 1", (normalized,)).fetchone()
    )
    if record or not (parts := re.fullmatch(r"([a-z]+)-?0*(\d+)-?([a-z]*)", normalized)):
        return record
    pattern = re.compile(rf"{parts[1]}-?0*{parts[2]}{parts[3]}", re.IGNORECASE)
    similar = cursor.execute(query + "lower(ref) LIKE ?", (f"{parts[1]}%",))
    return next(((key, ref) for key, ref in similar if pattern.fullmatch(ref)), None)


def list_removed_refs(cursor: Cursor, table: Table) -> dict[str, RowKey]:
    """The references of the records of a table that were removed, with their keys."""
    return dict(cursor.execute(f"SELECT ref, id FROM {table} WHERE deleted").fetchall())
