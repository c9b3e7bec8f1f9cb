"""The tables of a sheet, wherever they stand on it. Never what a column means: the caller knows the headings."""

from __future__ import annotations

from collections.abc import Iterator, Set

from ahtc_tui.domain.imports.sheets import Table, Value
from ahtc_tui.domain.returns.references import is_total_row, ref_of
from ahtc_tui.formats.sheets.grid import Grid
from ahtc_tui.formats.sheets.headers import HeaderFinder, Headers, Knows
from ahtc_tui.formats.sheets.lines import Lines, Place, spread_down


def find_tables(grid: Grid, knows: Knows) -> Iterator[tuple[Table, Set[str]]]:
    """Each table with the fields of its columns, in the order of the sheet; lists parked beside one are none."""
    finder = HeaderFinder(grid, knows)
    yield from _within(finder, 0, len(grid.rows))


def likeliest_table(grid: Grid, knows: Knows, anchors: Set[str] = frozenset()) -> Table | None:
    """The table under the row that looks most like headers; where `anchors` are given, it has one of them."""
    finder = HeaderFinder(grid, knows)
    headers = finder.likeliest(len(grid.rows))
    if headers is None:
        return None
    if anchors and (len(headers.names) < 3 or not anchors & set(headers.fields.values())):
        return None
    return _table(finder, headers, sorted(headers.names), len(grid.rows), set())


def _within(finder: HeaderFinder, start: int, stop: int) -> Iterator[tuple[Table, Set[str]]]:
    headers = finder.first(start, stop)
    while headers:
        following, repeated = _next_headers(finder, headers, stop)
        end = _without_title(finder, headers, following) if following else stop
        segments = _segments(finder, headers, end)
        main = _richest(headers, segments)
        if not _says_of_what(headers, main) and _says_of_what(headers, sorted(headers.names)):
            main = list(range(segments[0][0], segments[-1][-1] + 1))
        yield _table(finder, headers, main, end, repeated), _fields(headers, main)
        for side in _sides(finder, main):
            yield from _within(side, headers.first, end)
        headers = following


def _without_title(finder: HeaderFinder, headers: Headers, following: Headers) -> int:
    """The end of a table above another one, without the lines of one cell that belong to the lower one."""
    rows = finder.grid.rows
    end = following.first
    while end - 1 > headers.last and len(finder.cells(end - 1)) == 1:
        end -= 1
    gap = next((at for at in range(end, following.first) if rows[at][0] > rows[at - 1][0] + 1), None)
    return gap if gap is not None else max(end, following.first - 1)


def _title(finder: HeaderFinder, headers: Headers) -> str:
    """The one cell of the row right above, or above one empty row."""
    above = headers.first - 1
    if above < 0 or finder.grid.rows[above][0] < finder.grid.rows[headers.first][0] - 2:
        return ""
    cells = finder.cells(above)
    return str(next(iter(cells.values()))) if len(cells) == 1 else ""


def _sides(finder: HeaderFinder, main: list[int]) -> Iterator[HeaderFinder]:
    """The columns left and right of a table, where another one may stand."""
    for left, right in ((finder.left, main[0] - 2), (main[-1] + 2, finder.right)):
        if right > left:
            yield HeaderFinder(finder.grid, finder.knows, left, right, finder._meaning)


def _richest(headers: Headers, segments: list[list[int]]) -> list[int]:
    return max(segments, key=lambda columns: len(_fields(headers, columns)))


def _says_of_what(headers: Headers, columns: list[int]) -> bool:
    """Some columns that name a record and say something of it: empty columns between them part no tables."""
    fields = _fields(headers, columns)
    return len(fields) > 1 and bool(fields & {"ref", "title", "name", "row_id"})


def _fields(headers: Headers, columns: list[int]) -> Set[str]:
    return {headers.fields[column] for column in columns if column in headers.fields}


def _next_headers(finder: HeaderFinder, current: Headers, stop: int) -> tuple[Headers | None, set[int]]:
    """The headers of the next table below, and the positions where the current ones are repeated."""
    repeated: set[int] = set()
    for position in range(current.last + 1, stop):
        again = finder.again(position, current)
        if again and _stands_apart(finder, again.first):
            return again, repeated
        if again and (again.names is current.names or _same(again, current)):
            repeated.add(position)
        elif again:
            return again, repeated
    return None, repeated


