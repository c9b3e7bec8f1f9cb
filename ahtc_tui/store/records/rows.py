"""Reads that return typed rows: each result column becomes the field of the same name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor

Row = TypeVar("Row", bound=NamedTuple)


def select_rows(cursor: Cursor, row_type: type[Row], statement: str, values: Any = ()) -> list[Row]:
    """Run a query and return its rows as `row_type`, a NamedTuple whose fields are the names of the result columns.

    The order of the columns does not matter. Raises TypeError where the columns and the fields are not the same names.
    """
    return list(iterate_rows(cursor, row_type, statement, values))


def select_row(cursor: Cursor, row_type: type[Row], statement: str, values: Any = ()) -> Row | None:
    """Run a query and return its first row like `select_rows`; None where it has none."""
    return next(iterate_rows(cursor, row_type, statement, values), None)


def iterate_rows(cursor: Cursor, row_type: type[Row], statement: str, values: Any = ()) -> Iterator[Row]:
    """Run a query at once and read its rows one by one like `select_rows`; the cursor is in use until the last row."""
    result = cursor.execute(statement, values)
    return map(_build_reader(row_type, [column[0] for column in result.description]), result)


def _build_reader(row_type: type[Row], columns: list[str]) -> Callable[[tuple[Any, ...]], Row]:
    """The function that builds a `row_type` from a result row with these columns."""
    fields = row_type._fields
    if tuple(columns) == fields:
        return row_type._make
    if sorted(columns) != sorted(fields):
        raise TypeError(f"{row_type.__name__} has the fields {fields}, but the query returns {columns}")
    positions = [columns.index(name) for name in fields]
    return lambda values: row_type._make([values[position] for position in positions])
