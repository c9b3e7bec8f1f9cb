"""Detection of header rows in a sheet, of one or two rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from ahtc_tui.domain.imports.sheets import CellValue
from ahtc_tui.domain.returns.column_profiles import is_date_text
from ahtc_tui.domain.returns.headings import format_column_name, is_usual_heading, resolve_heading
from ahtc_tui.domain.returns.references import list_spellings
from ahtc_tui.domain.returns.statuses import parse_percent, parse_status
from ahtc_tui.formats.sheets.grid import Grid, Merge, to_column_letters

MAX_HEADING_LENGTH = 80
"""Length above which a cell is a sentence and not a heading."""
MAX_HEADING_WORDS = 6
"""Number of words above which a cell of a row without known headings is a sentence."""
LOOKAHEAD_ROWS = 15
"""Rows below a doubtful header row that are searched for a better one."""
MAX_LOOKED_UP = 20_000
"""Number of different texts of a sheet that may be headings."""
_MIN_CERTAIN = 3
"""Number of known fields from which a row with the text of actions is certainly one of headings."""
FieldFinder = Callable[[str], str | None]

_IDENTIFYING_FIELDS = frozenset(("ref", "title", "row_id", "name", "email"))


@dataclass(frozen=True, slots=True)
class Headers:
    """A header row, or two rows that together name the columns."""

    first: int
    """Position in `Grid.rows` of the first row."""
    last: int
    names: dict[int, str]
    """Column to its heading; unnamed columns are absent."""
    fields: dict[int, str]
    """Column to the field of its heading; unknown headings are absent."""

    @property
    def known_count(self) -> int:
        """Number of distinct known fields."""
        return len(set(self.fields.values()))

    @property
    def names_actions(self) -> bool:
        """Whether it has the text of actions and two other known fields."""
        return self.known_count >= _MIN_CERTAIN and "title" in self.fields.values()


@dataclass(slots=True)
class HeaderFinder:
    """Finds header rows within a range of columns of a sheet."""

    grid: Grid
    find_field: FieldFinder
    left: int = 0
    right: int = 1 << 20
    _field_cache: dict[str, str | None] = field(default_factory=dict)
    _wide_merges: dict[int, list[Merge]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for merge in self.grid.merges:
            if merge.right > merge.left:
                self._wide_merges.setdefault(merge.top, []).append(merge)

    def limit_columns(self, left: int, right: int) -> HeaderFinder:
        """Return a finder for these columns, which shares the known headings."""
        return HeaderFinder(self.grid, self.find_field, left, right, self._field_cache)

    def look_up_field(self, text: str) -> str | None:
        """Return the field of a heading, cached; after very many different texts None, as they are no headings."""
        if text not in self._field_cache:
            is_short = len(text) <= MAX_HEADING_LENGTH and len(self._field_cache) < MAX_LOOKED_UP
            self._field_cache[text] = self.find_field(text) if is_short else None
        return self._field_cache[text]

    def list_filled_cells(self, position: int) -> dict[int, CellValue]:
        """Return the non-empty cells of a row within the columns."""
        values = self.grid.rows[position][1]
        return {
            column: values[column]
            for column in range(self.left, min(self.right + 1, len(values)))
            if values[column] is not None
        }

    def find_first(self, start: int, stop: int) -> Headers | None:
        """Return the first header row from position `start` up to `stop`."""
        for position in range(start, stop):
            headers = self._read_headers(position)
            if headers is None or headers.known_count < 2 or self.is_data_row(position):
                continue
            return self._find_better(headers, stop) or self._extend_headers(headers, stop)
        return None

    def find_repeated(self, position: int, current: Headers) -> Headers | None:
        """Return the headers if a row inside a table repeats them or begins the next table, else None."""
        texts: list[str] = []
        for value in self.grid.rows[position][1][self.left : self.right + 1]:
            if isinstance(value, str) and len(value) <= MAX_HEADING_LENGTH:
                texts.append(value)
            elif value is not None:
                return None
        if len(texts) < 2:
            return None
        names = set(current.names.values())
        if sum(text in names for text in texts) >= max(2, len(texts) - 1):
            return Headers(position, position, current.names, current.fields)
        if any(list_spellings(text) for text in texts):
            return None
        headers = self._read_headers(position)
        if headers is None or headers.known_count < 2 or headers.known_count * 2 < len(texts):
            return None
        if not set(headers.fields.values()) & _IDENTIFYING_FIELDS and headers.known_count < 3:
            return None
        return self._extend_headers(headers, len(self.grid.rows))

    def find_likeliest(self, stop: int) -> Headers | None:
        """Return the row that looks most like headings if too few are known: only text, no days, the most cells."""
        best: Headers | None = None
        best_score = (False, 0, 0)
        for position in range(min(stop, 2 * LOOKAHEAD_ROWS)):
            cells = self.list_filled_cells(position)
            names = {
                column: text
                for column, text in cells.items()
                if isinstance(text, str) and len(text) <= MAX_HEADING_LENGTH
            }
            if not names or len(names) < len(cells) or len(set(names.values())) < len(names):
                continue
            headers = self._build_headers(position, position, names)
            if headers.known_count + len(names) < 2:
                continue
            score = (not any(map(is_date_text, names.values())), headers.known_count, len(names))
            if score > best_score:
                best, best_score = headers, score
        return best

    def _read_headers(self, position: int) -> Headers | None:
        cells = self.list_filled_cells(position)
        names = {column: text for column, text in cells.items() if isinstance(text, str)}
        if len(names) < 2:
            return None
        headers = self._build_headers(position, position, names)
        if len(names) * 2 < len(cells) and (headers.known_count < len(names) or len(names) < 3):
            return None  # numbers of days may follow headings that are all known
        labels = [column for column in headers.fields if names[column].endswith(":")]
        return None if labels and len(headers.fields) < len(names) else headers

    def _find_better(self, doubtful: Headers, stop: int) -> Headers | None:
        """Return the real header row below a form line such as "Lead: AHTC  Date: 12/12/13"."""
        is_identifying = bool(_IDENTIFYING_FIELDS & set(doubtful.fields.values()))
        is_full = is_identifying and doubtful.known_count * 2 > len(self.list_filled_cells(doubtful.first))
        if doubtful.known_count > _MIN_CERTAIN or doubtful.names_actions or is_full:
            return None
        for position in range(doubtful.first + 1, min(doubtful.first + 1 + LOOKAHEAD_ROWS, stop)):
            headers = self._read_headers(position)
            if headers and (headers.known_count > doubtful.known_count or headers.names_actions):
                return self._extend_headers(headers, stop)
        return None

    def _extend_headers(self, headers: Headers, stop: int) -> Headers:
        """Return the row joined with the one above or below it, if only both together name the columns."""
        best = headers
        if (
            headers.first
            and self._is_adjacent(headers.first - 1, headers.first)
            and (above := self._join_rows(headers.first - 1, headers.first))
        ):
            best = above if above.known_count > best.known_count else best
        if (
            headers.last + 1 < stop
            and self._is_adjacent(headers.last, headers.last + 1)
            and self._is_second_row(headers)
        ):
            below = self._join_rows(headers.first, headers.last + 1)
            best = below if below and below.known_count > best.known_count else best
        return best

    def _is_adjacent(self, upper: int, lower: int) -> bool:
        return self.grid.rows[upper][0] + 1 == self.grid.rows[lower][0]

    def _is_second_row(self, headers: Headers) -> bool:
        """Whether the next row has only short text, without references and not below an identifying heading."""
        cells = self.list_filled_cells(headers.last + 1)
        if not all(
            isinstance(text, str) and len(text) <= MAX_HEADING_LENGTH // 2 and not list_spellings(text)
            for text in cells.values()
        ):
            return False
        return not any(headers.fields.get(column) in _IDENTIFYING_FIELDS for column in cells)

    def _join_rows(self, upper: int, lower: int) -> Headers | None:
        upper_cells, lower_cells = self._spread_merged(upper, lower), self.list_filled_cells(lower)
        if not all(
            isinstance(text, str) and len(text) <= MAX_HEADING_LENGTH
            for text in (*upper_cells.values(), *lower_cells.values())
        ):
            return None
        names: dict[int, str] = {}
        for column in sorted({*upper_cells, *lower_cells}):
            parts = [str(part) for part in (upper_cells.get(column), lower_cells.get(column)) if part]
            names[column] = self._choose_name(" ".join(parts), parts[-1])
        return self._build_headers(upper, lower, names)

    def _choose_name(self, joined: str, lower: str) -> str:
        """Return the heading of a column over two rows: both joined, or the lower one where it alone is usual."""
        is_lower_better = is_usual_heading(lower) and not is_usual_heading(joined)
        return lower if self.look_up_field(lower) and (is_lower_better or not self.look_up_field(joined)) else joined

    def is_data_row(self, position: int) -> bool:
        """Return whether a row without a known heading holds values: a date, a state, a sentence or a repetition."""
        cells = self.list_filled_cells(position)
        if any(isinstance(text, str) and resolve_heading(text) for text in cells.values()):
            return False
        below = [values for _number, values in self.grid.rows[position + 1 : position + 1 + LOOKAHEAD_ROWS]]
        repeated = any(
            column < len(values) and values[column] == value for column, value in cells.items() for values in below
        )
        return bool(below) and (repeated or any(map(_is_value, cells.values())))

    def name_by_letters(self) -> Headers | None:
        """Return headers for a sheet without a heading row: "Column A", or the first cell where a person mapped it.

        None where it has fewer than two rows or columns, unless a person mapped it.
        """
        width = max((len(values) for _number, values in self.grid.rows), default=0)
        if not self.grid.rows or ((width < 2 or len(self.grid.rows) < 2) and not self.wants_letters()):
            return None
        first = self.list_filled_cells(0)
        names: dict[int, str] = {}
        for column in range(self.left, min(self.right + 1, width)):
            text = first.get(column)
            is_mapped = isinstance(text, str) and self.look_up_field(text)
            names[column] = str(text) if is_mapped else format_column_name(to_column_letters(column))
        return replace(self._build_headers(0, 0, names), last=-1)

    def wants_letters(self) -> bool:
        """Return whether a person mapped a column by its letters: the sheet has no heading row."""
        return any(self.look_up_field(format_column_name(to_column_letters(column))) for column in range(26))

    def _spread_merged(self, upper: int, lower: int) -> dict[int, CellValue]:
        """Return the upper row with merged or spanning headings repeated in every column that they cover."""
        cells = self.list_filled_cells(upper)
        merges = self._wide_merges.get(self.grid.rows[upper][0], [])
        for merge in merges:
            if merge.left in cells:
                cells |= dict.fromkeys(range(merge.left, min(merge.right, 256) + 1), cells[merge.left])
        if not merges:
            last: CellValue = None
            lower_columns = self.list_filled_cells(lower).keys()
            for column in range(self.left, max(lower_columns, default=-1) + 1):
                if column in cells:
                    last = cells[column]
                elif last is not None and lower_columns >= {column - 1, column}:
                    cells[column] = last
        return cells

    def _build_headers(self, first: int, last: int, names: dict[int, str]) -> Headers:
        flat_names = {column: " ".join(name.split()) for column, name in names.items()}
        fields = {column: field_name for column in names if (field_name := self.look_up_field(names[column]))}
        return Headers(first, last, flat_names, fields)


def _is_value(value: CellValue) -> bool:
    """Return whether a cell cannot be a heading."""
    if not isinstance(value, str):
        return value is not None
    is_state = parse_status(value) is not None or parse_percent(value) is not None
    return is_state or is_date_text(value) or "@" in value or len(value.split()) > MAX_HEADING_WORDS
