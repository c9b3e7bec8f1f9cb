"""Checks of the lines of another journal against the schema: table, field, type, range and size."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from ahtc_tui.domain.dates.date_as_known import read_stored_date
from ahtc_tui.domain.i18n import gettext_noop
from ahtc_tui.domain.text.terminal import HIDDEN_CHARACTERS
from ahtc_tui.store.journal.replay import DELETED, HELD, ROW
from ahtc_tui.store.records.columns import WELSH_COLUMNS, read_columns, read_parents
from ahtc_tui.store.records.rows import select_rows

if TYPE_CHECKING:
    from ahtc_tui.store.journal.chain import StoredChange, StoredStep
    from ahtc_tui.store.records.cursor import Cursor
    from ahtc_tui.store.records.table_names import Table

KEY_BYTES = 16
LARGEST_NUMBER = 2**53
"""Largest whole number that every program reads exactly."""
LARGEST_WALL_MS = 253_370_764_799_999
"""The last millisecond of the year 9998, which is a day in every time zone."""
LARGEST_GAP = 1_000_000
"""Largest gap between the numbers of steps. A number follows from those before, so an honest gap is short."""
LONGEST_NAME = 1_000
"""Characters of a device, a user or a label."""
LONGEST_REF = 200
"""Characters of a reference."""
LONGEST_VALUE, LONGEST_DOCUMENT = 2_000_000, 60_000_000
"""Characters of a value, and of one with a whole file."""
TITLE_COLUMNS = ("title", "name")
"""What tables call the title or the name of a record."""
DOCUMENT_TABLES = ("circulation_files", "issues", "paper_files", "releases")
STEP_KINDS = ("do", "undo", "redo", "load", "erase")
PURPOSE = re.compile(rf"(?:{'|'.join(STEP_KINDS)})(?: [0-9a-f]{{32}})?")
"""Kind of a step and the step that it reverses, as `format_purpose` writes them."""

PARENT_LIST = re.compile(r'\[(?:"[0-9a-f]{32}"(?:, "[0-9a-f]{32}")*)?\]')
"""Parents as ahtc writes them, which need no parser."""

REF = re.compile(r"(?!.*\.\.)[^\W_][^\\<>:|?*\"\s]*(?: [^\\<>:|?*\"\s]+)*")
"""A reference: part of names of files, and typed by people."""

BAD_KEY = gettext_noop("an invalid key")
BAD_NUMBER = gettext_noop("a time or a number out of range")
BAD_NAME = gettext_noop("a device, a user or a label without a short text")
BAD_FIELD = gettext_noop("an unknown table or field")
BAD_TYPE = gettext_noop("a value of the wrong type")
BAD_PARENTS = gettext_noop("an unreadable list of replaced lines")
BAD_JSON = gettext_noop("an unreadable value")
TOO_LONG = gettext_noop("too long a value")
MISSING_VALUE = gettext_noop("a required value is missing")
BAD_KIND = gettext_noop("an unknown kind of step")

TypeCheck = Callable[[Any], bool]


class _Column(NamedTuple):
    """A column of the schema."""

    name: str
    kind: str
    is_required: bool
    """Whether it is never empty and has no default."""


class TableChecks(NamedTuple):
    """What the fields of a table accept."""

    types: Mapping[str, TypeCheck]
    required: frozenset[str]
    """Fields that have no default and are never empty."""
    parents: Mapping[str, Table]
    """Fields that refer to a record of another table."""


def build_checks(local: Cursor, table: object) -> TableChecks | None:
    """Return the checks of a table; None for a table without records."""
    query = "SELECT 1 FROM pragma_table_info(?) WHERE name = 'deleted'"
    if not (isinstance(table, str) and is_valid_text(table) and local.execute(query, (table,)).fetchone()):
        return None
    query = """SELECT name, type AS kind, "notnull" AND dflt_value IS NULL AS is_required
 FROM pragma_table_info(?, 'main')"""
    columns = {column.name: column for column in select_rows(local, _Column, query, (table,))}
    table_columns = read_columns(local, table)  # type: ignore[arg-type]  # the query above found it
    types: dict[str, TypeCheck] = {
        name: CHECKS_BY_KIND.get(columns[name].kind.partition("(")[0], _is_text) for name in table_columns.names
    }
    types |= dict.fromkeys(_list_titles(table, table_columns.names), _is_line)
    types |= {name: _is_ref for name in ("ref",) if name in types}
    return TableChecks(
        types | {DELETED: _is_flag, HELD: _is_flag},
        frozenset(name for name in table_columns.names if columns[name].is_required),
        {name: parent for name, parent in read_parents(local, table).items() if name in types},
    )


def _list_titles(table: str, names: Collection[str]) -> set[str]:
    """Return the columns with the title or name of a record, in both languages: they have one line."""
    titles = {name for name in TITLE_COLUMNS if name in names}
    welsh = WELSH_COLUMNS.get(table, {})
    return titles | {welsh[name] for name in titles if name in welsh}


def find_step_fault(step: StoredStep) -> str | None:
    """Return why a step has not the form of the journal; None where it has."""
    if not (_is_key_value(step.id) and (step.reverses is None or _is_key_value(step.reverses))):
        return BAD_KEY
    if not (_is_between(step.wall_ms, LARGEST_WALL_MS) and _is_between(step.seq, LARGEST_NUMBER)):
        return BAD_NUMBER
    if not all(_is_name(name) for name in (step.device, step.user, step.label)):
        return BAD_NAME
    return None if step.kind in STEP_KINDS else BAD_KIND


def find_line_fault(change: StoredChange, checks: TableChecks | None) -> str | None:
    """Return why a line has not the form of the journal or of its table; None where it has."""
    if not all(_is_key_value(key) for key in (change.id, change.row_id, change.transaction)):
        return BAD_KEY
    if not (_is_between(change.wall_ms, LARGEST_WALL_MS) and _is_between(change.seq, LARGEST_NUMBER)):
        return BAD_NUMBER
    if not (_is_name(change.device) and _is_name(change.user)):
        return BAD_NAME
    if checks is None or not (change.field == ROW or change.field in checks.types):
        return BAD_FIELD
    longest = LONGEST_DOCUMENT if change.table in DOCUMENT_TABLES else LONGEST_VALUE
    if not isinstance(change.parents, str) or not isinstance(change.value, str | None):
        return BAD_TYPE
    if len(change.value or "") > longest or len(change.parents) > LONGEST_VALUE:
        return TOO_LONG
    return _find_chain_fault(change) or _find_parents_fault(change) or _find_value_fault(change, checks)


def _find_chain_fault(change: StoredChange) -> str | None:
    if not (change.position is None or (_is_between(change.position, LARGEST_NUMBER) and change.position)):
        return BAD_NUMBER
    if not (change.purpose is None or change.purpose in STEP_KINDS or _is_purpose(change.purpose)):
        return BAD_KIND
    is_valid = isinstance(change.digest, bytes) and isinstance(change.chain, bytes)
    is_valid = is_valid and isinstance(change.salt, bytes | None)
    return None if is_valid and (change.erased_by is None or _is_key_value(change.erased_by)) else BAD_KEY


def _find_parents_fault(change: StoredChange) -> str | None:
    if PARENT_LIST.fullmatch(change.parents):
        return BAD_PARENTS if change.id.hex() in change.parents else None
    try:
        parents = json.loads(change.parents)
        is_valid = isinstance(parents, list) and all(_is_key(parent) for parent in parents)
    except (ValueError, RecursionError):
        return BAD_PARENTS
    return None if is_valid and change.id.hex() not in parents else BAD_PARENTS


def _find_value_fault(change: StoredChange, checks: TableChecks) -> str | None:
    try:
        value = None if change.value is None else json.loads(change.value)
        text = change.value or ""
        # A lone surrogate cannot be stored, written as such or as an escape.
        (json.dumps(value, ensure_ascii=False) if "\\u" in text else text).encode()
        if change.field != ROW:
            return _find_field_fault(change.field, value, checks)
        if not isinstance(value, dict):
            return BAD_TYPE
        if not value.keys() <= checks.types.keys():
            return BAD_FIELD
        if not checks.required <= value.keys():
            return MISSING_VALUE
        return next(filter(None, (_find_field_fault(name, item, checks) for name, item in value.items())), None)
    except (ValueError, TypeError, RecursionError):
        return BAD_JSON


def _find_field_fault(name: str, value: Any, checks: TableChecks) -> str | None:
    if value is None and name in checks.required:
        return MISSING_VALUE
    return None if checks.types[name](value) else BAD_TYPE


def is_valid_text(text: str) -> bool:
    """Return whether a text can be stored: it has no lone surrogate."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _is_purpose(value: Any) -> bool:
    return isinstance(value, str) and PURPOSE.fullmatch(value) is not None


def _is_name(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= LONGEST_NAME and is_valid_text(value)


def _is_key_value(value: Any) -> bool:
    return isinstance(value, bytes) and len(value) == KEY_BYTES


def _is_between(value: Any, largest: int) -> bool:
    return type(value) is int and 0 <= value <= largest


def _is_text(value: Any) -> bool:
    return value is None or (isinstance(value, str) and (value.isprintable() or not HIDDEN_CHARACTERS.search(value)))


def _is_line(value: Any) -> bool:
    return value is None or (_is_text(value) and len(value) <= LONGEST_NAME and value.splitlines() in ([], [value]))


def _is_ref(value: Any) -> bool:
    return value is None or (_is_line(value) and len(value) <= LONGEST_REF and REF.fullmatch(value) is not None)


def _is_date(value: Any) -> bool:
    if not _is_text(value):
        return False
    read_stored_date(value)  # raises ValueError
    return True


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
    "TEXT": _is_date,
}
"""The check of each type of column; all others hold text."""
