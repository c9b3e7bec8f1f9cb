"""Reads that return typed rows: each result column becomes the field of the same name, converted to its type."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import MISSING, fields
from datetime import date, datetime, time
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, TypeVar, get_args, get_origin, get_type_hints

from ahtc_tui.domain.dates.date_as_known import DateAsKnown, read_stored_date

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor

Row = TypeVar("Row")
Converter = Callable[[Any], Any]


def select_rows(cursor: Cursor, row_type: type[Row], statement: str, values: Any = ()) -> list[Row]:
    """Run a query and return its rows as `row_type`, a NamedTuple or dataclass with the result columns as its fields.

    The order of the columns does not matter; fields with a default may be missing. Values are converted to the types of
    the fields: bool, Enum, date, time, datetime, DateAsKnown, and tuple of str from text with one item a line.
    Raises TypeError where the columns are not the fields.
    """
    return list(iterate_rows(cursor, row_type, statement, values))


def select_row(cursor: Cursor, row_type: type[Row], statement: str, values: Any = ()) -> Row | None:
    """Run a query and return its first row like `select_rows`; None where it has none."""
    return next(iterate_rows(cursor, row_type, statement, values), None)


def select_one(cursor: Cursor, row_type: type[Row], statement: str, values: Any = ()) -> Row:
    """Run a query that has a row, and return its first row like `select_rows`."""
    row = select_row(cursor, row_type, statement, values)
    assert row is not None, statement
    return row


def iterate_rows(cursor: Cursor, row_type: type[Row], statement: str, values: Any = ()) -> Iterator[Row]:
    """Run a query at once and read its rows one by one like `select_rows`; the cursor is in use until the last row."""
    result = cursor.execute(statement, values)
    columns = tuple(column[0] for column in result.description)
    hashable_type: Any = row_type  # mypy takes generic classes for unhashable
    reader: Callable[[tuple[Any, ...]], Row] = _build_reader(hashable_type, columns)
    return map(reader, result)


def select_mapping(cursor: Cursor, statement: str, values: Any = ()) -> dict[Any, Any]:
    """Run a query with the columns `key` and `value`, and return the values by key.

    Raises TypeError where it has other columns.
    """
    result = cursor.execute(statement, values)
    columns = [column[0] for column in result.description]
    if columns != ["key", "value"]:
        raise TypeError(f"A mapping has the columns key and value, but the query returns {columns}")
    return dict(result.fetchall())


@cache
def _build_reader(row_type: type[Any], columns: tuple[str, ...]) -> Callable[[tuple[Any, ...]], Any]:
    """Return the function that builds a `row_type` from a result row with these columns."""
    required = _list_fields(row_type)
    unknown = [name for name in columns if name not in required or columns.count(name) > 1]
    missing = [name for name, is_required in required.items() if is_required and name not in columns]
    if unknown or missing:
        raise TypeError(f"{row_type.__name__} has the fields {tuple(required)}, but the query returns {list(columns)}")
    hints = get_type_hints(row_type)
    converters = [
        (position, converter, _is_optional(hints[name]))
        for position, name in enumerate(columns)
        if (converter := _find_converter(hints[name]))
    ]
    in_order = columns == tuple(required)[: len(columns)]

    def read_row(values: tuple[Any, ...]) -> Any:
        converted = list(values)
        for position, converter, optional in converters:
            if not optional or converted[position] is not None:
                converted[position] = converter(converted[position])
        return row_type(*converted) if in_order else row_type(**dict(zip(columns, converted, strict=True)))

    return read_row


def _list_fields(row_type: type[Any]) -> dict[str, bool]:
    """Return for each field of a class whether it has no default."""
    if hasattr(row_type, "_fields"):
        return {name: name not in row_type._field_defaults for name in row_type._fields}
    return {
        field.name: field.default is MISSING and field.default_factory is MISSING
        for field in fields(row_type)
        if field.init
    }


def _is_optional(hint: Any) -> bool:
    return NoneType in get_args(hint)


def _find_converter(hint: Any) -> Converter | None:
    """Return the function that converts a stored value to a type; None where it is stored as it is."""
    if isinstance(hint, UnionType):
        kinds = [kind for kind in get_args(hint) if kind is not NoneType]
        return _find_converter(kinds[0]) if len(kinds) == 1 else None
    if get_origin(hint) is tuple:
        return _split_lines if get_args(hint) == (str, ...) else None
    if not isinstance(hint, type):
        return None
    if issubclass(hint, Enum):
        return {member.value: member for member in hint}.__getitem__
    return CONVERTERS.get(hint)


def _split_lines(text: str | None) -> tuple[str, ...]:
    return tuple(text.split("\n")) if text else ()


CONVERTERS: dict[type, Converter] = {
    bool: bool,
    date: lambda text: date.fromisoformat(text[:10]),
    datetime: datetime.fromisoformat,
    time: time.fromisoformat,
    DateAsKnown: read_stored_date,
}
