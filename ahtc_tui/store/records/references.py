"""References of records: issued by a pattern, never issued twice, and found again as people type them.

A laptop away from the office adds its suffix, so that no two devices issue the same reference.

References of undone records are issued again where nothing that left this desk can hold them: a file for other people,
a backup, a pack and a sync set the departure mark. Decision 0035 gives the reasons.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from itertools import count
from typing import NamedTuple

from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.records.columns import read_columns
from ahtc_tui.store.records.cursor import Cursor, RecordKey, Table
from ahtc_tui.store.records.fields import read_setting, store_setting
from ahtc_tui.store.records.rows import iterate_rows, select_column, select_mapping, select_row, select_value

SUFFIX_SETTING = "letters"
"""The setting with the suffix of a device away from the office."""

DEPARTURE = "departed_seq"
"""The setting with the sequence number of the last step that something outside this database may hold."""

RELEASED = "undone-"
"""Beginning of the reference of a removed record whose own reference may be issued again."""

MERGED_NUMBERS = "merged_numbers"
"""The setting with the numbers that the latest merges raised, by the key of their step."""
MOST_MERGES = 100
"""Number of merges of which it has the numbers; the undo of an older one lowers no number."""

NAMED_TABLES: tuple[Table, ...] = ("parties", "seats")
"""Tables whose references are made of names and need no number."""

SHARED_KEY_VERSION = 5
"""Version of the UUIDs that every copy derives alike: their records come back under the same key and reference."""


COUNTERS = "SELECT pattern AS key, last AS value FROM counter"


class RefMatch(NamedTuple):
    """A record with a typed reference."""

    key: RowKey
    ref: str


def mint_ref(cursor: Cursor, table: Table, pattern: str, **parts: object) -> str:
    """Issue the next reference of a pattern such as "DP-{n:02}" or "LG-{year}-{n:02}".

    The device suffix follows the number. The last number is stored, so that no number is issued twice; an undo sets it
    back where nothing outside this database can hold the number.
    """
    counter_pattern = pattern.replace("{n:02}", "*").replace("{n}", "*").format(**parts)
    row = cursor.execute("SELECT last FROM counter WHERE pattern = ?", (counter_pattern,)).fetchone()
    # Stored, not computed from the records: the number of a removed record may be on paper.
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
    """Return the suffix of this device; empty in the office."""
    return read_setting(cursor, SUFFIX_SETTING) or ""


def mint_name_ref(cursor: Cursor, table: Table, base: str) -> str:
    """Return an unused reference made of a name, with a number where it is taken.

    Removed records keep theirs. The device suffix follows a point, which names do not contain.
    """
    suffix = f".{device_suffix.lower()}" if (device_suffix := read_device_suffix(cursor)) else ""
    for n in count(1):
        ref = f"{base}{suffix}" if n == 1 else f"{base}-{n}{suffix}"
        if not cursor.execute(f"SELECT 1 FROM {table} WHERE ref = ?", (ref,)).fetchone():
            return ref
    raise AssertionError


def strip_suffix(ref: str, *, numbered: bool) -> str:
    """Return the name that a reference was made of: without the device suffix and, if `numbered`, the number."""
    bare = ref.partition(".")[0]
    return re.sub(r"-\d+$", "", bare) if numbered else bare


def derive_shared_key(*parts: RowKey | str) -> RowKey:
    """Return the key of a record that every device derives alike from its parts (UUID version 5, RFC 9562)."""
    from uuid import NAMESPACE_URL, uuid5  # imports platform

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
    """Return a typed or pasted reference in the form that lookups compare: "dp 25" and "DP–25" become "dp-25"."""
    return re.sub(r"[\s_\u2010-\u2015\u2212-]+", "-", ref.strip()).lower()


def find_by_ref(cursor: Cursor, table: Table, ref: str, *, removed: bool = False) -> RefMatch | None:
    """Find the record with a typed reference; None where there is none.

    Removed records are found only with `removed`.
    """
    query = f"SELECT id AS key, ref FROM {table} WHERE {'1' if removed else 'NOT deleted'} AND "
    normalized = normalize_ref(ref)
    record = select_row(cursor, RefMatch, query + "ref = ?", (ref.strip(),)) or select_row(
        cursor, RefMatch, query + "lower(ref) = ? LIMIT 1", (normalized,)
    )
    if record or not (parts := re.fullmatch(r"([a-z]+)-?0*(\d+)-?([a-z]*)", normalized)):
        return record
    pattern = re.compile(rf"{parts[1]}-?0*{parts[2]}{parts[3]}", re.IGNORECASE)
    # Only where the index finds nothing: people write DP-7 for DP-07.
    similar = iterate_rows(cursor, RefMatch, query + "lower(ref) LIKE ?", (f"{parts[1]}%",))
    return next((match for match in similar if pattern.fullmatch(match.ref)), None)


def list_refs(cursor: Cursor, table: Table) -> list[str]:
    """Return the references of the records of a table."""
    return select_column(cursor, f"SELECT ref FROM {table} WHERE NOT deleted")


def list_removed_refs(cursor: Cursor, table: Table) -> dict[str, RowKey]:
    """Return the references of the removed records of a table, with their keys."""
    return select_mapping(cursor, f"SELECT ref AS key, id AS value FROM {table} WHERE deleted")


class _Reference(NamedTuple):
    """A record with the reference that it was issued here."""

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
    """Return whether something outside this database may hold a step."""
    return seq <= _read_departure(cursor)


def release_refs(cursor: Cursor, created: Iterable[RecordKey]) -> dict[RecordKey, str]:
    """Set counters back over the references of records that an undo removes; return their new references.

    Only the last numbers of a pattern are released: a gap below a number in use is never filled.
    """
    references = _list_own_refs(cursor, created)
    released = {reference.record for reference in references if reference.record[0] in NAMED_TABLES}
    counters: dict[str, int] = select_mapping(cursor, COUNTERS)
    for pattern, last in counters.items():
        number = _compile_own_number(cursor, pattern)
        numbered = {int(match[1]): item.record for item in references if (match := number.fullmatch(item.ref))}
        first = last
        while last in numbered:
            released.add(numbered[last])
            last -= 1
        if last < first:
            cursor.execute("UPDATE counter SET last = ? WHERE pattern = ?", (last, pattern))
    return {record: f"{RELEASED}{record[1].hex()[-12:]}" for record in released}


class RaisedNumber(NamedTuple):
    """The last number of a pattern before and after a merge; None where the pattern had none."""

    pattern: str
    before: int | None
    after: int


def raise_numbers(cursor: Cursor, counters: Iterable[tuple[str, int]]) -> list[RaisedNumber]:
    """Raise the counters to those of another copy; return those of references that rose."""
    known: dict[str, int] = select_mapping(cursor, COUNTERS)
    raised = [
        RaisedNumber(pattern, known.get(pattern), last) for pattern, last in counters if last > known.get(pattern, -1)
    ]
    cursor.executemany(
        "INSERT OR REPLACE INTO counter (pattern, last) VALUES (?, ?)",
        [(number.pattern, number.after) for number in raised],
    )
    return [number for number in raised if "*" in number.pattern]


def raise_numbers_again(cursor: Cursor, numbers: Iterable[RaisedNumber]) -> None:
    """Raise the counters as a merge did that is redone."""
    raise_numbers(cursor, [(number.pattern, number.after) for number in numbers])


def record_raised_numbers(cursor: Cursor, step: RowKey, numbers: Iterable[RaisedNumber]) -> None:
    """Store which last numbers a merge raised, for its undo; a step may be several merges."""
    stored = _read_all_numbers(cursor)
    known = {number.pattern: number for number in stored.pop(step.hex(), ())}
    for number in numbers:
        former = known.get(number.pattern)
        is_next = former is not None and former.after == number.before
        known[number.pattern] = number._replace(before=former.before) if former and is_next else number
    if known:
        latest = [*stored.items(), (step.hex(), list(known.values()))][-MOST_MERGES:]
        store_setting(cursor, MERGED_NUMBERS, json.dumps(dict(latest)))


def read_raised_numbers(cursor: Cursor, step: RowKey) -> list[RaisedNumber]:
    """Return the last numbers that a merge raised; none for one of the oldest merges."""
    return _read_all_numbers(cursor).get(step.hex(), [])


def _read_all_numbers(cursor: Cursor) -> dict[str, list[RaisedNumber]]:
    stored = json.loads(read_setting(cursor, MERGED_NUMBERS) or "{}")
    return {step: [RaisedNumber(*number) for number in numbers] for step, numbers in stored.items()}


def lower_numbers(cursor: Cursor, numbers: Iterable[RaisedNumber], leaving: Iterable[RecordKey]) -> None:
    """Set counters back to what they were before a merge, of which `leaving` are the records.

    Not where a number was issued since and kept. Other copies may use the references of these records, so that a number
    in one with the letters of this copy is not issued again.
    """
    leaving_refs = [ref for record in leaving if (ref := _read_ref(cursor, record))]
    for pattern, before, after in numbers:
        number = _compile_own_number(cursor, pattern)
        used = (int(match[1]) for ref in leaving_refs if (match := number.fullmatch(ref)))
        last = max(used, default=before)
        if last is None:
            cursor.execute("DELETE FROM counter WHERE pattern = ? AND last = ?", (pattern, after))
        else:
            values = (max(last, before or 0), pattern, after)
            cursor.execute("UPDATE counter SET last = ? WHERE pattern = ? AND last = ?", values)


def _compile_own_number(cursor: Cursor, pattern: str) -> re.Pattern[str]:
    """Return an expression for the references of a pattern that this copy issues, with the number as a group."""
    head, star, tail = pattern.partition("*")
    number = rf"(\d+){re.escape(read_device_suffix(cursor))}" if star else "(?!)"
    return re.compile(re.escape(head) + number + re.escape(tail))


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
    return int(read_setting(cursor, DEPARTURE) or 0)


def _list_own_refs(cursor: Cursor, records: Iterable[RecordKey]) -> list[_Reference]:
    """Return the references of the records that only this copy can have made."""
    named_tables: dict[Table, bool] = {}
    references = []
    for table, key in records:
        if table not in named_tables:
            named_tables[table] = "ref" in read_columns(cursor, table).names
        if named_tables[table] and key[6] >> 4 != SHARED_KEY_VERSION:
            row = cursor.execute(f"SELECT ref FROM {table} WHERE id = ?", (key,)).fetchone()
            if row and row[0]:
                references.append(_Reference((table, key), row[0]))
    return references


def _read_ref(cursor: Cursor, record: RecordKey) -> str | None:
    table, key = record
    if "ref" not in read_columns(cursor, table).names:
        return None
    ref: str | None = select_value(cursor, f"SELECT ref FROM {table} WHERE id = ?", (key,))
    return ref
