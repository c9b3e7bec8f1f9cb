"""Detection of the tables of a sheet, wherever they are. The caller interprets the columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import chain, repeat
from typing import overload

from ahtc_tui.domain.imports.sheets import Cell, CellValue, Line, PlainCells, SheetNotes, Table
from ahtc_tui.domain.returns.references import is_total_row, list_spellings
from ahtc_tui.formats.sheets.grid import Grid, to_column_letters
from ahtc_tui.formats.sheets.headers import FieldFinder, HeaderFinder, Headers


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
        grid, appearance = area.grid, area.grid.appearance
        prefix = f"{grid.sheet}!" if grid.sheet else ""
        self._columns = [prefix + to_column_letters(column) for column in area.columns]
        cells = chain(appearance.fills, appearance.comments, appearance.struck, area.spread)
        self._marked_rows = {number for number, _column in cells} | appearance.row_fills.keys()
        """Numbers of the rows with a cell that is more than its value."""

    def __len__(self) -> int:
        return len(self._positions)

    @overload
    def __getitem__(self, index: int) -> Line: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Line, ...]: ...
    def __getitem__(self, index: int | slice) -> Line | tuple[Line, ...]:
        if isinstance(index, slice):
            return tuple(self._build_line(position) for position in range(*index.indices(len(self))))
        return self._build_line(range(len(self))[index])

    def __iter__(self) -> Iterator[Line]:
        return (self._build_line(index) for index in range(len(self)))

    def _build_line(self, index: int) -> Line:
        grid = self._area.grid
        number, values = grid.rows[self._positions[index]]
        plain_cells = PlainCells(self._columns, number, self._pad_values(values))
        cells = map(self._mark_cell, plain_cells, repeat(number), self._area.columns)
        is_hidden, section = number in grid.appearance.hidden_rows, self._sections.get(index)
        return Line(number, tuple(cells) if number in self._marked_rows else plain_cells, is_hidden, section)

    def _pad_values(self, values: Sequence[CellValue]) -> list[CellValue]:
        """Return the value of each column of the table; rows of a sheet end with their last value."""
        count = len(values)
        return [values[column] if column < count else None for column in self._area.columns]

    def _mark_cell(self, cell: Cell, number: int, column: int) -> Cell:
        """Return a cell with its colour, comment and strike-through, or with the value of its merged cells."""
        position, appearance = (number, column), self._area.grid.appearance
        value, spread = cell.value, False
        if value is None and position in self._area.spread:
            value, spread = self._area.spread[position], True
        fill = appearance.fills.get(position) or appearance.row_fills.get(number)
        return Cell(value, cell.address, fill, appearance.comments.get(position), position in appearance.struck, spread)

    def iterate_values(self) -> Iterator[list[CellValue]]:
        """Yield the values of each line, one for each column of the table."""
        rows, columns, spread = self._area.grid.rows, self._area.columns, self._area.spread
        for number, values in (rows[position] for position in self._positions):
            padded = self._pad_values(values)
            if number in self._marked_rows:
                padded = [
                    spread.get((number, column)) if value is None else value
                    for column, value in zip(columns, padded, strict=True)
                ]
            yield padded


@dataclass(frozen=True, slots=True)
class LineValues(Iterable[Sequence[CellValue]]):
    """The values of lines, lazily created at each access."""

    lines: LineSequence

    def __iter__(self) -> Iterator[Sequence[CellValue]]:
        return self.lines.iterate_values()


@dataclass(frozen=True, slots=True)
class NoteCells(Iterable[Cell]):
    """The cells with words of rows of a sheet, except for totals; lazily created at each access."""

    grid: Grid
    positions: Sequence[int]
    skipped_columns: Sequence[int] = ()

    def __iter__(self) -> Iterator[Cell]:
        for number, values in (self.grid.rows[position] for position in self.positions):
            columns = [column for column in range(len(values)) if column not in self.skipped_columns]
            for column in columns if columns and not is_total_row(values) else ():
                value = values[column]
                if isinstance(value, str) and any(map(str.isalpha, value)):
                    yield Cell(value, self.grid.format_cell_name(number, column))


def list_notes(grid: Grid) -> SheetNotes:
    """Return the texts, comments and text boxes of a sheet."""
    comments, boxes = grid.appearance.comments, grid.appearance.text_boxes
    return SheetNotes(
        NoteCells(grid, range(len(grid.rows))),
        tuple(Cell(None, grid.format_cell_name(*at), comment=text) for at, text in sorted(comments.items())),
        tuple(Cell(text, grid.format_cell_name(*at)) for at, text in sorted(boxes.items())),
    )


def spread_merged_values(grid: Grid, columns: Sequence[int], after_row: int) -> dict[tuple[int, int], CellValue]:
    """Return the values of vertically merged cells below a row for every cell that they cover."""
    tall_merges = {
        merge
        for merge in grid.merges
        if merge.bottom > merge.top and merge.top > after_row and merge.left in set(columns)
    }
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


def find_tables(grid: Grid, find_field: FieldFinder) -> Iterator[tuple[Table, Set[str]]]:
    """Yield each table with the fields of its columns, in sheet order; lists next to a table are left out."""
    finder = HeaderFinder(grid, find_field)
    yield from _find_tables_within(finder, 0, len(grid.rows))


def find_likeliest_table(grid: Grid, find_field: FieldFinder, anchors: Set[str] = frozenset()) -> Table | None:
    """Return the table below the likeliest header row; with `anchors`, only if it has one of them.

    Without `anchors`, a sheet without a heading row has the columns "Column A" and so on, and all rows are lines.
    """
    finder = HeaderFinder(grid, find_field)
    headers = finder.find_likeliest(len(grid.rows))
    has_headings = headers is not None and not finder.is_data_row(headers.first) and not finder.wants_letters()
    if not anchors and not has_headings:
        headers = finder.name_by_letters()
    if headers is None:
        return None
    if anchors and (not has_headings or len(headers.names) < 3 or not anchors & set(headers.fields.values())):
        return None
    return _build_table(finder, headers, sorted(headers.names), len(grid.rows), set())


def _find_tables_within(finder: HeaderFinder, start: int, stop: int) -> Iterator[tuple[Table, Set[str]]]:
    headers = finder.find_first(start, stop)
    while headers:
        following, repeated = _find_next_headers(finder, headers, stop)
        end = _find_table_end(finder, headers, following) if following else stop
        segments = _split_segments(finder, headers, end)
        main_columns = _choose_richest(headers, segments)
        if not _has_identifier(headers, main_columns) and _has_identifier(headers, sorted(headers.names)):
            main_columns = list(range(segments[0][0], segments[-1][-1] + 1))
        yield _build_table(finder, headers, main_columns, end, repeated), _collect_fields(headers, main_columns)
        for side_finder in _find_sides(finder, main_columns):
            yield from _find_tables_within(side_finder, headers.first, end)
        headers = following


def _find_table_end(finder: HeaderFinder, headers: Headers, following: Headers) -> int:
    """Return the end of a table that another one follows, without the title of the lower one."""
    rows = finder.grid.rows
    end = following.first
    while end - 1 > headers.last and len(finder.list_filled_cells(end - 1)) == 1:
        end -= 1
    gap = next(
        (position for position in range(end, following.first) if rows[position][0] > rows[position - 1][0] + 1), None
    )
    return gap if gap is not None else max(end, following.first - 1)


def _find_title(finder: HeaderFinder, headers: Headers) -> str:
    """Return the only cell of the row above, or of the row above one empty row."""
    above = headers.first - 1
    if above < 0 or finder.grid.rows[above][0] < finder.grid.rows[headers.first][0] - 2:
        return ""
    cells = finder.list_filled_cells(above)
    return str(next(iter(cells.values()))) if len(cells) == 1 else ""


def _find_sides(finder: HeaderFinder, main_columns: list[int]) -> Iterator[HeaderFinder]:
    """Yield finders for the columns left and right of a table."""
    for left, right in ((finder.left, main_columns[0] - 2), (main_columns[-1] + 2, finder.right)):
        if right > left:
            yield finder.limit_columns(left, right)


def _choose_richest(headers: Headers, segments: list[list[int]]) -> list[int]:
    return max(segments, key=lambda columns: len(_collect_fields(headers, columns)))


def _has_identifier(headers: Headers, columns: list[int]) -> bool:
    """Whether the columns identify a record and describe it; then empty columns do not separate tables."""
    fields = _collect_fields(headers, columns)
    return len(fields) > 1 and bool(fields & {"ref", "title", "name", "row_id"})


def _collect_fields(headers: Headers, columns: list[int]) -> Set[str]:
    return {headers.fields[column] for column in columns if column in headers.fields}


def _find_next_headers(finder: HeaderFinder, current: Headers, stop: int) -> tuple[Headers | None, set[int]]:
    """Return the headers of the next table below, and the positions of repeated headers."""
    repeated: set[int] = set()
    for position in range(current.last + 1, stop):
        next_headers = finder.find_repeated(position, current)
        if next_headers and _is_separated(finder, next_headers.first):
            return next_headers, repeated
        if next_headers and (next_headers.names is current.names or _has_same_fields(next_headers, current)):
            repeated.add(position)
        elif next_headers:
            return next_headers, repeated
    return None, repeated


def _is_separated(finder: HeaderFinder, position: int) -> bool:
    """Whether an empty row or a row of one cell precedes the position."""
    rows = finder.grid.rows
    return rows[position][0] > rows[position - 1][0] + 1 or len(finder.list_filled_cells(position - 1)) == 1


def _has_same_fields(left: Headers, right: Headers) -> bool:
    """Whether all fields of `left` are in the same columns of `right`, perhaps in another language."""
    return bool(left.fields) and left.fields.items() <= right.fields.items()


def _split_segments(finder: HeaderFinder, headers: Headers, stop: int) -> list[list[int]]:
    """Return the columns of each table below one header row.

    An unnamed column without values separates two tables, unless a heading that is merged over it names it.
    """
    columns = sorted(headers.names)
    gaps = {column for column in range(columns[0], columns[-1]) if column not in headers.names}
    rows = range(finder.grid.rows[headers.first][0], finder.grid.rows[headers.last][0] + 1)
    for merge in finder.grid.merges if gaps else ():
        if merge.top in rows and merge.left in headers.names:
            gaps -= set(range(merge.left, merge.right + 1))
    for position in range(headers.last + 1, stop):
        if not gaps:
            break
        values = finder.grid.rows[position][1]
        gaps -= {column for column in gaps if column < len(values) and values[column] is not None}
    segments: list[list[int]] = [[]]
    for column in range(columns[0], columns[-1] + 1):
        if column in gaps:
            segments.append([])
        else:
            segments[-1].append(column)
    return [segment for segment in segments if segment]


def _build_table(finder: HeaderFinder, headers: Headers, columns: list[int], stop: int, repeated: set[int]) -> Table:
    grid = finder.grid
    positions = [position for position in range(headers.last + 1, stop) if position not in repeated]
    lines_kept, sections, section_cells = _choose_lines(grid, headers, columns, positions)
    names = tuple(headers.names.get(column, "") for column in columns)
    hidden = tuple(index for index, column in enumerate(columns) if column in grid.appearance.hidden_columns)
    last_heading_row = grid.rows[headers.last][0] if headers.last >= 0 else 0
    area = TableArea(grid, tuple(columns), spread_merged_values(grid, columns, last_heading_row))
    lines = LineSequence(area, lines_kept, sections)
    header_at = grid.format_cell_name(grid.rows[headers.first][0], columns[0])
    last_line = lines_kept[-1] if lines_kept else headers.last
    below = [position for position in positions if lines_kept and position > last_line]
    notes = tuple(NoteCells(grid, below))
    above = NoteCells(grid, range(headers.first))
    beside = NoteCells(grid, range(headers.first, last_line + 1), range(columns[0], columns[-1] + 1))
    return Table(
        grid.sheet,
        names,
        lines,
        grid.hidden,
        hidden,
        _find_title(finder, headers),
        header_at,
        notes,
        above,
        beside,
        section_cells,
        LineValues(lines),
        tuple(map(to_column_letters, columns)),
    )


def _choose_lines(
    grid: Grid, headers: Headers, columns: list[int], positions: list[int]
) -> tuple[list[int], dict[int, str], tuple[Cell, ...]]:
    """Return the positions of the rows that are lines, the section heading above a line by index, and these headings.

    A heading below the last line is one of the notes.
    """
    kept: list[int] = []
    sections: dict[int, str] = {}
    headings: list[tuple[int, Cell]] = []
    wide_merges = {(merge.top, merge.left) for merge in grid.merges if merge.right > merge.left}
    for position in _drop_notes(grid, headers, columns, positions):
        number, values = grid.rows[position]
        cells = [(column, values[column]) for column in columns if column < len(values) and values[column] is not None]
        if not cells or _is_number_row(cells) or is_total_row(value for _column, value in cells):
            continue
        if position == headers.last + 1 and _is_help_row(cells):
            continue
        if len(cells) == 1 and _is_section_heading(headers, number, cells[0], wide_merges):
            headings.append((position, Cell(cells[0][1], grid.format_cell_name(number, cells[0][0]))))
            continue
        if headings:
            sections[len(kept)] = headings[-1][1].text
        kept.append(position)
    return kept, sections, tuple(cell for position, cell in headings if kept and position < kept[-1])


def _drop_notes(grid: Grid, headers: Headers, columns: list[int], positions: list[int]) -> list[int]:
    """Return the rows without a final block below an empty row, such as "Key:", that has no references."""
    refs = [column for column in columns if headers.fields.get(column) == "ref"]
    end = len(positions)
    if not refs:
        return positions
    for index in range(len(positions) - 1, 0, -1):
        values = grid.rows[positions[index]][1]
        if any(column < len(values) and list_spellings(values[column]) for column in refs):
            break
        first = next((value for value in values[columns[0] :] if value is not None), None)
        is_separated = grid.rows[positions[index]][0] > grid.rows[positions[index] - 1][0] + 1
        if is_separated and isinstance(first, str) and first.endswith(":"):
            end = index
    return positions[:end]


def _is_help_row(cells: list[tuple[int, CellValue]]) -> bool:
    """Whether a row below the headers explains the input: "(name)", "(dd/mm/yy)"."""
    return len(cells) > 1 and all(
        isinstance(value, str) and value.startswith(("(", "[")) and value.endswith((")", "]"))
        for _column, value in cells
    )


def _is_number_row(cells: list[tuple[int, CellValue]]) -> bool:
    """Whether a row is prepared for input: it has only numbers, tick boxes or computed values."""
    return all(isinstance(value, (int, float)) or (isinstance(value, str) and _is_number(value)) for _c, value in cells)


def _is_number(text: str) -> bool:
    return text.strip("().#% ").replace(".", "").replace(",", "").removeprefix("-").isdigit()


def _is_section_heading(
    headers: Headers, number: int, cell: tuple[int, CellValue], wide_merges: set[tuple[int, int]]
) -> bool:
    """Whether a row is a heading between rows: a merged cell, or text in the reference column."""
    column, value = cell
    if not isinstance(value, str):
        return False
    if (number, column) in wide_merges:
        return True
    has_words = " " in value and len(value) > 8
    return (
        headers.fields.get(column) == "ref"
        and not list_spellings(value)
        and (has_words or not any(map(str.isdigit, value)))
    )
