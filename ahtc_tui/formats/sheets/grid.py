"""A sheet as rows of plain values with the appearance of its cells, before its tables are detected."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from ahtc_tui.domain.imports.sheets import CellValue
from ahtc_tui.domain.text.cleaning import BIDI_CONTROLS, CONTROLS

MAX_CELL_LENGTH = 32_767
"""Maximum length of a cell in Excel; longer text is cut."""
_AREA = re.compile(r"([A-Z]{1,3})(\d{1,7})(?::([A-Z]{1,3})(\d{1,7}))?")
_LINE_END = re.compile("\r\n?|\u2028|\u2029|\x0b")


class Merge(NamedTuple):
    """Merged cells, both ends inclusive; rows count from 1, columns from 0."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Appearance:
    """Formatting, comments and hidden rows of a sheet; a cell is (row from 1, column from 0)."""

    fills: dict[tuple[int, int], str] = field(default_factory=dict)
    struck: set[tuple[int, int]] = field(default_factory=set)
    percents: set[tuple[int, int]] = field(default_factory=set)
    """Cells whose number format shows a percentage."""
    row_fills: dict[int, str] = field(default_factory=dict)
    """Colours of whole rows."""
    comments: dict[tuple[int, int], str] = field(default_factory=dict)
    text_boxes: dict[tuple[int, int], str] = field(default_factory=dict)
    """Texts of shapes by the cell below their corner."""
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merges: list[Merge] = field(default_factory=list)
    """Merged cells, where the reader of values does not return them."""
    pivots: list[Merge] = field(default_factory=list)
    """Areas of pivot tables, which count the rows of another list."""
    uncalculated: list[str] = field(default_factory=list)
    """Names of formula cells without a stored value: "F4"."""


@dataclass(slots=True)
class Grid:
    """The values of one sheet by row number, its merged ranges and its appearance."""

    sheet: str
    """Empty for a file without sheets."""
    rows: list[tuple[int, list[CellValue]]] = field(default_factory=list)
    """Row number and values from column A of each row that is not empty."""
    merges: list[Merge] = field(default_factory=list)
    hidden: bool = False
    appearance: Appearance = field(default_factory=Appearance)

    def show_percentages(self) -> None:
        """Replace the numbers of cells that show a percentage by its text: "50%" for 0.5."""
        rows = dict(self.rows) if self.appearance.percents else {}
        for row, column in self.appearance.percents:
            values = rows.get(row, ())
            value = values[column] if column < len(values) else None
            if isinstance(value, (int, float)) and not isinstance(value, bool):
                rows[row][column] = f"{round(100 * value, 2):g}%"

    def remove_pivots(self) -> None:
        """Remove the values of pivot tables, and the rows that are empty then."""
        for top, left, bottom, right in self.appearance.pivots:
            for number, values in self.rows:
                if top <= number <= bottom:
                    values[left : right + 1] = [None] * len(values[left : right + 1])
        if self.appearance.pivots:
            self.rows = [row for row in self.rows if any(value is not None for value in row[1])]

    def format_cell_name(self, row: int, column: int) -> str:
        """Return the name of a cell: "Open!F4"."""
        cell = f"{to_column_letters(column)}{row}"
        return f"{self.sheet}!{cell}" if self.sheet else cell


def to_column_letters(column: int) -> str:
    """Return the letters of a column number: 0 is A, 26 is AA."""
    letters, remaining = "", column + 1
    while remaining:
        remaining, digit = divmod(remaining - 1, 26)
        letters = chr(65 + digit) + letters
    return letters


def to_column_number(letters: str) -> int:
    """Return the number of column letters: A is 0, AA is 26."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def parse_area(text: str) -> Merge | None:
    """Return the area that a text such as "A3:C20" names; None for any other text."""
    match = _AREA.fullmatch(text.replace("$", ""))
    if match is None:
        return None
    left, top, right, bottom = match.groups()
    return Merge(int(top), to_column_number(left), int(bottom or top), to_column_number(right or left))


def clean_text(text: str) -> str | None:
    """Return the text without surrounding whitespace and control characters, with LF line ends; None if empty."""
    if not text.isprintable():
        text = BIDI_CONTROLS.sub("", CONTROLS.sub("", _LINE_END.sub("\n", text)))
    return _drop_surrogates(text.strip()[:MAX_CELL_LENGTH]) or None


def _drop_surrogates(text: str) -> str:
    """Remove lone surrogates, which cannot be encoded."""
    if text.isascii():
        return text
    return text.encode("utf-8", "ignore").decode("utf-8")
