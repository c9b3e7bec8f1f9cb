"""Appearance of the cells of ODS sheets: colours, strike-through, comments, merged cells, hidden rows and columns."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ahtc_tui.domain.returns.statuses import find_colour_name
from ahtc_tui.formats.sheets.grid import Appearance, Merge, clean_text, parse_area
from ahtc_tui.formats.sheets.xlsx_parts import UnreadablePart, strip_namespace

MAX_ROWS, MAX_COLUMNS = 1_048_576, 1_024
MAX_REPEATED_ROWS = 1_000
"""A row repeated more often fills the rest of the sheet and is ignored."""
MAX_REPEATED_CELLS = 64
"""A cell repeated more often fills the rest of the row; further copies are ignored."""
_DRAWING = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_HIDDEN_VALUES = ("collapse", "filter")


@dataclass(slots=True)
class _ReadState:
    """Styles read so far, and the position in the document."""

    fills: dict[str, str] = field(default_factory=dict)
    struck: set[str] = field(default_factory=set)
    sheets: dict[str, Appearance] = field(default_factory=dict)
    appearance: Appearance = field(default_factory=Appearance)
    column_styles: list[str] = field(default_factory=list)
    """Default cell style of each column."""
    row: int = 0
    column: int = 0


def read_ods_appearance(path: Path) -> tuple[dict[str, Appearance], bool]:
    """Return the appearance of each sheet by name, and False: ODS stores dates as text, never as days since 1904."""
    from defusedxml import ElementTree

    state = _ReadState()
    try:
        with zipfile.ZipFile(path) as archive:
            for part in ("styles.xml", "content.xml"):
                if part in archive.namelist():
                    with archive.open(part) as stream:
                        _read_events(ElementTree.iterparse(stream, ("start", "end")), state)
    except Exception as error:  # zipfile, XML parser and its guards raise nine types
        raise UnreadablePart(path) from error
    return state.sheets, False


def _read_events(events: Iterator[tuple[str, Any]], state: _ReadState) -> None:
    for event, element in events:
        name = strip_namespace(element.tag)
        if event == "start":
            if name == "table":
                state.appearance = state.sheets.setdefault(_get_attribute(element, "name"), Appearance())
                state.row = state.column = 0
                state.column_styles = []
            elif name == "table-row":
                state.column = 0
                state.row += 1
            continue
        if read_element := _READERS.get(name):
            read_element(element, state)
        if name in ("table-row", "table"):
            state.column = 0
            element.clear()


def _read_pivot(element: Any, state: _ReadState) -> None:
    """Read the area of a pivot table: "$Summary.$A$3:$Summary.$C$20"."""
    cells = _get_attribute(element, "target-range-address").split(":")
    sheet = cells[0].rpartition(".")[0].strip("$'")
    if sheet in state.sheets and (area := parse_area(":".join(cell.rpartition(".")[2] for cell in cells))):
        state.sheets[sheet].pivots.append(area)


def _read_style(element: Any, state: _ReadState) -> None:
    name = _get_attribute(element, "name")
    parent = _get_attribute(element, "parent-style-name")
    if parent in state.fills:
        state.fills[name] = state.fills[parent]
    for child in element:
        code = _get_attribute(child, "background-color").removeprefix("#")
        if len(code) == 6 and (colour := find_colour_name(*bytes.fromhex(code))):
            state.fills[name] = colour
        elif code:
            state.fills.pop(name, None)
        if _get_attribute(child, "text-line-through-style", "none") != "none":
            state.struck.add(name)


def _read_column(element: Any, state: _ReadState) -> None:
    """Read a column definition. Columns precede rows, so that `state.column` counts them until the first row."""
    count = _read_count(element, "number-columns-repeated")
    if _get_attribute(element, "visibility") in _HIDDEN_VALUES:
        state.appearance.hidden_columns.update(range(state.column, min(state.column + count, MAX_COLUMNS)))
    style = _get_attribute(element, "default-cell-style-name")
    state.column_styles += [style] * min(count, MAX_COLUMNS - len(state.column_styles))
    state.column += count


def _read_cell(element: Any, state: _ReadState) -> None:
    count = _read_count(element, "number-columns-repeated")
    style_name = _get_attribute(element, "style-name")
    for column in range(state.column, min(state.column + count, state.column + MAX_REPEATED_CELLS, MAX_COLUMNS)):
        position = (state.row, column)
        style = style_name or (state.column_styles[column] if column < len(state.column_styles) else "")
        if style in state.fills:
            state.appearance.fills[position] = state.fills[style]
        if style in state.struck:
            state.appearance.struck.add(position)
        if _get_attribute(element, "value-type") == "percentage":
            state.appearance.percents.add(position)
    note = next((child for child in element if strip_namespace(child.tag) == "annotation"), None)
    if note is not None:
        paragraphs = [
            " ".join("".join(child.itertext()).split()) for child in note if strip_namespace(child.tag) == "p"
        ]
        if text := clean_text("\n".join(paragraphs)):
            state.appearance.comments[state.row, state.column] = text
    _read_text_boxes(element, state)
    column_span, row_span = _read_count(element, "number-columns-spanned"), _read_count(element, "number-rows-spanned")
    if column_span > 1 or row_span > 1:
        bottom, right = min(state.row + row_span - 1, MAX_ROWS), min(state.column + column_span - 1, MAX_COLUMNS)
        state.appearance.merges.append(Merge(state.row, state.column, bottom, right))
    state.column += count


def _read_text_boxes(element: Any, state: _ReadState) -> None:
    """Read the texts of the shapes in a cell, or of those of a whole sheet, which precede its rows."""
    position = (max(state.row, 1), state.column if state.row else 0)
    shapes = [child for child in element if child.tag.startswith(_DRAWING)]
    paragraphs = [part for shape in shapes for part in shape.iter() if strip_namespace(part.tag) == "p"]
    if text := clean_text("\n".join(" ".join("".join(part.itertext()).split()) for part in paragraphs)):
        state.appearance.text_boxes[position] = text


def _read_row(element: Any, state: _ReadState) -> None:
    count = _read_count(element, "number-rows-repeated")
    rows = range(state.row, state.row + count) if count <= MAX_REPEATED_ROWS else range(0)
    if _get_attribute(element, "visibility") in _HIDDEN_VALUES:
        state.appearance.hidden_rows.update(rows)
    for column in range(min(state.column, MAX_COLUMNS)) if count > 1 else ():
        if (state.row, column) in state.appearance.percents:
            state.appearance.percents.update((row, column) for row in rows)
        if fill := state.appearance.fills.get((state.row, column)):
            state.appearance.fills.update({(row, column): fill for row in rows})
    state.row += count - 1


_READERS: dict[str, Callable[[Any, _ReadState], None]] = {
    "data-pilot-table": _read_pivot,
    "style": _read_style,
    "table-column": _read_column,
    "table-cell": _read_cell,
    "covered-table-cell": _read_cell,
    "table-row": _read_row,
    "shapes": _read_text_boxes,
}


def _read_count(element: Any, name: str) -> int:
    text = _get_attribute(element, name, "1")
    return max(1, min(int(text), MAX_ROWS)) if text.isascii() and text.isdigit() else 1


def _get_attribute(element: Any, name: str, default: str = "") -> str:
    return next((value for key, value in element.items() if strip_namespace(key) == name), default)
