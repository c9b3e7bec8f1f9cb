"""What a person sees in an xlsx sheet beside its values: colours, strikes, comments, what is hidden. Never a value.

The sheet is gone through by patterns over its bytes, a megabyte at a time: a full parser takes longer than the values.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from ahtc_tui.formats.sheets.grid import Looks, column_number
from ahtc_tui.formats.sheets.xlsx_comments import comments_of, struck_texts
from ahtc_tui.formats.sheets.xlsx_parts import NotReadable, Package, SheetPart
from ahtc_tui.formats.sheets.xlsx_styles import Styles

MOST_CELLS = 200_000
"""Coloured or struck cells that are kept of a sheet."""
_N = rb"(?:\w+:)?"
_HIDDEN_ROW = re.compile(
    rb"<" + _N + rb"row\b(?=[^<>]*\b(?:hidden=[\"'](?:1|true)|ht=[\"']0[\"'.]))[^<>]*?\br=[\"'](\d{1,7})[\"']"
)
_COLUMN = re.compile(rb"<" + _N + rb"col\b[^<>]*>")
_ATTRIBUTE = re.compile(rb"\b(min|max|hidden|width)=[\"']([^\"']*)[\"']")
_STYLED_ROW = re.compile(rb"<" + _N + rb"row\b(?=[^<>]*\bcustomFormat=[\"'](?:1|true))[^<>]*>")
_REF = re.compile(rb"\br=[\"']([A-Z]{1,3})(\d{1,7})[\"']")
_STYLE = re.compile(rb"\bs=[\"'](\d+)[\"']")
_ROW = re.compile(rb"\br=[\"'](\d{1,7})[\"']")
_FORMULA = re.compile(
    rb"<" + _N + rb"c\b((?:(?!\bt=[\"']str)[^<>])*)>\s*<" + _N + rb"f\b(?:[^<>]*/>|[^<>]*>[^<]*</" + _N + rb"f>)\s*"
    rb"(?:<" + _N + rb"v\s*/>|<" + _N + rb"v>\s*</" + _N + rb"v>|(?=</" + _N + rb"c>))"
)
_SHARED = re.compile(rb"<" + _N + rb"c\b([^<>]*\bt=[\"']s[\"'][^<>]*)>\s*<" + _N + rb"v>(\d+)</")
_INLINE = re.compile(
    rb"<" + _N + rb"c\b([^<>]*)>\s*<" + _N + rb"is>((?:[^<]|<(?!/?" + _N + rb"(?:is|c)\b))*)</" + _N + rb"is>"
)
_RUN = re.compile(rb"<" + _N + rb"r>(?:[^<]|<(?!/?" + _N + rb"r>))*</" + _N + rb"r>")
_STRUCK = re.compile(rb"<" + _N + rb"strike\b(?![^<>]*\bval=[\"'](?:0|false))")


def looks_of(path: Path) -> tuple[dict[str, Looks], bool]:
    """The looks of each sheet by its name, and whether days count from 1904. Raises NotReadable."""
    try:
        with zipfile.ZipFile(path) as packed:
            package = Package.opened(packed)
            sheets, since_1904 = package.sheets()
            styles, struck = Styles(package), struck_texts(package)
            return {sheet.name: _sheet(package, sheet, styles, struck) for sheet in sheets}, since_1904
    except (OSError, ValueError, zipfile.BadZipFile) as error:
        raise NotReadable(path) from error


def _sheet(package: Package, sheet: SheetPart, styles: Styles, struck_texts: set[int]) -> Looks:
    looks = Looks(comments=comments_of(package, sheet.part))
    styled = _styled_cells({*styles.fills, *styles.struck})
    first = True
    for data in package.chunks(sheet.part):
        if first:
            _columns(data, looks)
            first = False
        if b"hidden=" in data or b" ht=" in data:
            looks.hidden_rows.update(int(found) for found in _HIDDEN_ROW.findall(data))
        if b"customFormat=" in data:
            _row_fills(data, styles, looks)
        if styled and len(looks.fills) < MOST_CELLS:
            _cells(styled.findall(data), styles, looks)
        if b"<f" in data or b":f" in data:
            looks.unsolved += [name for found in _FORMULA.finditer(data) if (name := _name(found[1]))]
        if b"strike" in data:
            looks.struck.update(_struck_inline(data))
        for found in _SHARED.finditer(data) if struck_texts else ():
            if int(found[2]) in struck_texts and (place := _place(found[1])):
                looks.struck.add(place)
    return looks


def _struck_inline(data: bytes) -> Iterator[tuple[int, int]]:
    """Cells whose text stands in the sheet itself, every run of it struck out."""
    for found in _INLINE.finditer(data):
        runs = _RUN.findall(found[2])
        if runs and all(_STRUCK.search(run) for run in runs) and (place := _place(found[1])):
            yield place


def _styled_cells(numbers: set[int]) -> re.Pattern[bytes] | None:
    if not numbers:
        return None
    any_of = b"|".join(str(number).encode() for number in sorted(numbers))
    style = rb"(?=[^<>]*?\bs=[\"'](" + any_of + rb")[\"'])"
    return re.compile(rb"<" + _N + rb"c\b" + style + rb"[^<>]*?\br=[\"']([A-Z]{1,3})(\d{1,7})[\"']")


def _cells(found: list[tuple[bytes, bytes, bytes]], styles: Styles, looks: Looks) -> None:
    columns = {letters: column_number(letters.decode()) for letters in {letters for _style, letters, _row in found}}
    for style, letters, row in found:
        place, number = (int(row), columns[letters]), int(style)
        if number in styles.fills:
            looks.fills[place] = styles.fills[number]
        if number in styles.struck:
            looks.struck.add(place)


def _row_fills(data: bytes, styles: Styles, looks: Looks) -> None:
    """Rows that are coloured as a whole: their empty cells have no style of their own."""
    for tag in _STYLED_ROW.finditer(data):
        row, style = _ROW.search(tag[0]), _STYLE.search(tag[0])
        if row and style and (fill := styles.fills.get(int(style[1]))):
            looks.row_fills[int(row[1])] = fill


def _columns(data: bytes, looks: Looks) -> None:
    for tag in _COLUMN.findall(data):
        said = dict(_ATTRIBUTE.findall(tag))
        first, last = said.get(b"min", b""), said.get(b"max", b"")
        if (
            first.isdigit()
            and last.isdigit()
            and (said.get(b"hidden") in (b"1", b"true") or said.get(b"width") == b"0")
        ):
            looks.hidden_columns.update(range(int(first) - 1, min(int(last), 16_384)))


def _place(tag: bytes) -> tuple[int, int] | None:
    found = _REF.search(tag)
    return (int(found[2]), column_number(found[1].decode())) if found else None


def _name(tag: bytes) -> str | None:
    found = _REF.search(tag)
    return (found[1] + found[2]).decode() if found else None
