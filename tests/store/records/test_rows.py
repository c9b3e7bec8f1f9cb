"""Rows of a query are read by the names of its columns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import pytest

from ahtc_tui.domain.actions.model import Status
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.records.rows import iterate_rows, select_mapping, select_one, select_row, select_rows


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


@dataclass(frozen=True)
class Converted:
    ref: str
    status: Status
    in_plan: bool
    due: DateAsKnown | None
    support: tuple[str, ...]
    chased_on: date | None = None


def test_values_are_converted_to_the_types_of_the_fields(wales: Workspace) -> None:
    query = """SELECT ref, 'done' AS status, 1 AS in_plan, '2013-12-31 year by the end of 2013' AS due,
 'AHTC' || char(10) || 'CPS' AS support, '2014-01-02' AS chased_on FROM actions LIMIT 1"""
    with wales.database.read() as cursor:
        row = select_one(cursor, Converted, query)
    assert (row.status, row.in_plan, str(row.due)) == (Status.DONE, True, "by the end of 2013")
    assert (row.support, row.chased_on) == (("AHTC", "CPS"), date(2014, 1, 2))


def test_missing_values_stay_empty_and_fields_with_a_default_may_be_missing(wales: Workspace) -> None:
    query = "SELECT NULL AS due, NULL AS support, NULL AS in_plan, ref, 'done' AS status FROM actions LIMIT 1"
    with wales.database.read() as cursor:
        row = select_one(cursor, Converted, query)
    assert (row.due, row.support, row.in_plan, row.chased_on) == (None, (), False, None)


def test_a_mapping_has_the_columns_key_and_value(wales: Workspace) -> None:
    with wales.database.read() as cursor:
        titles = select_mapping(cursor, "SELECT ref AS key, title AS value FROM actions WHERE ref = 'DP-01'")
        assert list(titles) == ["DP-01"]
        with pytest.raises(TypeError, match="key and value"):
            select_mapping(cursor, "SELECT title AS value, ref AS key FROM actions")
