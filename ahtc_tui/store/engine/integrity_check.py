"""Integrity check: SQLite's own checks, the journal replayed and compared with the tables, and the search index."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlcipher3 import dbapi2

from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.store.journal.chain_check import find_chain_faults
from ahtc_tui.store.journal.record_state import resolve_record
from ahtc_tui.store.journal.replay import DELETED, Change, parse_change
from ahtc_tui.store.records.columns import COMPUTED_COLUMNS, compute_columns, list_record_tables, read_columns
from ahtc_tui.store.records.rows import select_rows
from ahtc_tui.store.records.table_names import Table
from ahtc_tui.store.search import index

if TYPE_CHECKING:
    from ahtc_tui.store.engine.database import Database
    from ahtc_tui.store.records.cursor import Cursor

Journal = dict[Table, dict[object, list[tuple[Any, ...]]]]
"""Rows of the journal by table and key of the record."""

GUARD_TRIGGERS = {"change_is_never_altered", "change_is_never_removed"}
"""The triggers that make the journal append-only."""


def find_faults(database: Database) -> list[str]:
    """Return a sentence for each fault; none for a sound database."""
    faults: list[str] = []
    with database.read() as cursor:
        for check in (_check_file, _check_guards, find_journal_faults, _check_chains, _check_search_index):
            try:
                faults.extend(check(cursor))
            except (dbapi2.Error, UnicodeDecodeError) as error:
                faults.append(_("The file cannot be read to the end: {error}.").format(error=error))
    return faults


def find_file_faults(database: Database) -> list[str]:
    """Return the faults of the file, its indexes and foreign keys; the first part of `find_faults`."""
    with database.read() as cursor:
        try:
            return list(_check_file(cursor))
        except (dbapi2.Error, UnicodeDecodeError) as error:
            return [_("The file cannot be read to the end: {error}.").format(error=error)]


class _MissingParent(NamedTuple):
    """A row with a foreign key to a record that does not exist."""

    table: str
    row: int
    parent: str


def _check_file(cursor: Cursor) -> Iterator[str]:
    for (line,) in cursor.execute("PRAGMA integrity_check").fetchall():
        if line != "ok":
            yield _("The file is damaged: {line}.").format(line=line)
    for (line,) in cursor.execute("PRAGMA cipher_integrity_check").fetchall():
        yield _("The file is damaged: {line}.").format(line=line)
    query = 'SELECT "table", "rowid" AS row, parent FROM pragma_foreign_key_check'
    for fault in select_rows(cursor, _MissingParent, query):
        yield _("{table} row {row} refers to a missing record of {parent}.").format(**fault._asdict())


def _check_guards(cursor: Cursor) -> Iterator[str]:
    triggers = {name for (name,) in cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")}
    if not triggers >= GUARD_TRIGGERS:
        yield _("The journal is not protected against changes: its triggers are missing.")


def _check_chains(cursor: Cursor) -> Iterator[str]:
    for fault in find_chain_faults(cursor):
        yield _("The journal was altered: {fault}.").format(fault=fault.format())


def find_journal_faults(cursor: Cursor, skipped: Collection[object] = ()) -> Iterator[str]:
    """Yield a sentence for each difference between journal and tables, without the records with a key in `skipped`.

    Raises the driver's errors.
    """
    rows = cursor.execute(
        'SELECT "table", row_id, id, field, value, parents FROM change ORDER BY "table", row_id, seq, wall_ms, id'
    ).fetchall()
    rows = [row for row in rows if row[1] not in skipped]
    journal: Journal = {
        table: {key: list(record_rows) for key, record_rows in groupby(table_rows, key=itemgetter(1))}
        for table, table_rows in groupby(rows, key=itemgetter(0))
    }
    tables = list_record_tables(cursor)
    for table in tables:
        yield from _check_table(cursor, table, journal, skipped)
    for table in journal.keys() - set(tables):
        yield _("The journal refers to a missing table {table}.").format(table=table)


def _check_table(cursor: Cursor, table: Table, journal: Journal, skipped: Collection[object]) -> Iterator[str]:
    columns = read_columns(cursor, table)
    names = ("deleted", *columns.names, *COMPUTED_COLUMNS.get(table, ()))
    listed = ", ".join(f'"{name}"' for name in ("id", *names))
    stored = {
        key: dict(zip(names, row, strict=True)) for key, *row in cursor.execute(f'SELECT {listed} FROM "{table}"')
    }
    unset = dict.fromkeys(names)
    for key in journal.get(table, {}):
        row = stored.pop(key, None)
        if row is None:
            yield _("{table} {key} is in the journal but not in its table.").format(table=table, key=_format_key(key))
            continue
        try:
            expected = {**unset, **_replay_row(table, key, journal)}
        except (ValueError, TypeError, AttributeError, LookupError, RecursionError):
            yield _("{table} {key}: a change in its journal cannot be read.").format(table=table, key=_format_key(key))
            continue
        for name in columns.keys:
            row[name] = _encode_key(row[name])
        if not row.items() <= expected.items():
            yield from _compare_row(table, row.get("ref") or _format_key(key), expected, row)
    for key in stored.keys() - set(skipped):
        yield _("{table} {key} is in its table but not in the journal.").format(table=table, key=_format_key(key))


def _format_key(key: object) -> str:
    """Return a key as text; in a damaged row it can be of any type."""
    return str(_encode_key(key))


def _encode_key(key: object) -> object:
    """Return a key as in the journal."""
    return key.hex() if isinstance(key, bytes) else key


def _replay_row(table: Table, key: object, journal: Journal) -> dict[str, Any]:
    def read_changes(name: Table) -> list[Change]:
        return [parse_change(*journal_row[2:]) for journal_row in journal.get(name, {}).get(key, ())]

    values = resolve_record(table, read_changes).values
    removed = values.pop(DELETED)
    return values | compute_columns(table, values) | {"deleted": int(removed)}


def _compare_row(table: Table, label: str, expected: dict[str, Any], actual: dict[str, Any]) -> Iterator[str]:
    for name, value in actual.items():
        if expected.get(name) != value:
            yield _("{table} {label}: {field} is {actual!r}, the journal has {expected!r}.").format(
                table=table, label=label, field=name, actual=value, expected=expected.get(name)
            )


def _check_search_index(cursor: Cursor) -> Iterator[str]:
    try:
        _run_index_check(cursor)
        differing = index.count_differences(cursor)
    except (dbapi2.Error, UnicodeDecodeError):
        differing = 1
    if differing:
        yield ngettext(
            "The search index does not match the records: 1 entry differs.",
            "The search index does not match the records: {n} entries differ.",
            differing,
        )


def _run_index_check(cursor: Cursor) -> None:
    """Run SQLite's check of the index; it counts as a write, so it is omitted on a read-only file."""
    try:
        cursor.execute("INSERT INTO search (search, rank) VALUES ('integrity-check', 0)")
    except dbapi2.OperationalError as error:
        if not (error.sqlite_errorname or "").startswith("SQLITE_READONLY"):
            raise
