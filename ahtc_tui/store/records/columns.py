"""The schema of the record tables: their columns, keys, dates, defaults and Welsh texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from ahtc_tui.store.records.cursor import Cursor, Table
from ahtc_tui.store.records.rows import select_mapping

COMPUTED_COLUMNS = {"actions": ("ref_key",)}
"""Tables with the columns that `compute_columns` returns."""

UNJOURNALLED_COLUMNS = ("n", "id", "deleted")
"""Columns of every record that the journal does not contain."""

WELSH_COLUMNS: Mapping[str, Mapping[str, str]] = {
    "actions": {"title": "title_cy", "detail": "detail_cy"},
    "aims": {"text": "text_cy"},
    "commission_questions": {"text": "text_cy"},
    "paragraphs": {"title": "title_cy", "text": "text_cy"},
    **{
        table: {"title": "title_cy"}
        for table in (
            *("agenda_items", "commissions", "data_sets", "documents", "figures", "forward_items", "meetings"),
            *("milestones", "objectives", "papers", "plans", "practices", "recommendations", "sessions"),
            "template_items",
        )
    },
}
"""By table, the Welsh column of each English one that becomes stale when the English text changes.

Lines of minutes and decisions are not listed, because a line may be typed in Welsh first. A name keeps its Welsh name.
"""


def build_ref_key(ref: str) -> str:
    """Return a reference that sorts by number: "DP-2" before "DP-10"."""
    return re.sub(r"\d+", lambda digits: digits.group().zfill(8), ref.upper())


def compute_columns(table: Table, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the computed columns for the values that are written; empty for most tables."""
    if table == "actions" and "ref" in values:
        return {"ref_key": build_ref_key(values["ref"])}
    return {}


class Columns(NamedTuple):
    """The journalled columns of a table."""

    names: tuple[str, ...]
    keys: frozenset[str]
    dates: frozenset[str]
    """Columns with dates as known."""
    flags: frozenset[str]
    """Columns with yes or no."""
    texts: frozenset[str]
    """Columns with text, dates as known among them."""
    defaults: dict[str, Any]
    """Default values of the schema."""


def read_columns(cursor: Cursor, table: Table) -> Columns:
    """Return the journalled columns of a table."""
    query = "SELECT name, type, dflt_value FROM pragma_table_info(?, 'main')"
    return _build_columns(table, tuple(cursor.execute(query, (table,)).fetchall()))


@lru_cache(maxsize=512)
def _build_columns(table: Table, stored: tuple[tuple[str, str, str | None], ...]) -> Columns:
    """Build the journalled columns from name, type and default of all stored ones."""
    unjournalled = (*UNJOURNALLED_COLUMNS, *COMPUTED_COLUMNS.get(table, ()))
    kinds = {name: kind for name, kind, _default in stored if name not in unjournalled}
    return Columns(
        tuple(kinds),
        frozenset(name for name, kind in kinds.items() if kind == "BLOB"),
        frozenset(name for name, kind in kinds.items() if kind == "TEXT"),
        frozenset(name for name, kind in kinds.items() if kind == "BOOLEAN"),
        frozenset(name for name, kind in kinds.items() if kind.startswith(("TEXT", "VARCHAR"))),
        {
            name: _parse_default(kinds[name], default)
            for name, _kind, default in stored
            if name in kinds and default is not None
        },
    )


def read_parents(cursor: Cursor, table: str) -> dict[str, Table]:
    """Return the tables that the foreign keys of a table refer to, by column."""
    query = """SELECT "from" AS key, "table" AS value FROM pragma_foreign_key_list(?, 'main')"""
    return select_mapping(cursor, query, (table,))


def list_record_tables(cursor: Cursor) -> list[Table]:
    """List the tables that hold records."""
    rows = cursor.execute(
        "SELECT name FROM sqlite_master m WHERE type = 'table' AND EXISTS"
        " (SELECT 1 FROM pragma_table_info(m.name) WHERE name = 'deleted') ORDER BY name"
    )
    return [name for (name,) in rows]


def _parse_default(kind: str, default: str) -> Any:
    """Convert a default of the schema, in quotes, to a value of its type."""
    bare = default.strip("'")
    return int(bare) if kind in ("BOOLEAN", "INTEGER") else bare


def list_welsh_columns(table: Table, written: Iterable[str]) -> list[str]:
    """Return the Welsh columns of the English ones that are written."""
    columns = WELSH_COLUMNS.get(table, {})
    return [columns[name] for name in written if name in columns]


def find_stale_columns(
    table: Table, current: Mapping[str, Any], differing: Iterable[str], written: Iterable[str]
) -> list[str]:
    """Return the Welsh columns whose English text differs while no Welsh text is written.

    A Welsh text with the same words as the English one is kept: the English was missing.
    """
    columns = WELSH_COLUMNS.get(table, {})
    stale = [(english, columns[english]) for english in differing if english in columns]
    return [
        welsh for english, welsh in stale if welsh not in written and current[welsh] not in (None, current[english])
    ]
