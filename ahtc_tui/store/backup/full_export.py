"""Every table out as rows with readable names, and back into an empty database. Knows no noun and no file.

What belongs to this copy of the database alone (its device, its seal) stays behind; the search index is made anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlcipher3 import dbapi2

from ahtc_tui.domain.backup.full_export import Broken, Row, TableShape
from ahtc_tui.domain.i18n import _
from ahtc_tui.store.engine import driver
from ahtc_tui.store.engine.creation import stamp_new
from ahtc_tui.store.engine.database import SEAL
from ahtc_tui.store.engine.migrate import upgrade
from ahtc_tui.store.journal import devices
from ahtc_tui.store.privacy.erasure_register import PENDING
from ahtc_tui.store.records.columns import record_tables
from ahtc_tui.store.search import index

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor

LOCAL_SETTINGS = ("device", "device_name", devices.FORMER, SEAL, PENDING)
NOT_TABLES = ("alembic_version",)
BATCH = 2000


def shapes(cursor: Cursor) -> list[TableShape]:
    """Every table, the records first, then the journal and what lies beside it."""
    records = record_tables(cursor)
    listed = cursor.execute(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
        " AND name NOT LIKE 'sqlite~_%' ESCAPE '~' ORDER BY name"
    ).fetchall()
    others = [name for (name,) in listed if name not in (*records, *NOT_TABLES)]
    named = {name for (name,) in listed if "ref" in _columns(cursor, name)}
    named |= {name for (name,) in listed if _points(cursor, name).get("id") in named}
    return [_shape(cursor, name, named) for name in (*records, *others)]


def _columns(cursor: Cursor, table: str) -> dict[str, str]:
    """Each column with its kind."""
    return dict(cursor.execute("SELECT name, type FROM pragma_table_info(?)", (table,)).fetchall())


def _points(cursor: Cursor, table: str) -> dict[str, str]:
    """Each column with a key of another table, with that table."""
    return dict(cursor.execute('SELECT "from", "table" FROM pragma_foreign_key_list(?)', (table,)).fetchall())


def _shape(cursor: Cursor, table: str, named: set[str]) -> TableShape:
    kinds = _columns(cursor, table)
    keys = frozenset(name for name, kind in kinds.items() if kind == "BLOB")
    points = _points(cursor, table)
    beside = tuple(  # a key of any table has no reference in the schema
        f"{name}_ref" for name in kinds if name in keys and (points[name] in named if name in points else name != "id")
    )
    rows: int = cursor.execute(f'SELECT count(*) FROM "{table}" WHERE {_where(table)}').fetchone()[0]
    return TableShape(table, tuple(kinds), keys, beside, rows)


def _where(table: str) -> str:
    return "name NOT IN ({})".format(", ".join(f"'{name}'" for name in LOCAL_SETTINGS)) if table == "setting" else "1"


def references(cursor: Cursor) -> dict[bytes, str]:
    """The key of every record that people have a reference for."""
    found: dict[bytes, str] = {}
    for table in record_tables(cursor):
        if "ref" in _columns(cursor, table):
            found.update(cursor.execute(f'SELECT id, ref FROM "{table}"'))
    return found


def rows(cursor: Cursor, shape: TableShape, refs: dict[bytes, str]) -> Iterator[Row]:
    """The rows of a table in the order in which they were written."""
    names = ", ".join(f'"{name}"' for name in shape.columns)
    for line in cursor.execute(f'SELECT {names} FROM "{shape.name}" WHERE {_where(shape.name)} ORDER BY rowid'):
        found: dict[str, Any] = {}
        for name, value in zip(shape.columns, line, strict=True):
            key = isinstance(value, bytes)
            found[name] = value.hex() if key else value
            if f"{name}_ref" in shape.references:
                found[f"{name}_ref"] = refs.get(value) if key else None
        yield found


def markings(cursor: Cursor) -> set[str]:
    """Every marking that a record has."""
    found: set[str] = set()
    for table in record_tables(cursor):
        if "marking" in _columns(cursor, table):
            found.update(said for (said,) in cursor.execute(f'SELECT DISTINCT marking FROM "{table}"') if said)
    return found


def is_empty(cursor: Cursor) -> bool:
    """Whether nothing was ever written to an office."""
    if cursor.execute("SELECT 1 FROM step LIMIT 1").fetchone():
        return False
    return not any(cursor.execute(f'SELECT 1 FROM "{table}" LIMIT 1').fetchone() for table in record_tables(cursor))


def make_at(path: Path, key: str | None, schema: int) -> None:
    """Make an empty database of the schema that an archive was written from."""
    upgrade(path, key, stamp_new, new=True, to=schema)


def bring_up(path: Path, key: str | None) -> None:
    """Bring it to the present schema."""
    upgrade(path, key, lambda _connection: None)


def fill(
    path: Path,
    key: str | None,
    columns: dict[str, tuple[str, ...]],
    read: Callable[[str], Iterator[Row]],
    former: Sequence[Any],
) -> None:
    """Write every table of an archive into an empty file, in one transaction. `read` gives the rows of a table.

    Raises Broken where the tables, columns or values are not those of the schema; then nothing was written.
    """
    connection = driver.connect(path, key)
    cursor = connection.cursor()
    try:
        cursor.execute("BEGIN IMMEDIATE")
        cursor.execute("PRAGMA defer_foreign_keys = ON")
        known = {shape.name: shape for shape in shapes(cursor)}
        _refuse_other_tables({name: shape.columns for name, shape in known.items()}, columns)
        cursor.execute("DELETE FROM setting")
        for shape in known.values():
            _fill_table(cursor, shape, read(shape.name))
        index.rebuild(cursor)
        devices.take_new(cursor, [devices.Former(str(device), int(last)) for device, last in former])
        cursor.execute("COMMIT")
    except (dbapi2.IntegrityError, dbapi2.InterfaceError, OverflowError, UnicodeEncodeError) as error:
        raise Broken(_("its tables do not hold together: {reason}").format(reason=error)) from error
    except dbapi2.Error as error:
        raise driver.store_error(error, path) from error
    finally:
        if connection.in_transaction:
            connection.rollback()
        connection.close()


def _refuse_other_tables(known: dict[str, tuple[str, ...]], columns: dict[str, tuple[str, ...]]) -> None:
    differing = sorted(name for name in known.keys() | columns.keys() if known.get(name) != columns.get(name))
    if differing:
        raise Broken(_("its tables are not those of its schema: {names}").format(names=", ".join(differing)))


def _fill_table(cursor: Cursor, shape: TableShape, lines: Iterator[Row]) -> None:
    names = ", ".join(f'"{name}"' for name in shape.columns)
    marks = ", ".join("?" * len(shape.columns))
    while some := list(islice(lines, BATCH)):
        cursor.executemany(
            f'INSERT INTO "{shape.name}" ({names}) VALUES ({marks})', [_stored(shape, row) for row in some]
        )


def _stored(shape: TableShape, row: Row) -> tuple[Any, ...]:
    """The values of a row as the database has them. Raises Broken for what no column holds."""
    found = []
    for name in shape.columns:
        value = row[name]
        if value is not None and not isinstance(value, str | int | float):
            raise Broken(_("{table}: {column} holds what is no value").format(table=shape.name, column=name))
        if name in shape.keys and value is not None:
            try:
                value = bytes.fromhex(str(value))
            except ValueError as error:
                raise Broken(_("{table}: {column} is no key").format(table=shape.name, column=name)) from error
        found.append(value)
    return tuple(found)
