"""Checks of the lines of another journal against the schema: table, field, type, range and size."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.text.terminal import escape_controls
from ahtc_tui.store.journal.replay import DELETED, HELD, ROW
from ahtc_tui.store.records.columns import read_columns

if TYPE_CHECKING:
    from ahtc_tui.store.journal.chain import StoredChange
    from ahtc_tui.store.records.cursor import Cursor
    from ahtc_tui.store.records.table_names import Table

KEY_BYTES = 16
LARGEST_NUMBER = 2**53
"""Largest whole number that every program reads exactly."""
LARGEST_WALL_MS = 253_402_300_799_999
"""The last millisecond of the year 9999."""
LONGEST_NAME = 1_000
"""Characters of a device or a user."""
LONGEST_VALUE, LONGEST_DOCUMENT = 2_000_000, 60_000_000
"""Characters of a value, and of one with an issued document."""
DOCUMENT_TABLES = ("issues",)
SHOWN_CHARACTERS = 40

TypeCheck = Callable[[Any], bool]


def refuse_invalid_lines(local: Cursor, incoming: Iterable[StoredChange], path: Path) -> None:
    """Raise BadFile, which names line and device, for a line that no journal of ahtc has."""
    checks_by_table: dict[str, dict[str, TypeCheck]] = {}
    for change in incoming:
        if change.table not in checks_by_table:
            checks_by_table[change.table] = _build_checks(local, change.table)
        if is_valid_line(change, checks_by_table[change.table]):
            continue
        sentence = _(
            "{path}: a change in its journal cannot be read ({table}, {field}; line {line} of the device {device})."
            " Nothing was changed."
        )
        names = {
            "table": _shorten(change.table),
            "field": _shorten(change.field),
            "line": _shorten(change.seq),
            "device": _shorten(change.device),
        }
        raise BadFile(sentence.format(path=path, **names))


def _shorten(value: object) -> str:
    return escape_controls(str(value)[:SHOWN_CHARACTERS])


def _build_checks(local: Cursor, table: Table) -> dict[str, TypeCheck]:
    """Return a check for each field of a table; none for a table without records."""
    if not isinstance(table, str):
        return {}
    query = "SELECT 1 FROM pragma_table_info(?) WHERE name = 'deleted'"
    if not local.execute(query, (table,)).fetchone():
        return {}
    kinds = dict(local.execute("SELECT name, type FROM pragma_table_info(?, 'main')", (table,)).fetchall())
    checks = {
        name: CHECKS_BY_KIND.get(kinds[name].partition("(")[0], _is_text) for name in read_columns(local, table).names
    }
    return checks | {DELETED: _is_flag, HELD: _is_flag}


def is_valid_line(change: StoredChange, checks: dict[str, TypeCheck]) -> bool:
    """Whether a line has the form of the journal, and its values have the types of their columns."""
    keys_are_valid = all(
        isinstance(key, bytes) and len(key) == KEY_BYTES for key in (change.id, change.row_id, change.transaction)
    )
    numbers_are_valid = _is_between(change.wall_ms, LARGEST_WALL_MS) and _is_between(change.seq, LARGEST_NUMBER)
    names_are_valid = all(isinstance(name, str) and len(name) <= LONGEST_NAME for name in (change.device, change.user))
    if not (keys_are_valid and numbers_are_valid and names_are_valid):
        return False
    longest = LONGEST_DOCUMENT if change.table in DOCUMENT_TABLES else LONGEST_VALUE
    if change.value is not None and not (isinstance(change.value, str) and len(change.value) <= longest):
        return False
    try:
        value = None if change.value is None else json.loads(change.value)
        parents = json.loads(change.parents)
        json.dumps(value, ensure_ascii=False).encode()  # a lone surrogate cannot be stored
        parents_are_valid = isinstance(parents, list) and all(_is_key(parent) for parent in parents)
    except (ValueError, TypeError, RecursionError):
        return False
    if not parents_are_valid:
        return False
    if change.field == ROW:
        return isinstance(value, dict) and all(name in checks and checks[name](item) for name, item in value.items())
    return change.field in checks and checks[change.field](value)


def _is_between(value: Any, largest: int) -> bool:
    return type(value) is int and 0 <= value <= largest


def _is_text(value: Any) -> bool:
    return value is None or isinstance(value, str)


def _is_flag(value: Any) -> bool:
    return value is None or isinstance(value, bool) or (type(value) is int and value in (0, 1))


def _is_whole_number(value: Any) -> bool:
    return value is None or (type(value) is int and abs(value) <= LARGEST_NUMBER)


def _is_number(value: Any) -> bool:
    return _is_whole_number(value) or (isinstance(value, float) and abs(value) <= LARGEST_NUMBER)


def _is_key(value: Any) -> bool:
    return isinstance(value, str) and len(value) == 2 * KEY_BYTES and len(bytes.fromhex(value)) == KEY_BYTES


def _is_key_or_empty(value: Any) -> bool:
    return value is None or _is_key(value)


CHECKS_BY_KIND: dict[str, TypeCheck] = {
    "BLOB": _is_key_or_empty,
    "BOOLEAN": _is_flag,
    "INTEGER": _is_whole_number,
    "BIGINT": _is_whole_number,
    "FLOAT": _is_number,
}
"""The check of each type of column; all others hold text."""
