"""The part of a database cursor that the store uses, which sqlcipher3 does not type, and lists as its parameters."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence, Sized
from contextlib import contextmanager
from typing import Any, Protocol

from ahtc_tui.domain.keys import RowKey

Values = Sequence[Any] | Mapping[str, Any]
"""Parameters of a statement: by position or by name."""

KEYS = "(SELECT unhex(value) FROM json_each({}))"
"""SQL for any number of keys in one parameter, as `encode_keys` writes it."""


def build_placeholders(values: Sized) -> str:
    """Return a parameter of a statement for each value: "?, ?"."""
    return ", ".join("?" * len(values))


def defer_foreign_keys(cursor: Cursor) -> None:
    """Check foreign keys at the end of the transaction, so that rows can be written in any order.

    SQLite compiles every statement of the connection again after this, so edits of texts and dates do without it.
    """
    cursor.execute("PRAGMA defer_foreign_keys = ON")


class Cursor(Protocol):
    """A cursor on an open database. Rows are tuples; `records.rows` reads them by column name."""

    @property
    def connection(self) -> Any: ...

    @property
    def description(self) -> Sequence[tuple[Any, ...]]:
        """One tuple for each result column; the first item is its name. Defined after a query only."""

    @property
    def rowcount(self) -> int: ...

    def execute(self, statement: str, values: Values = (), /) -> Cursor: ...

    def executemany(self, statement: str, rows: Iterable[Values], /) -> Cursor: ...

    def fetchone(self) -> Any: ...

    def fetchmany(self, size: int, /) -> list[Any]: ...

    def fetchall(self) -> list[Any]: ...

    def __iter__(self) -> Iterator[Any]: ...

    def close(self) -> None: ...


def encode_keys(keys: Iterable[RowKey]) -> str:
    """Return keys as one parameter of a query."""
    return json.dumps([key.hex() for key in keys])


@contextmanager
def begin_snapshot(cursor: Cursor) -> Iterator[None]:
    """Read the same state of the database throughout the block."""
    cursor.execute("BEGIN")
    try:
        yield
    finally:
        if cursor.connection.in_transaction:
            cursor.execute("ROLLBACK")
