"""Lines of a table, built on access, so that a log of 100,000 rows takes no more memory than its values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import overload

from ahtc_tui.domain.imports.sheets import Cell, CellValue, Line
from ahtc_tui.formats.sheets.grid import Grid, to_column_letters


@dataclass(frozen=True, slots=True)
class TableArea:
    """Columns of a sheet that belong to one table."""

    grid: Grid
    columns: tuple[int, ...]
    spread: Mapping[tuple[int, int], CellValue]
    """(row, column) to the value of the merged cell that covers it."""


class LineSequence(Sequence[Line]):
    """A sequence of lines that stores only their positions."""

    def __init__(self, area: TableArea, positions: Sequence[int], sections: Mapping[int, str]) -> None:
        """`positions` are those in `Grid.rows`; `sections` maps the index of a line to the section heading above it."""
        self._area, self._positions, self._sections = area, positions, sections
        self._letters = [to_column_letters(column) for column in area.columns]

    def __len__(self) -> int:
        return len(self._positions)

    @overload
    def __getitem__(self, index: int) -> Line: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Line, ...]: ...
    def __getitem__(self, index: int | slice) -> Line | tuple[Line, ...]:
        if isinstance(index, slice):
            return tuple(self._build_line(one) for one in range(*index.indices(len(self))))
        return self._build_line(range(len(self))[index])

    def __iter__(self) -> Iterator[Line]:
        return (self._build_line(index) for index in range(len(self)))

    def _build_line(self, index: int) -> Line:
        grid = self._area.grid
        number, values = grid.rows[self._positions[index]]
        cells = tuple(
            self._build_cell(number, column, letters, values[column] if column < len(values) else None)
            for column, letters in zip(self._area.columns, self._letters, strict=True)
        )
        return Line(number, cells, number in grid.appearance.hidden_rows, self._sections.get(index))

    def _build_cell(self, number: int, column: int, letters: str, value: CellValue) -> Cell:
        position, appearance = (number, column), self._area.grid.appearance
        spread = False
        if value is None and position in self._area.spread:
            value, spread = self._area.spread[position], True
        sheet = self._area.grid.sheet
        at = f"{sheet}!{letters}{number}" if sheet else f"{letters}{number}"
        fill = appearance.fills.get(position) or appearance.row_fills.get(number)
        return Cell(value, at, fill, appearance.comments.get(position), position in appearance.struck, spread)


def spread_merged_values(grid: Grid, columns: Sequence[int]) -> dict[tuple[int, int], CellValue]:
    """Return the values of vertically merged cells for every cell that they cover."""
    tall_merges = {merge for merge in grid.merges if merge.bottom > merge.top and merge.left in set(columns)}
    if not tall_merges:
        return {}
    values = dict(grid.rows)
    values_by_cell: dict[tuple[int, int], CellValue] = {}
    for merge in tall_merges:
        top = values.get(merge.top, [])
        value = top[merge.left] if merge.left < len(top) else None
        for row in range(merge.top + 1, merge.bottom + 1) if value is not None else ():
            if row in values:
                values_by_cell[row, merge.left] = value
    return values_by_cell
