"""Rows of a query are read by the names of its columns."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.records.rows import iterate_rows, select_row, select_rows


class Pair(NamedTuple):
    ref: str
    title: str


@pytest.mark.parametrize("columns", ["ref, title", "title, ref"])
def test_columns_are_read_by_name_in_any_order(wales: Workspace, columns: str) -> None:
    query = f"SELECT {columns} FROM actions ORDER BY ref_key LIMIT :limit"
    with wales.database.read() as cursor:
        rows = select_rows(cursor, Pair, query, {"limit": 2})
        assert [row.ref for row in rows] == ["DP-01", "DP-02"]
        assert all(len(row.title) > len(row.ref) for row in rows)
        assert select_row(cursor, Pair, query, {"limit": 1}) == rows[0]
        assert list(iterate_rows(cursor, Pair, query, {"limit": 2})) == rows


def test_a_query_without_rows_gives_none(wales: Workspace) -> None:
    with wales.database.read() as cursor:
        assert select_row(cursor, Pair, "SELECT ref, title FROM actions WHERE ref = ?", ("DP-999",)) is None


@pytest.mark.parametrize("columns", ["ref", "ref, title, due", "ref, title AS name", "ref, ref"])
def test_other_columns_than_the_fields_are_an_error(wales: Workspace, columns: str) -> None:
    with wales.database.read() as cursor, pytest.raises(TypeError, match="Pair has the fields"):
        select_rows(cursor, Pair, f"SELECT {columns} FROM actions")