def _stands_apart(finder: HeaderFinder, position: int) -> bool:
    """An empty row or a line of one cell parts it from the table above."""
    rows = finder.grid.rows
    return rows[position][0] > rows[position - 1][0] + 1 or len(finder.cells(position - 1)) == 1


def _same(one: Headers, other: Headers) -> bool:
    """The same fields in the same columns: printed again at the head of a page, or in the other language."""
    return bool(one.fields) and one.fields.items() <= other.fields.items()


def _segments(finder: HeaderFinder, headers: Headers, stop: int) -> list[list[int]]:
    """The columns of each table under one row of headers: an unnamed column without a value parts two."""
    columns = sorted(headers.names)
    gaps = {column for column in range(columns[0], columns[-1]) if column not in headers.names}
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


def _table(finder: HeaderFinder, headers: Headers, columns: list[int], stop: int, repeated: set[int]) -> Table:
    grid = finder.grid
    chosen = [position for position in range(headers.last + 1, stop) if position not in repeated]
    kept, sections = _choose_lines(grid, headers, columns, chosen)
    names = tuple(headers.names.get(column, "") for column in columns)
    hidden = tuple(place for place, column in enumerate(columns) if column in grid.looks.hidden_columns)
    lines = Lines(Place(grid, tuple(columns), spread_down(grid, columns)), kept, sections)
    at = grid.at(grid.rows[headers.first][0], columns[0])
    return Table(grid.sheet, names, lines, grid.hidden, hidden, _title(finder, headers), at)


def _choose_lines(
    grid: Grid, headers: Headers, columns: list[int], positions: list[int]
) -> tuple[list[int], dict[int, str]]:
    """The positions of the rows that are lines, and the heading between the rows over a line by its index."""
    kept: list[int] = []
    sections: dict[int, str] = {}
    section: str | None = None
    wide = {(merge.top, merge.left) for merge in grid.merges if merge.right > merge.left}
    for position in _before_notes(grid, headers, columns, positions):
        number, values = grid.rows[position]
        own = [(column, values[column]) for column in columns if column < len(values) and values[column] is not None]
        if not own or _is_only_numbered(own) or is_total_row(value for _column, value in own):
            continue
        if position == headers.last + 1 and _is_help(own):
            continue
        if len(own) == 1 and _is_section(headers, number, own[0], wide):
            section = str(own[0][1])
            continue
        if section:
            sections[len(kept)] = section
        kept.append(position)
    return kept, sections


def _before_notes(grid: Grid, headers: Headers, columns: list[int], positions: list[int]) -> list[int]:
    """The rows without what stands under a label below an empty row ("Key:", "Signed:") and has no reference."""
    refs = [column for column in columns if headers.fields.get(column) == "ref"]
    end = len(positions)
    if not refs:
        return positions
    for place in range(len(positions) - 1, 0, -1):
        values = grid.rows[positions[place]][1]
        if any(column < len(values) and ref_of(values[column]) for column in refs):
            break
        first = next((value for value in values[columns[0] :] if value is not None), None)
        apart = grid.rows[positions[place]][0] > grid.rows[positions[place] - 1][0] + 1
        if apart and isinstance(first, str) and first.endswith(":"):
            end = place
    return positions[:end]


def _is_help(own: list[tuple[int, Value]]) -> bool:
    """A row right under the headers that says how to fill the columns in: "(name)", "(dd/mm/yy)"."""
    return len(own) > 1 and all(
        isinstance(value, str) and value.startswith(("(", "[")) and value.endswith((")", "]")) for _column, value in own
    )


def _is_only_numbered(own: list[tuple[int, Value]]) -> bool:
    """A row made ready to be filled in: a number, a tick box or a computed figure, and no word."""
    return all(isinstance(value, (int, float)) or (isinstance(value, str) and _is_number(value)) for _c, value in own)


def _is_number(text: str) -> bool:
    return text.strip("().#% ").replace(".", "").replace(",", "").removeprefix("-").isdigit()


def _is_section(headers: Headers, number: int, only: tuple[int, Value], wide: set[tuple[int, int]]) -> bool:
    """A heading between the rows: over merged cells, or words where a reference should stand."""
    column, value = only
    if not isinstance(value, str):
        return False
    if (number, column) in wide:
        return True
    words = " " in value and len(value) > 8
    return headers.fields.get(column) == "ref" and not ref_of(value) and (words or not any(map(str.isdigit, value)))
