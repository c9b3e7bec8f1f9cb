"""Reads that return typed rows: each result column becomes the field of the same name, converted to its type."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import MISSING, fields
from datetime import date, datetime, time
from enum import Enum
from functools import cache
from operator import itemgetter
from types import NoneType, UnionType
from typing import Any, NamedTuple, TypeVar, get_args, get_origin, get_type_hints

from ahtc_tui.domain.dates.date_as_known import DateAsKnown, read_stored_date
from ahtc_tui.store.records.cursor import Cursor

Row = TypeVar("Row")
Converter = Callable[[Any], Any]


def select_rows(cursor: Cursor, row_type: type[Row], statement: str, values: Any = ()) -> list[Row]:
    """Run a query and return its rows as `row_type`, a NamedTuple or dataclass with the result columns as its fields.

    The order of the columns does not matter; fields with a default may be missing. Values are converted to the types of
    the fields: bool, Enum, date, time, datetime, DateAsKnown, tuple of str from text with one item a line, and tuple of
    pairs of str from a JSON object. Raises TypeError where the columns are not the fields.
    """
    return list(iterate_rows(cursor, row_type, statement, values))


def select_row(cursor: Cursor, row_type: type[Row], statement: str, values: Any = ()) -> Row | None:
    """Run a query and return its first row like `select_rows`; None where it has none."""
    return next(iterate_rows(cursor, row_type, statement, values), None)


def select_one(cursor: Cursor, row_type: type[Row], statement: str, values: Any = (), **more_fields: Any) -> Row:
    """Run a query that has a row, and return it like `select_rows`; `more_fields` are fields that are not columns."""
    row = next(iterate_rows(cursor, row_type, statement, values, **more_fields), None)
    assert row is not None, statement
    return row


def iterate_rows(
    cursor: Cursor, row_type: type[Row], statement: str, values: Any = (), **more_fields: Any
) -> Iterator[Row]:
    """Run a query at once and read its rows one by one like `select_rows`; the cursor is in use until the last row."""
    result = cursor.execute(statement, values)
    hashable_type: Any = row_type  # mypy takes generic classes for unhashable
    read_row: Callable[..., Row] = _build_reader(hashable_type, _list_columns(result), frozenset(more_fields))
    return (read_row(row, more_fields) for row in result)


def select_value(cursor: Cursor, statement: str, values: Any = ()) -> Any | None:
    """Return the first column of the first row of a query; None where it has no row."""
    row = cursor.execute(statement, values).fetchone()
    return row[0] if row else None


def select_column(cursor: Cursor, statement: str, values: Any = ()) -> list[Any]:
    """Return the first column of a query."""
    return [row[0] for row in cursor.execute(statement, values)]


def select_mapping(cursor: Cursor, statement: str, values: Any = ()) -> dict[Any, Any]:
    """Return the values of a query by key; its columns are `key` and `value`. Raises TypeError for other columns."""
    return dict(_select_pairs(cursor, statement, values))


def select_groups(cursor: Cursor, statement: str, values: Any = ()) -> dict[Any, list[Any]]:
    """Return the lists of values of a query by key; its columns are `key` and `value`. Raises TypeError."""
    groups: dict[Any, list[Any]] = {}
    for key, value in _select_pairs(cursor, statement, values):
        groups.setdefault(key, []).append(value)
    return groups


def _select_pairs(cursor: Cursor, statement: str, values: Any) -> list[tuple[Any, Any]]:
    result = cursor.execute(statement, values)
    if (columns := _list_columns(result)) != ("key", "value"):
        raise TypeError(f"The columns are key and value, but the query returns {columns}")
    return result.fetchall()


def _list_columns(result: Cursor) -> tuple[str, ...]:
    return tuple(column[0] for column in result.description)


@cache
def _build_reader(row_type: type[Any], columns: tuple[str, ...], more_fields: frozenset[str]) -> Callable[..., Any]:
    """Return the function that builds a `row_type` from a row with these columns and a mapping of more fields."""
    required = _list_fields(row_type)
    unknown = [name for name in columns if name not in required or columns.count(name) > 1]
    missing = [name for name, is_required in required.items() if is_required and name not in {*columns, *more_fields}]
    if unknown or missing:
        raise TypeError(f"{row_type.__name__} has the fields {tuple(required)}, but the query returns {list(columns)}")
    hints = get_type_hints(row_type)
    names = tuple(name for name in required if name in columns)
    converters = [
        (position, converter, _is_optional(hints[name]))
        for position, name in enumerate(names)
        if (converter := _find_converter(hints[name]))
    ]
    sort_values: Converter = tuple if names == columns else itemgetter(*map(columns.index, names))
    are_first_fields = names == tuple(required)[: len(names)]
    if columns == tuple(required) and not converters and hasattr(row_type, "_make"):
        return lambda values, _fields_by_name: row_type._make(values)

    def read_row(values: tuple[Any, ...], fields_by_name: dict[str, Any]) -> Any:
        converted = [*sort_values(values)]
        for position, converter, optional in converters:
            if (value := converted[position]) is not None or not optional:
                converted[position] = converter(value)
        if are_first_fields:
            return row_type(*converted, **fields_by_name)
        return row_type(**dict(zip(names, converted, strict=True)), **fields_by_name)

    return read_row


class FieldColumn(NamedTuple):
    """Column of a query with the value of a field."""

    position: int
    converter: Converter | None
    """Makes the value of the field; None where it is stored as it is."""
    is_optional: bool
    """Whether None stays None."""


def find_columns(row_type: type[Any], columns: tuple[str, ...]) -> list[FieldColumn]:
    """Return the column of each field of a class, in the order of the fields. Raises TypeError where one has none."""
    hints = get_type_hints(row_type)
    names = list(_list_fields(row_type))
    if missing := [name for name in names if name not in columns]:
        raise TypeError(f"{row_type.__name__} has the fields {missing}, but the query returns {list(columns)}")
    return [FieldColumn(columns.index(name), _find_converter(hints[name]), _is_optional(hints[name])) for name in names]


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
        return TUPLE_CONVERTERS.get(hint)
    if not isinstance(hint, type):
        return None
    if issubclass(hint, Enum):
        return {member.value: member for member in hint}.__getitem__
    return CONVERTERS.get(hint)


def _read_pairs(text: str) -> tuple[tuple[str, str], ...]:
    import json

    return tuple(json.loads(text).items())


TUPLE_CONVERTERS: dict[Any, Converter] = {
    tuple[str, ...]: lambda text: tuple(text.split("\n")) if text else (),
    tuple[tuple[str, str], ...]: lambda text: _read_pairs(text) if text else (),
}
CONVERTERS: dict[type, Converter] = {
    bool: bool,
    date: lambda text: date.fromisoformat(text[:10]),
    datetime: datetime.fromisoformat,
    time: time.fromisoformat,
    DateAsKnown: read_stored_date,
}
