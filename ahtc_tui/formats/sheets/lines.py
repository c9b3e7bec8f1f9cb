"""The lines of a table, made as they are asked for: a log of 100,000 rows stays as small as its values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import overload

from ahtc_tui.domain.imports.sheets import Cell, Line, Value
from ahtc_tui.formats.sheets.grid import Grid, column_letters


@dataclass(frozen=True, slots=True)
class Place:
    """Which columns of which sheet a table has."""

    grid: Grid
    columns: tuple[int, ...]
    spread: Mapping[tuple[int, int], Value]
    """(row, column) to the value that a person sees there because the cells are merged."""


class Lines(Sequence[Line]):
    """A sequence of lines that keeps only where they are."""

    def __init__(self, place: Place, positions: Sequence[int], sections: Mapping[int, str]) -> None:
        """`positions` are those in `Grid.rows`; `sections` has the heading over a line by its index."""
        self._place, self._positions, self._sections = place, positions, sections
        self._letters = [column_letters(column) for column in place.columns]

    def __len__(self) -> int:
        return len(self._positions)

    @overload
    def __getitem__(self, index: int) -> Line: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Line, ...]: ...
    def __getitem__(self, index: int | slice) -> Line | tuple[Line, ...]:
        if isinstance(index, slice):
            return tuple(self._line(one) for one in range(*index.indices(len(self))))
        return self._line(range(len(self))[index])

    def __iter__(self) -> Iterator[Line]:
        return (self._line(index) for index in range(len(self)))

    def _line(self, index: int) -> Line:
        grid = self._place.grid
        number, values = grid.rows[self._positions[index]]
        cells = tuple(
            self._cell(number, column, letters, values[column] if column < len(values) else None)
            for column, letters in zip(self._place.columns, self._letters, strict=True)
        )
        return Line(number, cells, number in grid.looks.hidden_rows, self._sections.get(index))

    def _cell(self, number: int, column: int, letters: str, value: Value) -> Cell:
        place, looks = (number, column), self._place.grid.looks
        spread = False
        if value is None and place in self._place.spread:
            value, spread = self._place.spread[place], True
        sheet = self._place.grid.sheet
        at = f"{sheet}!{letters}{number}" if sheet else f"{letters}{number}"
        fill = looks.fills.get(place) or looks.row_fills.get(number)
        return Cell(value, at, fill, looks.comments.get(place), place in looks.struck, spread)


def spread_down(grid: Grid, columns: Sequence[int]) -> dict[tuple[int, int], Value]:
    """The values of cells merged downwards, for the cells in which a person sees them."""
    tall = {merge for merge in grid.merges if merge.bottom > merge.top and merge.left in set(columns)}
    if not tall:
        return {}
    values = dict(grid.rows)
    found: dict[tuple[int, int], Value] = {}
    for merge in tall:
        top = values.get(merge.top, [])
        value = top[merge.left] if merge.left < len(top) else None
        for row in range(merge.top + 1, merge.bottom + 1) if value is not None else ():
            if row in values:
                found[row, merge.left] = value
    return found
