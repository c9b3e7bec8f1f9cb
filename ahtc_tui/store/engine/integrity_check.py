"""Integrity check: SQLite's own checks, the journal replayed and compared with the tables, and the search index."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import closing
from contextvars import copy_context
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlcipher3 import dbapi2

from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.store.engine.driver import open_connection
from ahtc_tui.store.journal.chain import JOURNAL_ORDER
from ahtc_tui.store.journal.chain_check import find_chain_faults
from ahtc_tui.store.journal.record_state import EXCLUSIVE_COLUMNS, resolve_record
from ahtc_tui.store.journal.replay import DELETED, ROW, Change, copy_addition, decode_value, parse_change
from ahtc_tui.store.records.columns import COMPUTED_COLUMNS, Columns, compute_columns, list_record_tables, read_columns
from ahtc_tui.store.records.cursor import Table, build_placeholders
from ahtc_tui.store.records.relations import PARTY_TABLES
from ahtc_tui.store.records.rows import select_rows
from ahtc_tui.store.search import index

if TYPE_CHECKING:
    from ahtc_tui.domain.keys import RowKey
    from ahtc_tui.store.engine.database import Database
    from ahtc_tui.store.records.cursor import Cursor

GUARD_TRIGGERS = {"change_is_never_altered", "change_is_never_removed"}
"""The triggers that make the journal append-only."""
_BATCH_SIZE = 500
"""Number of records whose changes are in memory at the same time."""


def find_faults(database: Database) -> list[str]:
    """Return a sentence for each fault; none for a sound database.

    What SQLite checks alone runs in a second thread with a connection of its own, beside the replay of the journal.
    """
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(1) as executor:
        stored_faults = executor.submit(copy_context().run, _find_stored_faults, database)
        with database.read() as cursor:
            journal_faults = _run_checks(cursor, _check_guards, find_journal_faults, _check_chains)
    file_faults, index_faults = stored_faults.result()
    return file_faults + journal_faults + index_faults


def _find_stored_faults(database: Database) -> tuple[list[str], list[str]]:
    """Return the faults of the file, and of the search index, read by a further connection. Raises StoreError."""
    connection = open_connection(database.path, database.key, immutable=database.is_immutable)
    with closing(connection), closing(connection.cursor()) as cursor:
        return _run_checks(cursor, _check_file), _run_checks(cursor, _check_search_index)


def find_file_faults(database: Database) -> list[str]:
    """Return the faults of the file, its indexes and foreign keys; the first part of `find_faults`."""
    with database.read() as cursor:
        return _run_checks(cursor, _check_file)


def _run_checks(cursor: Cursor, *checks: Callable[[Cursor], Iterator[str]]) -> list[str]:
    faults: list[str] = []
    for check in checks:
        try:
            faults.extend(check(cursor))
        except (dbapi2.Error, UnicodeDecodeError) as error:
            faults.append(_("The file cannot be read to the end: {error}.").format(error=error))
    return faults


class _MissingParent(NamedTuple):
    """A row with a foreign key to a record that does not exist."""

    table: str
    row: int
    parent: str


def _check_file(cursor: Cursor) -> Iterator[str]:
    for (line,) in cursor.execute("PRAGMA integrity_check").fetchall():
        if "fts5" in line.lower():
            yield _format_index_fault(1)
        elif line != "ok":
            yield _("The file is damaged: {line}.").format(line=line)
    for (line,) in cursor.execute("PRAGMA cipher_integrity_check").fetchall():
        yield _("The file is damaged: {line}.").format(line=line)
    query = 'SELECT "table", "rowid" AS row, parent FROM pragma_foreign_key_check'
    for fault in select_rows(cursor, _MissingParent, query):
        yield _("{table} row {row} refers to a missing record of {parent}.").format(**fault._asdict())


def _check_guards(cursor: Cursor) -> Iterator[str]:
    triggers = {name for (name,) in cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")}
    if not triggers >= GUARD_TRIGGERS:
        yield _("The journal is not protected against changes. The triggers are missing.")


class _Line(NamedTuple):
    """The columns of a change that a replay reads."""

    id: RowKey
    wall_ms: int
    seq: int
    table: Table
    row_id: RowKey
    field: str
    value: str | None
    parents: str


LINE_COLUMNS = ", ".join(f'"{name}"' for name in _Line._fields)
LINES_OF_RECORDS = 'FROM change WHERE "table" IN ({tables}) AND row_id IN ({keys})'
ADDITIONS = (
    f"SELECT \"table\", row_id, count(*) = 1 AND field = '{ROW}' AND parents = '[]', value"
    f' {LINES_OF_RECORDS} GROUP BY "table", row_id'
)

ADDED = f"count(*) = 1 AND c.field = '{ROW}' AND c.parents = '[]'"
ADDED_CONTACT = f"""(SELECT count(*) = count(DISTINCT x."table") AND min(x.field = '{ROW}' AND x.parents = '[]')
 FROM change x WHERE x.row_id = c.row_id AND x."table" IN ({{}}))"""
"""Whether one change added a record, and none changed it later; of a contact, in any of its tables."""
UNPROVEN = """SELECT c.row_id FROM change c LEFT JOIN "{table}" t ON t.id = c.row_id WHERE c."table" = ?
 GROUP BY c.row_id HAVING NOT coalesce({added}, 0) OR NOT CASE {tests} ELSE 1 END"""
UNJOURNALLED = """SELECT t.id FROM "{table}" t
 WHERE NOT EXISTS (SELECT 1 FROM change c WHERE c."table" = ? AND c.row_id = t.id)"""


class _Journal:
    """The journal of some records: their changes in a table, and for a contact in the other tables of contacts."""

    def __init__(self, cursor: Cursor, table: Table, keys: Sequence[object]) -> None:
        self._cursor = cursor
        self._tables = PARTY_TABLES if table in PARTY_TABLES else (table,)
        self._additions: dict[tuple[Table, object], str | None] = {}
        """The values of the records that were added and never changed."""
        edited = set(keys) if table in EXCLUSIVE_COLUMNS else set()
        placeholders = {"tables": build_placeholders(self._tables), "keys": build_placeholders(keys)}
        for name, key, is_only_addition, value in cursor.execute(
            ADDITIONS.format(**placeholders), (*self._tables, *keys)
        ):
            self._additions[name, key] = value
            if not is_only_addition:
                edited.add(key)
        self._edited = edited
        self._lines = self._read_lines(list(edited))

    def _read_lines(self, keys: Sequence[object]) -> dict[tuple[Table, object], list[_Line]]:
        """Return the changes of records by table and key."""
        placeholders = {"tables": build_placeholders(self._tables), "keys": build_placeholders(keys)}
        query = f"SELECT {LINE_COLUMNS} {LINES_OF_RECORDS.format(**placeholders)}"
        lines: dict[tuple[Table, object], list[_Line]] = {}
        for line in map(_Line._make, self._cursor.execute(query, (*self._tables, *keys))):
            lines.setdefault((line.table, line.row_id), []).append(line)
        return lines

    def replay_row(self, table: Table, key: object) -> dict[str, Any]:
        """Return the column values of a record; most records were added and never changed."""
        values = None
        if key not in self._edited:
            values = copy_addition(decode_value(self._additions[table, key]))
        if values is None:
            lines = self._lines if key in self._edited else self._read_lines([key])
            values = resolve_record(table, lambda name: _parse_changes(lines.get((name, key), []))).values
        values["deleted"] = int(values.pop(DELETED))
        values.update(compute_columns(table, values))
        return values


def _parse_changes(lines: list[_Line]) -> list[Change]:
    """Return changes in journal order."""
    return [parse_change(line.id, line.field, line.value, line.parents) for line in sorted(lines, key=JOURNAL_ORDER)]


def _check_chains(cursor: Cursor) -> Iterator[str]:
    for fault in find_chain_faults(cursor):
        yield _("The journal was altered: {fault}.").format(fault=fault.format())


def find_journal_faults(cursor: Cursor, skipped: Collection[object] = ()) -> Iterator[str]:
    """Yield a sentence for each difference between journal and tables, without the records with a key in `skipped`.

    Raises the driver's errors.
    """
    tables = list_record_tables(cursor)
    changed = {name for (name,) in cursor.execute('SELECT DISTINCT "table" FROM change')}
    for table in tables:
        yield from _check_table(cursor, table, skipped, has_changes=table in changed)
    for table in sorted(changed.difference(tables)):
        keys = cursor.execute('SELECT row_id FROM change WHERE "table" = ?', (table,)).fetchall()
        if not {key for (key,) in keys} <= set(skipped):
            yield _("The journal refers to a missing table {table}.").format(table=table)


def _check_table(cursor: Cursor, table: Table, skipped: Collection[object], *, has_changes: bool) -> Iterator[str]:
    unproven = [key for key in list_unproven_records(cursor, table) if key not in skipped] if has_changes else []
    for start in range(0, len(unproven), _BATCH_SIZE):
        yield from _check_records(cursor, table, unproven[start : start + _BATCH_SIZE])
    for (key,) in cursor.execute(UNJOURNALLED.format(table=table), (table,)).fetchall():
        if key not in skipped:
            yield _("{table} {key} is in the table but not in the journal.").format(table=table, key=_format_key(key))


def list_unproven_records(cursor: Cursor, table: Table) -> list[object]:
    """Return the keys in the journal of a table whose records one statement does not show to equal their journal.

    It shows this of a record that one change added, and none changed later, if each column holds the value of the
    change: most records of most journals. All others take the rules, as does any value that is written in another way
    than the ledger writes it.
    """
    columns = read_columns(cursor, table)
    tests = ["json_valid(c.value)", "+t.deleted IS 0", "typeof(t.deleted) = 'integer'"]
    tests += [_build_column_test(name, columns) for name in columns.names]
    # What is left holds an unknown field, or one a second time, of which SQLite reads the first and Python the last.
    paths = ", ".join(f"'$.\"{name}\"'" for name in columns.names)
    tests.append(f"json_remove(c.value, {paths}) = '{{}}'")
    if table in EXCLUSIVE_COLUMNS:
        first, second = EXCLUSIVE_COLUMNS[table]
        tests.append(f'(t."{first}" IS NULL) <> (t."{second}" IS NULL)')
    for name in COMPUTED_COLUMNS.get(table, ()):
        cursor.connection.create_function(f"compute_{name}", 1, partial(_compute_column, table, name))
        tests.append(f't."{name}" IS compute_{name}(t.ref)')
    query = UNPROVEN.format(
        table=table,
        added=ADDED_CONTACT.format(", ".join(f"'{name}'" for name in PARTY_TABLES)) if table in PARTY_TABLES else ADDED,
        tests=" ".join(f"WHEN NOT coalesce({test}, 0) THEN 0" for test in tests),
    )
    return [key for (key,) in cursor.execute(query, (table,)).fetchall()]


def _build_column_test(name: str, columns: Columns) -> str:
    """Return SQL for whether a column of a row `t` holds its value in the change `c`, of the same type."""
    path = f"'$.\"{name}\"'"
    if name in columns.keys:
        return f'CASE WHEN t."{name}" IS NOT NULL THEN lower(hex(t."{name}")) END IS json_extract(c.value, {path})'
    if name in columns.texts:  # as JSON, in which a text is never equal to a list; no JSON holds a BLOB
        quoted = f"""CASE WHEN typeof(t."{name}") <> 'blob' THEN json_quote(t."{name}") END"""
        return f"{quoted} = coalesce(c.value -> {path}, 'null')"
    # With the sign no affinity of the column converts a text to a number. Numbers with a fraction take the rules.
    return f"""typeof(t."{name}") IN ('integer', 'null') AND +t."{name}" IS json_extract(c.value, {path})"""


def _compute_column(table: Table, name: str, ref: object) -> object:
    return compute_columns(table, {"ref": ref})[name] if isinstance(ref, str) else None


def _check_records(cursor: Cursor, table: Table, keys: Sequence[object]) -> Iterator[str]:
    columns = read_columns(cursor, table)
    names = ("deleted", *columns.names, *COMPUTED_COLUMNS.get(table, ()))
    key_positions = [position for position, name in enumerate(names) if name in columns.keys]
    listed = ", ".join(f'"{name}"' for name in ("id", *names))
    query = f'SELECT {listed} FROM "{table}" WHERE id IN ({build_placeholders(keys)})'
    stored = {key: row for key, *row in cursor.execute(query, keys)}
    journal = _Journal(cursor, table, keys)
    for key in keys:
        row = stored.get(key)
        if row is None:
            yield _("{table} {key} is in the journal but not in the table.").format(table=table, key=_format_key(key))
            continue
        try:
            expected = columns.defaults | journal.replay_row(table, key)
        except (ValueError, TypeError, AttributeError, LookupError, RecursionError):
            yield _("{table} {key}: a change in the journal cannot be read.").format(table=table, key=_format_key(key))
            continue
        for position in key_positions:
            if row[position] is not None:
                row[position] = _encode_key(row[position])
        if row != list(map(expected.get, names)):
            actual = dict(zip(names, row, strict=True))
            yield from _compare_row(table, actual.get("ref") or _format_key(key), expected, actual)


def _format_key(key: object) -> str:
    """Return a key as text; in a damaged row it can be of any type."""
    return str(_encode_key(key))


def _encode_key(key: object) -> object:
    """Return a key as in the journal."""
    return key.hex() if isinstance(key, bytes) else key


def _compare_row(table: Table, label: str, expected: dict[str, Any], actual: dict[str, Any]) -> Iterator[str]:
    for name, value in actual.items():
        if expected.get(name) != value:
            yield _("{table} {label}: {field} is {actual!r}, the journal has {expected!r}.").format(
                table=table, label=label, field=name, actual=value, expected=expected.get(name)
            )


def _check_search_index(cursor: Cursor) -> Iterator[str]:
    """Compare the texts of the search index with the records; `_check_file` compares its words with its texts."""
    try:
        differing = index.count_differences(cursor)
    except (dbapi2.Error, UnicodeDecodeError):
        differing = 1
    if differing:
        yield _format_index_fault(differing)


def _format_index_fault(differing: int) -> str:
    return ngettext(
        "1 entry of the search index does not match the records.",
        "{n} entries of the search index do not match the records.",
        differing,
    )
