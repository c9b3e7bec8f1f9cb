"""What the store uses of a cursor of sqlcipher3, which ships no types. Definitions only."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol


class Cursor(Protocol):
    """A cursor on the open database."""

    @property
    def connection(self) -> Any:
        """The connection that it belongs to."""

    @property
    def rowcount(self) -> int:
        """How many rows the last statement changed."""

    @property
    def lastrowid(self) -> int | None:
        """The row number that the last insert gave."""

    def execute(self, statement: str, values: Any = (), /) -> Cursor:
        """Run one statement."""

    def executemany(self, statement: str, rows: Any, /) -> Cursor:
        """Run one statement for many rows."""

    def fetchone(self) -> Any:
        """The next row, or None."""

    def fetchall(self) -> list[Any]:
        """The rows that are left."""

    def __iter__(self) -> Iterator[Any]: ...

    def close(self) -> None:
        """Close it."""
