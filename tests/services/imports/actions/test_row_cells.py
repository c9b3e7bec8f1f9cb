"""Cells of a row that are built at each access are those that a row with a cell for each value has."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ahtc_tui.domain.imports.sheets import Cell, PlainCells
from ahtc_tui.domain.returns.column_fields import ColumnReading
from ahtc_tui.domain.returns.column_profiles import EMPTY_PROFILE
from ahtc_tui.services.imports.actions.model import LogRow, LogTable, MarkedCells, RowCells

FIELDS = ("ref", "title", "update", "due")
COLUMNS = st.tuples(
    st.sampled_from((*FIELDS, None)), st.one_of(st.none(), st.booleans(), st.integers(), st.dates(), st.just(" MW-1 "))
)


@given(st.lists(COLUMNS, max_size=6))
def test_a_row_without_marks_has_the_same_cells_as_one_with_a_cell_for_each_value(
    columns: list[tuple[str | None, Any]],
) -> None:
    readings = tuple(ColumnReading(field) for field, _value in columns)
    table = LogTable("Open", ("",) * len(columns), readings, (EMPTY_PROFILE,) * len(columns), is_hidden=False)
    letters, values = [f"Open!{'ABCDEF'[n]}" for n in range(len(columns))], [value for _field, value in columns]
    cells: dict[str, tuple[Cell, ...]] = {}
    for letter, (field, value) in zip(letters, columns, strict=True):
        if field and value is not None:
            cells[field] = (*cells.get(field, ()), Cell(value, f"{letter}7"))
    fast = LogRow(table, 7, RowCells(PlainCells(letters, 7, values), table.positions))
    plain = LogRow(table, 7, MarkedCells(cells))
    assert dict(fast.cells) == cells
    assert len(fast.cells) == len(cells)
    assert fast.list_comments() == plain.list_comments() == []
    assert sorted(fast.list_texts()) == sorted(plain.list_texts())
    for field in FIELDS:
        assert fast.has_value(field) == plain.has_value(field) == (field in fast.cells)
        assert (fast.first_cell(field), fast.text_of(field)) == (plain.first_cell(field), plain.text_of(field))
        assert fast.address_of(field) == plain.address_of(field)


def test_the_cells_of_a_line_are_those_of_its_columns() -> None:
    cells = PlainCells(("Open!A", "Open!C"), 7, ("MW-1", date(2013, 12, 31)))
    assert cells[1] == Cell(date(2013, 12, 31), "Open!C7")
    assert cells[:1] == (cells[0],)
    assert [cell.address for cell in cells] == ["Open!A7", "Open!C7"]
