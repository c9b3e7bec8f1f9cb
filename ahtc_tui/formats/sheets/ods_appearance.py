"""What a person sees in an ods sheet beside its values: colours, strikes, comments, merged cells, what is hidden."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ahtc_tui.domain.returns.colours import colour_name
from ahtc_tui.formats.sheets.grid import Looks, Merge, clean
from ahtc_tui.formats.sheets.xlsx_parts import NotReadable, local

MOST_ROWS, MOST_COLUMNS = 1_048_576, 1_024
MOST_REPEATED = 1_000
"""Rows that repeat more often are the rest of the sheet: nothing of them is kept."""
_HIDDEN = ("collapse", "filter")


@dataclass(slots=True)
class _Seen:
    """Names of styles to what they show, and where the reading stands."""

    fills: dict[str, str] = field(default_factory=dict)
    struck: set[str] = field(default_factory=set)
    sheets: dict[str, Looks] = field(default_factory=dict)
    looks: Looks = field(default_factory=Looks)
    by_column: list[str] = field(default_factory=list)
    """The style of a cell that names none, by its column."""
    row: int = 0
    column: int = 0


def ods_looks(path: Path) -> tuple[dict[str, Looks], bool]:
    """The looks of each sheet by its name; days never count from 1904, because dates are written out."""
    from defusedxml import ElementTree

    seen = _Seen()
    try:
        with zipfile.ZipFile(path) as packed:
            for part in ("styles.xml", "content.xml"):
                if part in packed.namelist():
                    with packed.open(part) as stream:
                        _walk(ElementTree.iterparse(stream, ("start", "end")), seen)
    except Exception as error:  # zip, XML and its guards have nine kinds, and the answer to each is the same
        raise NotReadable(path) from error
    return seen.sheets, False


def _walk(events: Iterator[tuple[str, Any]], seen: _Seen) -> None:
    for event, element in events:
        name = local(element.tag)
        if event == "start":
            if name == "table":
                seen.looks = seen.sheets.setdefault(_get(element, "name"), Looks())
                seen.row = seen.column = 0
                seen.by_column = []
            elif name == "table-row":
                seen.column = 0
                seen.row += 1
            continue
        if name == "style":
            _style(element, seen)
        elif name == "table-column":
            _column(element, seen)
        elif name in ("table-cell", "covered-table-cell"):
            _cell(element, seen)
        elif name == "table-row":
            _row(element, seen)
        if name in ("table-row", "table"):
            seen.column = 0
            element.clear()


def _style(element: Any, seen: _Seen) -> None:
    name = _get(element, "name")
    parent = _get(element, "parent-style-name")
    if parent in seen.fills:
        seen.fills[name] = seen.fills[parent]
    for one in element:
        code = _get(one, "background-color").removeprefix("#")
        if len(code) == 6 and (colour := colour_name(*bytes.fromhex(code))):
            seen.fills[name] = colour
        elif code:
            seen.fills.pop(name, None)
        if _get(one, "text-line-through-style", "none") != "none":
            seen.struck.add(name)


def _column(element: Any, seen: _Seen) -> None:
    """Columns stand before the rows: `seen.column` counts them until the first row begins."""
    times = _times(element, "number-columns-repeated")
    if _get(element, "visibility") in _HIDDEN:
        seen.looks.hidden_columns.update(range(seen.column, min(seen.column + times, MOST_COLUMNS)))
    style = _get(element, "default-cell-style-name")
    seen.by_column += [style] * min(times, MOST_COLUMNS - len(seen.by_column))
    seen.column += times


def _cell(element: Any, seen: _Seen) -> None:
    times = _times(element, "number-columns-repeated")
    named = _get(element, "style-name")
    for column in range(seen.column, min(seen.column + times, seen.column + 64, MOST_COLUMNS)):
        place = (seen.row, column)
        style = named or (seen.by_column[column] if column < len(seen.by_column) else "")
        if style in seen.fills:
            seen.looks.fills[place] = seen.fills[style]
        if style in seen.struck:
            seen.looks.struck.add(place)
    note = next((one for one in element if local(one.tag) == "annotation"), None)
    if note is not None:
        words = [" ".join("".join(one.itertext()).split()) for one in note if local(one.tag) == "p"]
        if text := clean("\n".join(words)):
            seen.looks.comments[seen.row, seen.column] = text
    wide, tall = _times(element, "number-columns-spanned"), _times(element, "number-rows-spanned")
    if wide > 1 or tall > 1:
        bottom, right = min(seen.row + tall - 1, MOST_ROWS), min(seen.column + wide - 1, MOST_COLUMNS)
        seen.looks.merges.append(Merge(seen.row, seen.column, bottom, right))
    seen.column += times


def _row(element: Any, seen: _Seen) -> None:
    times = _times(element, "number-rows-repeated")
    rows = range(seen.row, seen.row + times) if times <= MOST_REPEATED else range(0)
    if _get(element, "visibility") in _HIDDEN:
        seen.looks.hidden_rows.update(rows)
    for column in range(min(seen.column, MOST_COLUMNS)) if times > 1 else ():
        if fill := seen.looks.fills.get((seen.row, column)):
            seen.looks.fills.update({(row, column): fill for row in rows})
    seen.row += times - 1


def _times(element: Any, name: str) -> int:
    text = _get(element, name, "1")
    return max(1, min(int(text), MOST_ROWS)) if text.isascii() and text.isdigit() else 1


def _get(element: Any, name: str, default: str = "") -> str:
    return next((value for key, value in element.items() if local(key) == name), default)
