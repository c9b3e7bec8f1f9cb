"""Checks of the lines of another journal against the schema: table, field, type, range and size."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from ahtc_tui.domain.dates.date_as_known import read_stored_date
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.record_names import format_field_name
from ahtc_tui.domain.text.cleaning import (
    HIDDEN_CHARACTERS,
    LONGEST_LINE,
    describe_empty,
    describe_hidden,
    describe_long,
    escape_controls,
)
from ahtc_tui.store.journal.replay import DELETED, HELD, ROW
from ahtc_tui.store.records.columns import WELSH_COLUMNS, read_columns, read_parents
from ahtc_tui.store.records.rows import select_rows

if TYPE_CHECKING:
    from ahtc_tui.store.journal.chain import StoredChange, StoredStep
    from ahtc_tui.store.records.cursor import Cursor, Table

KEY_BYTES = 16
KEY_TEXT = re.compile("[0-9a-fA-F]{32}")
SHOWN_CHARACTERS = 40
LARGEST_NUMBER = 2**53
"""Largest whole number that every program reads exactly."""
LARGEST_WALL_MS = 253_370_764_799_999
"""The last millisecond of the year 9998, which is a day in every time zone."""
LARGEST_GAP = 1_000_000
"""Largest gap between the numbers of steps. A number follows from those before, so an honest gap is short."""
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

REF_PATTERN = re.compile(r"(?!.*\.\.)[^\W_][^\\<>:|?*\"\s]*(?: [^\\<>:|?*\"\s]+)*")
"""A reference: part of names of files, and typed by people."""


class FieldCheck(NamedTuple):
    """What a field accepts, and the sentence about a value that it does not."""

    accepts: Callable[[Any], bool]
    describe: Callable[[str, Any], str]
    """Takes the label of the field and the refused value."""


class _Column(NamedTuple):
    """A column of the schema."""

    name: str
    kind: str
    is_required: bool
    """Whether it is never empty and has no default."""


class TableChecks(NamedTuple):
    """What the fields of a table accept."""

    fields: Mapping[str, FieldCheck]
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
    fields: dict[str, FieldCheck] = {
        name: CHECKS_BY_KIND.get(columns[name].kind.partition("(")[0], TEXT) for name in table_columns.names
    }
    fields |= dict.fromkeys(_list_titles(table, table_columns.names), LINE)
    fields |= {name: REF for name in ("ref",) if name in fields}
    return TableChecks(
        fields | {DELETED: FLAG, HELD: FLAG},
        frozenset(name for name in table_columns.names if columns[name].is_required),
        {name: parent for name, parent in read_parents(local, table).items() if name in fields},
    )


class LineChecks(dict[object, TableChecks | None]):
    """The checks of each table, built from the schema of a database when the first line of the table needs them."""

    def __init__(self, cursor: Cursor) -> None:
        super().__init__()
        self._cursor = cursor

    def __missing__(self, table: object) -> TableChecks | None:
        checks = self[table] = build_checks(self._cursor, table)
        return checks

    def find_fault(self, change: StoredChange) -> str | None:
        """Return, as a sentence, why a line has not the form of the journal or of its table; None where it has."""
        return find_line_fault(change, self[change.table])


def _list_titles(table: str, names: Collection[str]) -> set[str]:
    """Return the columns with the title or name of a record, in both languages: they have one line."""
    titles = {name for name in TITLE_COLUMNS if name in names}
    welsh = WELSH_COLUMNS.get(table, {})
    return titles | {welsh[name] for name in titles if name in welsh}


def find_step_fault(step: StoredStep) -> str | None:
    """Return, as a sentence, why a step has not the form of the journal; None where it has."""
    if not (_is_key_value(step.id) and (step.reverses is None or _is_key_value(step.reverses))):
        return _("A key is not valid.")
    if not (_is_between(step.wall_ms, LARGEST_WALL_MS) and _is_between(step.seq, LARGEST_NUMBER)):
        return describe_out_of_range()
    if not all(_is_name(name) for name in (step.device, step.user, step.label)):
        return _describe_name()
    return None if step.kind in STEP_KINDS else _("The kind of step is unknown.")


def find_line_fault(change: StoredChange, checks: TableChecks | None) -> str | None:
    """Return, as a sentence, why a line has not the form of the journal or of its table; None where it has."""
    if not all(_is_key_value(key) for key in (change.id, change.row_id, change.transaction)):
        return _("A key is not valid.")
    if not (_is_between(change.wall_ms, LARGEST_WALL_MS) and _is_between(change.seq, LARGEST_NUMBER)):
        return describe_out_of_range()
    if not (_is_name(change.device) and _is_name(change.user)):
        return _describe_name()
    if checks is None:
        return _("There are no records of this kind.")
    if not (change.field == ROW or change.field in checks.fields):
        return _describe_unknown(change.field)
    longest = LONGEST_DOCUMENT if change.table in DOCUMENT_TABLES else LONGEST_VALUE
    if not isinstance(change.parents, str) or not isinstance(change.value, str | None):
        return _("The value is not text.")
    if len(change.value or "") > longest:
        return describe_long(_("The value"), longest)
    return _find_chain_fault(change) or _find_parents_fault(change) or _find_value_fault(change, checks)


def _find_chain_fault(change: StoredChange) -> str | None:
    if not (change.position is None or (_is_between(change.position, LARGEST_NUMBER) and change.position)):
        return describe_out_of_range()
    if not (change.purpose is None or change.purpose in STEP_KINDS or _is_purpose(change.purpose)):
        return _("The kind of step is unknown.")
    is_valid = isinstance(change.digest, bytes) and isinstance(change.chain, bytes)
    is_valid = is_valid and isinstance(change.salt, bytes | None)
    is_valid = is_valid and (change.erased_by is None or _is_key_value(change.erased_by))
    return None if is_valid else _("A key is not valid.")


def _find_parents_fault(change: StoredChange) -> str | None:
    text = change.parents if len(change.parents) <= LONGEST_VALUE else ""
    if PARENT_LIST.fullmatch(text):
        is_valid = change.id.hex() not in text
    else:
        try:
            parents = json.loads(text)
            is_valid = isinstance(parents, list) and all(map(_is_key, parents)) and change.id.hex() not in parents
        except (ValueError, RecursionError):
            is_valid = False
    return None if is_valid else _("The list of changes that it replaces cannot be read.")


def _find_value_fault(change: StoredChange, checks: TableChecks) -> str | None:
    text = change.value or "null"
    try:
        value = json.loads(text)
        # A lone surrogate cannot be stored, written as such or as an escape.
        is_storable = is_valid_text(json.dumps(value, ensure_ascii=False) if "\\u" in text else text)
    except (ValueError, RecursionError):
        return _("The value cannot be read.")
    if not is_storable:
        return _("The value contains invalid characters.")
    if change.field != ROW:
        return _find_field_fault(change.field, value, checks)
    if not isinstance(value, dict):
        return _("The value is not a record.")
    if not value.keys() <= checks.fields.keys():
        return _describe_unknown(min(value.keys() - checks.fields.keys()))
    if not checks.required <= value.keys():
        return describe_empty(_label(min(checks.required - value.keys())))
    return next(filter(None, (_find_field_fault(name, item, checks) for name, item in value.items())), None)


def _find_field_fault(name: str, value: Any, checks: TableChecks) -> str | None:
    if value is None and name in checks.required:
        return describe_empty(_label(name))
    check = checks.fields[name]
    return None if check.accepts(value) else check.describe(_label(name), value)


def _label(field: str) -> str:
    return format_field_name(field.strip("_"))


def describe_out_of_range() -> str:
    """Return the sentence about a number of the journal that no copy reaches."""
    return _("A time or a number is out of range.")


def describe_constraint(table: str, message: str, values: Mapping[str, Any]) -> str:
    """Return the sentence about a record that SQLite refused with this message; `values` are those of its columns."""
    constraint = message.rpartition(" ")[2]
    if message.startswith("NOT NULL"):
        return describe_empty(_label(constraint.rpartition(".")[2]))
    name = constraint.removeprefix(f"ck_{table}_")
    if name in values:
        return _describe_choice(_label(name), values[name])
    return _("The table does not accept the record ({fault}).").format(fault=message)


def _describe_name() -> str:
    return _("The laptop, the user or the label of the step is too long or not text.")


def _describe_unknown(field: object) -> str:
    return _('There is no field "{field}".').format(field=shorten(field))


def shorten(value: object) -> str:
    """Return a value of another copy as it can be shown."""
    return escape_controls(str(value)[:SHOWN_CHARACTERS].encode("utf-8", "replace").decode())


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
    return isinstance(value, str) and len(value) <= LONGEST_LINE and is_valid_text(value)


def _is_key_value(value: Any) -> bool:
    return isinstance(value, bytes) and len(value) == KEY_BYTES


def _is_between(value: Any, largest: int) -> bool:
    return type(value) is int and 0 <= value <= largest


def _is_text(value: Any) -> bool:
    return value is None or (isinstance(value, str) and (value.isprintable() or not HIDDEN_CHARACTERS.search(value)))


def _describe_text(label: str, value: Any) -> str:
    is_text = isinstance(value, str)
    return (describe_hidden(value) if is_text else None) or _("{field} must be text.").format(field=label)


def _is_line(value: Any) -> bool:
    return value is None or (_is_text(value) and len(value) <= LONGEST_LINE and value.splitlines() in ([], [value]))


def _describe_line(label: str, value: Any) -> str:
    if not _is_text(value):
        return _describe_text(label, value)
    if len(value) > LONGEST_LINE:
        return describe_long(label, LONGEST_LINE)
    return _("{field} has a line break. It must be on one line.").format(field=label)


def _is_ref(value: Any) -> bool:
    return value is None or (_is_line(value) and len(value) <= LONGEST_REF and REF_PATTERN.fullmatch(value) is not None)


def _describe_ref(label: str, value: Any) -> str:
    if isinstance(value, str) and len(value) > LONGEST_REF:
        return describe_long(label, LONGEST_REF)
    if not _is_line(value):
        return _describe_line(label, value)
    return _describe_choice(label, value) if value else describe_empty(label)


def _describe_choice(label: str, value: Any) -> str:
    return _('{field} cannot be "{text}".').format(field=label, text=shorten(value))


def _is_date(value: Any) -> bool:
    try:
        read_stored_date(value)
    except (ValueError, TypeError, AttributeError):
        return False
    return _is_text(value)


def _describe_date(label: str, value: Any) -> str:
    return _('{field} must be a date, not "{text}".').format(field=label, text=shorten(value))


def _is_flag(value: Any) -> bool:
    return value is None or isinstance(value, bool) or (type(value) is int and value in (0, 1))


def _describe_flag(label: str, value: Any) -> str:
    return _('{field} must be yes or no, not "{text}".').format(field=label, text=shorten(value))


def _is_whole_number(value: Any) -> bool:
    return value is None or (type(value) is int and abs(value) <= LARGEST_NUMBER)


def _is_number(value: Any) -> bool:
    return _is_whole_number(value) or (isinstance(value, float) and abs(value) <= LARGEST_NUMBER)


def _describe_number(label: str, value: Any) -> str:
    return _('{field} needs a number, not "{text}".').format(field=label, text=shorten(value))


def _is_key(value: Any) -> bool:
    return isinstance(value, str) and KEY_TEXT.fullmatch(value) is not None


def _is_key_or_empty(value: Any) -> bool:
    return value is None or _is_key(value)


def _describe_key(label: str, _value: Any) -> str:
    return _("{field} must be another record.").format(field=label)


TEXT, LINE = FieldCheck(_is_text, _describe_text), FieldCheck(_is_line, _describe_line)
REF, FLAG = FieldCheck(_is_ref, _describe_ref), FieldCheck(_is_flag, _describe_flag)
WHOLE_NUMBER = FieldCheck(_is_whole_number, _describe_number)
CHECKS_BY_KIND: dict[str, FieldCheck] = {
    "BLOB": FieldCheck(_is_key_or_empty, _describe_key),
    "BOOLEAN": FLAG,
    "INTEGER": WHOLE_NUMBER,
    "BIGINT": WHOLE_NUMBER,
    "FLOAT": FieldCheck(_is_number, _describe_number),
    "TEXT": FieldCheck(_is_date, _describe_date),
}
"""The check of each type of column; all others hold text."""
