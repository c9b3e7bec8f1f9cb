"""Appearance of the cells of XLSX sheets: colours, strike-through, comments, and hidden rows and columns.

Sheets are searched with regular expressions, one megabyte at a time: an XML parser takes longer than reading the
values.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from ahtc_tui.formats.sheets.grid import Appearance, to_column_number
from ahtc_tui.formats.sheets.xlsx_comments import find_struck_texts, read_comments
from ahtc_tui.formats.sheets.xlsx_parts import Package, SheetPart, UnreadablePart
from ahtc_tui.formats.sheets.xlsx_styles import CellStyles

MAX_CELLS = 200_000
"""Maximum number of coloured or percent cells per sheet."""
_PREFIX = rb"(?:\w+:)?"
_HIDDEN_ROW = re.compile(
    rb"<" + _PREFIX + rb"row\b(?=[^<>]*\b(?:hidden=[\"'](?:1|true)|ht=[\"']0[\"'.]))[^<>]*?\br=[\"'](\d{1,7})[\"']"
)
_COLUMN = re.compile(rb"<" + _PREFIX + rb"col\b[^<>]*>")
_ATTRIBUTE = re.compile(rb"\b(min|max|hidden|width)=[\"']([^\"']*)[\"']")
_STYLED_ROW = re.compile(rb"<" + _PREFIX + rb"row\b(?=[^<>]*\bcustomFormat=[\"'](?:1|true))[^<>]*>")
_REF = re.compile(rb"\br=[\"']([A-Z]{1,3})(\d{1,7})[\"']")
_STYLE = re.compile(rb"\bs=[\"'](\d+)[\"']")
_ROW = re.compile(rb"\br=[\"'](\d{1,7})[\"']")
_FORMULA = re.compile(
    rb"<(?:\w+:)?c\b((?:(?!\bt=[\"']str)[^<>])*)>\s*<(?:\w+:)?f\b(?:[^<>]*/>|[^<>]*>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>|(?=</(?:\w+:)?c>))"
)
_SHARED = re.compile(rb"<" + _PREFIX + rb"c\b([^<>]*\bt=[\"']s[\"'][^<>]*)>\s*<" + _PREFIX + rb"v>(\d+)</")
_INLINE = re.compile(
    rb"<"
    + _PREFIX
    + rb"c\b([^<>]*)>\s*<"
    + _PREFIX
    + rb"is>((?:[^<]|<(?!/?"
    + _PREFIX
    + rb"(?:is|c)\b))*)</"
    + _PREFIX
    + rb"is>"
)
_RUN = re.compile(rb"<" + _PREFIX + rb"r>(?:[^<]|<(?!/?" + _PREFIX + rb"r>))*</" + _PREFIX + rb"r>")
_STRUCK = re.compile(rb"<" + _PREFIX + rb"strike\b(?![^<>]*\bval=[\"'](?:0|false))")


def read_xlsx_appearance(path: Path) -> tuple[dict[str, Appearance], bool]:
    """Return the appearance of each sheet by name, and whether days count from 1904. Raises UnreadablePart."""
    try:
        with zipfile.ZipFile(path) as archive:
            package = Package.from_zip(archive)
            sheets, since_1904 = package.read_sheets()
            styles, struck = CellStyles(package), find_struck_texts(package)
            return {sheet.name: _read_sheet(package, sheet, styles, struck) for sheet in sheets}, since_1904
    except (OSError, ValueError, zipfile.BadZipFile) as error:
        raise UnreadablePart(path) from error


def _read_sheet(package: Package, sheet: SheetPart, styles: CellStyles, struck_texts: set[int]) -> Appearance:
    appearance = Appearance(comments=read_comments(package, sheet.part))
    styled = _build_style_pattern({*styles.fills, *styles.struck, *styles.percents})
    first = True
    for data in package.read_chunks(sheet.part):
        if first:
            _read_columns(data, appearance)
            first = False
        if b"hidden=" in data or b" ht=" in data:
            appearance.hidden_rows.update(int(number) for number in _HIDDEN_ROW.findall(data))
        if b"customFormat=" in data:
            _read_row_fills(data, styles, appearance)
        if styled and len(appearance.fills) + len(appearance.percents) < MAX_CELLS:
            _read_cells(styled.findall(data), styles, appearance)
        if b"<f" in data or b":f" in data:
            appearance.uncalculated += [
                name for match in _FORMULA.finditer(data) if (name := _parse_cell_name(match[1]))
            ]
        if b"strike" in data:
            appearance.struck.update(_find_struck_inline(data))
        for match in _SHARED.finditer(data) if struck_texts else ():
            if int(match[2]) in struck_texts and (position := _parse_position(match[1])):
                appearance.struck.add(position)
    return appearance


def _find_struck_inline(data: bytes) -> Iterator[tuple[int, int]]:
    """Yield cells with inline text whose runs are all struck through."""
    for match in _INLINE.finditer(data):
        runs = _RUN.findall(match[2])
        if runs and all(_STRUCK.search(run) for run in runs) and (position := _parse_position(match[1])):
            yield position


def _build_style_pattern(numbers: set[int]) -> re.Pattern[bytes] | None:
    if not numbers:
        return None
    alternatives = b"|".join(str(number).encode() for number in sorted(numbers))
    style = rb"(?=[^<>]*?\bs=[\"'](" + alternatives + rb")[\"'])"
    return re.compile(rb"<" + _PREFIX + rb"c\b" + style + rb"[^<>]*?\br=[\"']([A-Z]{1,3})(\d{1,7})[\"']")


def _read_cells(cells: list[tuple[bytes, bytes, bytes]], styles: CellStyles, appearance: Appearance) -> None:
    columns = {letters: to_column_number(letters.decode()) for letters in {letters for _style, letters, _row in cells}}
    for style, letters, row in cells:
        position, number = (int(row), columns[letters]), int(style)
        if number in styles.fills:
            appearance.fills[position] = styles.fills[number]
        if number in styles.struck:
            appearance.struck.add(position)
        if number in styles.percents:
            appearance.percents.add(position)


def _read_row_fills(data: bytes, styles: CellStyles, appearance: Appearance) -> None:
    """Read colours of whole rows, whose empty cells have no style."""
    for tag in _STYLED_ROW.finditer(data):
        row, style = _ROW.search(tag[0]), _STYLE.search(tag[0])
        if row and style and (fill := styles.fills.get(int(style[1]))):
            appearance.row_fills[int(row[1])] = fill


def _read_columns(data: bytes, appearance: Appearance) -> None:
    for tag in _COLUMN.findall(data):
        attributes = dict(_ATTRIBUTE.findall(tag))
        first, last = attributes.get(b"min", b""), attributes.get(b"max", b"")
        if (
            first.isdigit()
            and last.isdigit()
            and (attributes.get(b"hidden") in (b"1", b"true") or attributes.get(b"width") == b"0")
        ):
            appearance.hidden_columns.update(range(int(first) - 1, min(int(last), 16_384)))


def _parse_position(tag: bytes) -> tuple[int, int] | None:
    match = _REF.search(tag)
    return (int(match[2]), to_column_number(match[1].decode())) if match else None


def _parse_cell_name(tag: bytes) -> str | None:
    match = _REF.search(tag)
    return (match[1] + match[2]).decode() if match else None
