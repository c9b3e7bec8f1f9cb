"""Databases from outside: only a file with the tables of this program is read, and no read of it goes on for ever."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from sqlcipher3 import dbapi2

from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.text.cleaning import escape_controls
from ahtc_tui.store.engine import driver
from ahtc_tui.store.engine.encryption import derive_key
from ahtc_tui.store.engine.party_names import define_first_day
from ahtc_tui.store.records.rows import select_rows

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from ahtc_tui.store.records.cursor import Cursor

DRIVER_ERRORS = (dbapi2.Error, UnicodeDecodeError)
SECONDS = 6.0
"""Time of one read, after which it is stopped unless the size of the file explains it."""
FREE_STEPS, STEPS_A_BYTE = 20_000_000, 2
"""Instructions of SQLite that one read may take: one pass over a row is fewer than the bytes of the row."""
STEPS_BETWEEN = 50_000
"""Instructions between two looks at the clock."""
ROWS_AT_ONCE = 200
"""Rows that are fetched together."""
MEMORY = Path(":memory:")
SHOWN_CHARACTERS = 40
SCHEMA_QUERY = "SELECT type, name, tbl_name AS owner, coalesce(sql, '') AS text FROM sqlite_schema"


class SchemaObject(NamedTuple):
    """A table, index, trigger or view."""

    type: str
    name: str
    owner: str
    text: str
    """The statement that created it."""


Schema = frozenset[SchemaObject]


def read_schema(cursor: Cursor) -> Schema:
    """Return what a database is made of; spaces do not count."""
    objects = select_rows(cursor, SchemaObject, SCHEMA_QUERY)
    return frozenset(item._replace(text=" ".join(str(item.text).split())) for item in objects)


@cache
def build_schema(version: int) -> Schema:
    """Return what a new database of a version of the schema is made of."""
    from ahtc_tui.store.engine.migrate import run_migrations

    schemas: list[Schema] = []

    def note_schema(connection: Connection) -> None:
        schemas.append(read_schema(connection.connection.cursor()))  # type: ignore[arg-type]  # a cursor of our driver

    run_migrations(MEMORY, None, note_schema, new=True, to_schema=version)
    return schemas[0]


class ReadLimit:
    """Stops a read that takes longer than the size of its file explains."""

    def __init__(self, connection: Any, size: int) -> None:
        self._most_steps = FREE_STEPS + STEPS_A_BYTE * size
        self.restart()
        connection.set_progress_handler(self._is_exceeded, STEPS_BETWEEN)

    def restart(self) -> None:
        """Begin another read."""
        self._steps, self._end = 0, time.monotonic() + SECONDS

    def _is_exceeded(self) -> bool:
        self._steps += STEPS_BETWEEN
        return self._steps > self._most_steps and time.monotonic() > self._end


class ForeignConnection(dbapi2.Connection):  # type: ignore[misc]  # the driver ships no types
    """A connection whose cursors raise every error as BadFile."""

    path: Path
    limit: ReadLimit

    def cursor(self, *_arguments: Any) -> Any:
        """Return a cursor of a foreign file."""
        return ForeignCursor(self)


class ForeignCursor(dbapi2.Cursor):  # type: ignore[misc]  # the driver ships no types
    """A cursor whose errors are raised as BadFile, and whose reads have an end."""

    connection: ForeignConnection

    def execute(self, *arguments: Any) -> Any:
        """Run a statement and return the cursor. Raises BadFile."""
        self.connection.limit.restart()
        try:
            return super().execute(*arguments)
        except DRIVER_ERRORS as error:
            raise build_fault(self.connection.path, error) from error

    def fetchone(self) -> Any:
        """Return the next row, or None after the last. Raises BadFile."""
        try:
            return super().fetchone()
        except DRIVER_ERRORS as error:
            raise build_fault(self.connection.path, error) from error

    def fetchall(self) -> Any:
        """Return the remaining rows. Raises BadFile."""
        try:
            return super().fetchall()
        except DRIVER_ERRORS as error:
            raise build_fault(self.connection.path, error) from error

    def fetchmany(self, *arguments: Any) -> Any:
        """Return the next rows, or none after the last. Raises BadFile."""
        try:
            return super().fetchmany(*arguments)
        except DRIVER_ERRORS as error:
            raise build_fault(self.connection.path, error) from error

    def __iter__(self) -> Iterator[Any]:
        # Rows come in groups, since a call in Python for each of them is a tenth of the time of a merge.
        while rows := self.fetchmany(ROWS_AT_ONCE):
            yield from rows

    def __next__(self) -> Any:
        row = self.fetchone()
        if row is None:
            raise StopIteration
        return row


@contextmanager
def open_foreign_file(
    path: Path, key: str | None, schema: Schema | None = None, extra: Schema = frozenset()
) -> Iterator[Cursor]:
    """Open a database read-only that has the tables of this program. Raises BadFile.

    `schema` is that of the local database, which the file must have; without it the file may be of an older version.
    What is `extra` may be there as well.
    """
    raw = derive_key(path, key)
    address = f"file:{quote(str(path.resolve()))}?mode=ro"
    try:
        connection = dbapi2.connect(
            address, uri=True, isolation_level=None, check_same_thread=False, factory=ForeignConnection
        )
    except dbapi2.Error as error:
        raise build_fault(path, error) from error
    with closing(connection):
        connection.path, connection.limit = path, ReadLimit(connection, path.stat().st_size)
        connection.text_factory = _decode_text
        define_first_day(connection)
        cursor = connection.cursor()
        cursor.execute("PRAGMA cipher_log_level = NONE")
        if raw:
            cursor.execute(f'PRAGMA key = "{raw}"')
        for setting in (
            "query_only = ON",
            "trusted_schema = OFF",
            "cell_size_check = ON",
            "ignore_check_constraints = ON",
        ):
            cursor.execute(f"PRAGMA {setting}")
        version = _read_version(cursor, path, allow_older=schema is None)
        cursor.execute("BEGIN")
        _refuse_other_schema(cursor, path, build_schema(version) if schema is None else schema, extra)
        yield cursor


def _decode_text(data: bytes) -> str:
    """Decode a text; invalid bytes become lone surrogates, which the checks of the lines refuse one by one."""
    return data.decode("utf-8", "surrogateescape")


def refuse_foreign_tables(path: Path, key: str | None, shown: Path) -> None:
    """Raise BadFile for a backup with other tables than a version of this program makes; `shown` is its name."""
    try:
        with open_foreign_file(path, key) as cursor:
            fault = check_tables(cursor, [item.name for item in read_schema(cursor) if item.type == "table"])
    except BadFile as error:
        raise BadFile(str(error).replace(str(path), str(shown))) from error
    if fault:
        sentence = _("{path} is damaged: {fault}. Use an undamaged copy.")
        raise BadFile(sentence.format(path=shown, fault=fault.rstrip(".")))


def _read_version(cursor: Cursor, path: Path, *, allow_older: bool) -> int:
    """Return the version of the schema. Raises BadFile for another program or version."""
    (program,) = cursor.execute("PRAGMA application_id").fetchone()
    if program != driver.APPLICATION_ID:
        raise BadFile(_("{path} is a database of another program, not of ahtc.").format(path=path))
    version = driver.read_schema_version(cursor)
    if allow_older and version > driver.SCHEMA_VERSION:
        raise BadFile(_("{path} was saved by a newer version of ahtc. Install that version.").format(path=path))
    if version < 1 or (version != driver.SCHEMA_VERSION and not allow_older):
        sentence = _("{path} was saved by another version of ahtc. Install the same version on both laptops.")
        raise BadFile(sentence.format(path=path))
    return version


def _refuse_other_schema(cursor: Cursor, path: Path, schema: Schema, extra: Schema) -> None:
    """Raise BadFile for a table, view, trigger or index that this version does not make, or for a missing table."""
    present = read_schema(cursor)
    other = [*(present - schema - extra), *(item for item in schema - present if item.type == "table")]
    if other:
        name = min(str(item.name) for item in other)
        raise BadFile(
            _('{path} has other tables than this version of ahtc ("{name}"). It was not read.').format(
                path=path, name=escape_controls(name[:SHOWN_CHARACTERS])
            )
        )


def check_tables(cursor: Cursor, tables: Iterable[str]) -> str | None:
    """Return the first damage of these tables and their indexes; None where they are sound. Raises BadFile."""
    for table in tables:
        (result,) = cursor.execute(f"PRAGMA quick_check('{table}')").fetchone()
        if result != "ok":
            return str(result)
    return None


def build_fault(path: Path, error: Exception) -> BadFile:
    """Build the error for an exception of the driver while a foreign file is read."""
    if isinstance(error, UnicodeDecodeError) or str(error).startswith("Could not decode"):
        return BadFile(_("{path} is damaged and contains invalid characters.").format(path=path))
    name = getattr(error, "sqlite_errorname", None) or ""
    if name.startswith("SQLITE_NOTADB"):
        return BadFile(_("{path} is not a database of ahtc, or the passphrase is wrong.").format(path=path))
    if name.startswith("SQLITE_CORRUPT"):
        return BadFile(_("{path} is damaged: {fault}. Use an undamaged copy.").format(path=path, fault=error))
    if name.startswith("SQLITE_INTERRUPT"):
        return BadFile(_("{path} takes too long to read. Nothing was changed.").format(path=path))
    return BadFile(_("{path} cannot be read: {error}. Nothing was changed.").format(path=path, error=error))
