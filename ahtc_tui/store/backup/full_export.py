"""Full exports: every table as rows, and back into an empty database.

Local settings (device id, seal) and what an undone merge had brought are not exported; the search index is rebuilt.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from ahtc_tui.domain.backup.full_export import ArchiveRow, BrokenArchive, TableShape
from ahtc_tui.domain.i18n import _
from ahtc_tui.store.engine import driver
from ahtc_tui.store.engine.copies import FORMER_KEY
from ahtc_tui.store.engine.creation import stamp_new_file
from ahtc_tui.store.engine.database import SEAL
from ahtc_tui.store.engine.migrate import run_migrations
from ahtc_tui.store.journal import devices
from ahtc_tui.store.journal.chain import StoredChange, commit_unchained
from ahtc_tui.store.journal.desk_people import DESK_PEOPLE
from ahtc_tui.store.journal.screen_state import LIST_PLACES, UNSAVED_TEXTS
from ahtc_tui.store.privacy.erasure_register import PENDING, REDACTED
from ahtc_tui.store.records.columns import list_record_tables, read_parents
from ahtc_tui.store.records.cursor import Cursor, build_placeholders, defer_foreign_keys
from ahtc_tui.store.records.outgoing_paths import OUTGOING_PATHS
from ahtc_tui.store.records.references import DEPARTURE
from ahtc_tui.store.records.rows import select_mapping
from ahtc_tui.store.search import index

HASHES = ("salt", "digest", "chain")
"""Columns of bytes that are not keys."""
_HERE = (DESK_PEOPLE, LIST_PLACES, UNSAVED_TEXTS, DEPARTURE, OUTGOING_PATHS, FORMER_KEY, SEAL, PENDING, REDACTED)
LOCAL_SETTINGS = ("device", "device_name", devices.FORMER_DEVICES, devices.CLOSED_DEVICES, *_HERE)
EXCLUDED_TABLES = ("alembic_version", "parked_line")
AREA_TABLES = ("areas", "area_names")
BATCH = 2000


def read_shapes(cursor: Cursor) -> list[TableShape]:
    """Return every table, tables of records first."""
    records = list_record_tables(cursor)
    tables = cursor.execute(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
        " AND name NOT LIKE 'sqlite~_%' ESCAPE '~' ORDER BY name"
    ).fetchall()
    other_tables = [name for (name,) in tables if name not in (*records, *EXCLUDED_TABLES)]
    tables_with_ref = {name for (name,) in tables if "ref" in _read_column_types(cursor, name)}
    tables_with_ref |= {name for (name,) in tables if read_parents(cursor, name).get("id") in tables_with_ref}
    return [_build_shape(cursor, name, tables_with_ref) for name in (*records, *other_tables)]


def _read_column_types(cursor: Cursor, table: str) -> dict[str, str]:
    return select_mapping(cursor, "SELECT name AS key, type AS value FROM pragma_table_info(?, 'main')", (table,))


def _build_shape(cursor: Cursor, table: str, tables_with_ref: set[str]) -> TableShape:
    types = _read_column_types(cursor, table)
    keys = frozenset(name for name, kind in types.items() if kind == "BLOB")
    parents = read_parents(cursor, table)
    reference_columns = tuple(  # a key without a foreign key may be that of any table
        f"{name}_ref"
        for name in types
        if name in keys
        and name not in HASHES
        and (parents[name] in tables_with_ref if name in parents else name != "id")
    )
    rows: int = cursor.execute(f'SELECT count(*) FROM "{table}" WHERE {_build_condition(table)}').fetchone()[0]
    return TableShape(table, tuple(types), keys, reference_columns, rows)


def _build_condition(table: str) -> str:
    return "name NOT IN ({})".format(", ".join(f"'{name}'" for name in LOCAL_SETTINGS)) if table == "setting" else "1"


def read_references(cursor: Cursor) -> dict[bytes, str]:
    """Return the reference of every record that has one, by key."""
    refs: dict[bytes, str] = {}
    for table in list_record_tables(cursor):
        if "ref" in _read_column_types(cursor, table):
            refs.update(cursor.execute(f'SELECT id, ref FROM "{table}"'))
    return refs


def read_rows(cursor: Cursor, shape: TableShape, refs: dict[bytes, str]) -> Iterator[ArchiveRow]:
    """Yield the rows of a table in the order of writing."""
    names = ", ".join(f'"{name}"' for name in shape.columns)
    order = "id" if shape.name == "step" else "rowid"
    if "n" in shape.columns:
        order = "n"
    headings = [(name, f"{name}_ref" if f"{name}_ref" in shape.references else None) for name in shape.columns]
    for values in cursor.execute(
        f'SELECT {names} FROM "{shape.name}" WHERE {_build_condition(shape.name)} ORDER BY {order}'
    ):
        row: dict[str, Any] = {}
        for (name, reference), value in zip(headings, values, strict=True):
            is_key = isinstance(value, bytes)
            row[name] = value.hex() if is_key else value
            if reference:
                row[reference] = refs.get(value) if is_key else None
        yield row


def list_markings(cursor: Cursor) -> set[str]:
    """Return every protective marking in use."""
    markings: set[str] = set()
    for table in list_record_tables(cursor):
        if "marking" in _read_column_types(cursor, table):
            markings.update(
                marking for (marking,) in cursor.execute(f'SELECT DISTINCT marking FROM "{table}"') if marking
            )
    return markings


def is_empty(cursor: Cursor) -> bool:
    """Return whether the database has nothing but the areas of Wales, with which every office begins."""
    if cursor.execute("SELECT 1 FROM step WHERE kind <> 'load' LIMIT 1").fetchone():
        return False
    tables = [table for table in list_record_tables(cursor) if table not in AREA_TABLES]
    return not any(cursor.execute(f'SELECT 1 FROM "{table}" LIMIT 1').fetchone() for table in tables)


def create_at_schema(path: Path, key: str | None, schema: int) -> None:
    """Create an empty database with the schema of an older archive."""
    run_migrations(path, key, stamp_new_file, new=True, to_schema=schema)


def upgrade_schema(path: Path, key: str | None) -> None:
    """Migrate a database to the present schema."""
    run_migrations(path, key, lambda _connection: None)


def fill_database(
    path: Path,
    key: str | None,
    columns: dict[str, tuple[str, ...]],
    read_table: Callable[[str], Iterator[ArchiveRow]],
    former: Sequence[Any],
) -> None:
    """Write every table of an archive into an empty file, in one transaction; `read_table` yields the rows of a table.

    Raises BrokenArchive, with nothing written, where tables, columns or values do not fit the schema.
    """
    connection = driver.open_connection(path, key)
    cursor = connection.cursor()
    try:
        cursor.execute("BEGIN IMMEDIATE")
        defer_foreign_keys(cursor)
        table_shapes = {shape.name: shape for shape in read_shapes(cursor)}
        _refuse_other_tables({name: shape.columns for name, shape in table_shapes.items()}, columns)
        cursor.execute("DELETE FROM setting")
        for shape in table_shapes.values():
            _fill_table(cursor, shape, read_table(shape.name))
        index.rebuild_index(cursor)
        devices.assign_new_device(cursor, [devices.FormerDevice(str(device), int(last)) for device, last in former])
        cursor.execute("COMMIT")
    except (dbapi2.IntegrityError, dbapi2.InterfaceError, OverflowError, UnicodeEncodeError) as error:
        raise BrokenArchive(_("the tables are inconsistent: {reason}").format(reason=error)) from error
    except dbapi2.Error as error:
        raise driver.build_store_error(error, path) from error
    finally:
        if connection.in_transaction:
            connection.rollback()
        connection.close()


def _refuse_other_tables(expected: dict[str, tuple[str, ...]], columns: dict[str, tuple[str, ...]]) -> None:
    differing = sorted(name for name in expected.keys() | columns.keys() if expected.get(name) != columns.get(name))
    if differing:
        raise BrokenArchive(_("the tables differ from the schema: {names}").format(names=", ".join(differing)))


def _fill_table(cursor: Cursor, shape: TableShape, rows: Iterator[ArchiveRow]) -> None:
    names = ", ".join(f'"{name}"' for name in shape.columns)
    insert_row = f'INSERT INTO "{shape.name}" ({names}) VALUES ({build_placeholders(shape.columns)})'
    while batch := list(islice(rows, BATCH)):
        cursor.executemany(insert_row, [_commit_limited(shape, _to_column_values(shape, row)) for row in batch])


def _commit_limited(shape: TableShape, values: tuple[Any, ...]) -> tuple[Any, ...]:
    """Compute the hashes of a change of an archive limited by marking, which has none because values are left out."""
    if shape.name != "change" or "digest" not in shape.columns:
        return values
    change = StoredChange(*values)
    return values if change.digest else commit_unchained(change, secrets.token_bytes(16))[: len(values)]


def _to_column_values(shape: TableShape, row: ArchiveRow) -> tuple[Any, ...]:
    """Convert a row of an archive to column values. Raises BrokenArchive."""
    values = []
    for name in shape.columns:
        value = row[name]
        if value is not None and not isinstance(value, str | int | float):
            raise BrokenArchive(_("{table}: {column} has an invalid value").format(table=shape.name, column=name))
        if name in shape.keys and value is not None:
            try:
                value = bytes.fromhex(str(value))
            except ValueError as error:
                raise BrokenArchive(
                    _("{table}: {column} is not a key").format(table=shape.name, column=name)
                ) from error
        values.append(value)
    return tuple(values)
