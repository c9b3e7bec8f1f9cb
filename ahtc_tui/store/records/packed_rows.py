"""Rows of a long query, held in little memory."""

from __future__ import annotations

import marshal
import zlib
from collections.abc import Collection, Iterator
from typing import Any, TypeVar

from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.records.rows import FieldColumn, find_columns

Row = TypeVar("Row")
Part = TypeVar("Part")

ROWS_PER_BLOCK = 1_000
COMPRESSION_LEVEL = 1
"""The fastest; names and states that repeat take a tenth of their size already."""


class PackedRows(Collection[Row]):
    """Rows as `select_rows` returns them, held as compressed columns; each iteration builds them again."""

    def __init__(self, row_type: type[Row]) -> None:
        self._row_type = row_type
        self._columns: tuple[str, ...] = ()
        self._blocks: list[list[bytes]] = []
        self._count = 0

    def add(self, result: Cursor) -> None:
        """Add the remaining rows of a query, which has the same columns each time."""
        self._columns = tuple(column[0] for column in result.description)
        while rows := result.fetchmany(ROWS_PER_BLOCK):
            columns = map(marshal.dumps, zip(*rows, strict=True))
            self._blocks.append([zlib.compress(column, COMPRESSION_LEVEL) for column in columns])
            self._count += len(rows)

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Row]:
        return self.iterate_as(self._row_type)

    def iterate_as(self, row_type: type[Part]) -> Iterator[Part]:
        """Yield the rows as another class, whose fields are some of the columns: only these are decompressed.

        Raises TypeError for a field that is no column.
        """
        if not self._blocks:
            return
        fields = find_columns(row_type, self._columns)
        for block in self._blocks:
            yield from map(row_type, *(_read_column(block[field.position], field) for field in fields))

    def __contains__(self, row: object) -> bool:
        return any(row == other for other in self)


def _read_column(column: bytes, field: FieldColumn) -> list[Any]:
    values: list[Any] = marshal.loads(zlib.decompress(column))
    convert = field.converter
    if convert is None:
        return values
    return [None if value is None and field.is_optional else convert(value) for value in values]
