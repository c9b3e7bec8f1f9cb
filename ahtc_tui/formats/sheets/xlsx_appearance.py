"""Appearance of the cells of XLSX sheets: colours, strike-through, comments, and hidden rows and columns.

Sheets are searched with regular expressions, one megabyte at a time: an XML parser takes longer than reading the
values.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from ahtc_tui.domain.returns.statuses import find_colour_name
from ahtc_tui.formats.sheets.grid import Appearance, Merge, clean_text, parse_area, to_column_number
from ahtc_tui.formats.sheets.xlsx_parts import Package, SheetPart, UnreadablePart, is_true, strip_namespace

MAX_CELLS = 200_000
"""Maximum number of coloured or percent cells per sheet."""
_PREFIX = rb"(?:\w+:)?"
_HIDDEN_ROW = re.compile(
    rb"<" + _PREFIX + rb"row\b(?=[^<>]*\b(?:hidden=[\"'](?:1|true)|ht=[\"']0[\"'.]))[^<>]*?\br=[\"'](\d{1,7})[\"']"
)
_HIDDEN_BEGINNINGS = (b"hidden=", b'ht="0', b"ht='0")
"""One of these is in each part with a hidden row."""
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

# The indexed colours (ECMA-376 part 1, 18.8.27); the first eight are listed twice.
_BASIC = "000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF"

_EXTENDED = """
800000 008000 000080 808000 800080 008080 C0C0C0 808080 9999FF 993366 FFFFCC CCFFFF 660066 FF8080 0066CC CCCCFF
000080 FF00FF FFFF00 00FFFF 800080 800000 008080 0000FF 00CCFF CCFFFF CCFFCC FFFF99 99CCFF FF99CC CC99FF FFCC99
3366FF 33CCCC 99CC00 FFCC00 FF9900 FF6600 666699 969696 003366 339966 003300 333300 993300 993366 333399 333333
"""

_INDEXED = (*_BASIC.split(), *_BASIC.split(), *_EXTENDED.split())
_QUOTED_TEXT = re.compile(r'"[^"]*"|\\.')

_DEFAULT_THEME = (
    "FFFFFF", "000000", "EEECE1", "1F497D", "4F81BD", "C0504D", "9BBB59", "8064A2", "4BACC6", "F79646",
    "0000FF", "800080",
)  # fmt: skip
"""Theme of a workbook that has none."""

_PERCENT_FORMATS = {9, 10}
"""Built-in number formats "0%" and "0.00%" (ECMA-376 part 1, 18.8.30)."""

_THEME_ORDER = (1, 0, 3, 2)
"""Themes list dark before light colours; cells number them the other way round."""

_CELL_NAME = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_THREAD_NOTICE = "[Threaded comment]"
MAX_COMMENTS = 20_000


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
    appearance = Appearance(
        comments=read_comments(package, sheet.part),
        text_boxes=_read_text_boxes(package, sheet.part),
        pivots=list(_find_pivots(package, sheet.part)),
    )
    any_styled, styled = _build_style_patterns({*styles.fills, *styles.struck, *styles.percents})
    first = True
    for data in package.read_chunks(sheet.part):
        if first:
            _read_columns(data, appearance)
            first = False
        if any(beginning in data for beginning in _HIDDEN_BEGINNINGS):
            appearance.hidden_rows.update(int(number) for number in _HIDDEN_ROW.findall(data))
        if b"customFormat=" in data:
            _read_row_fills(data, styles, appearance)
        has_room = len(appearance.fills) + len(appearance.percents) < MAX_CELLS
        if any_styled and styled and has_room and any_styled.search(data):
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


def _find_pivots(package: Package, part: str) -> Iterator[Merge]:
    """Yield the areas of the pivot tables of a sheet (ECMA-376 part 1, 18.10.1.49)."""
    for pivot in package.find_related(part, "pivotTable"):
        for element in package.read_root(pivot):
            if strip_namespace(element.tag) == "location" and (area := parse_area(element.get("ref", ""))):
                yield area


def _find_struck_inline(data: bytes) -> Iterator[tuple[int, int]]:
    """Yield cells with inline text whose runs are all struck through."""
    for match in _INLINE.finditer(data):
        runs = _RUN.findall(match[2])
        if runs and all(_STRUCK.search(run) for run in runs) and (position := _parse_position(match[1])):
            yield position


def _build_style_patterns(numbers: set[int]) -> tuple[re.Pattern[bytes], re.Pattern[bytes]] | tuple[None, None]:
    """Return the expression that tells fast whether any cell has one of the styles, and that of such a cell."""
    if not numbers:
        return None, None
    alternatives = b"|".join(str(number).encode() for number in sorted(numbers))
    attribute = rb"s=[\"'](" + alternatives + rb")[\"']"
    cell = rb"<" + _PREFIX + rb"c\b(?=[^<>]*?\b" + attribute + rb")[^<>]*?\br=[\"']([A-Z]{1,3})(\d{1,7})[\"']"
    return re.compile(attribute), re.compile(cell)


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


class CellStyles:
    """Style numbers with their background colours, those with strike-through, and those that show percentages."""

    def __init__(self, package: Package) -> None:
        """Read the styles; none if they cannot be read."""
        self.fills: dict[int, str] = {}
        self.struck: set[int] = set()
        self.percents: set[int] = set()
        for part in package.find_related(package.workbook_part, "styles"):
            try:
                root = package.read_root(part)
            except UnreadablePart:
                continue
            self._read_tables({strip_namespace(child.tag): child for child in root}, _read_theme(package))

    def _read_tables(self, tables: dict[str, Any], theme: Sequence[str]) -> None:
        palette = _read_palette(tables.get("colors")) or _INDEXED
        fills = [_read_fill(element, theme, palette) for element in tables.get("fills", ())]
        struck = [_is_font_struck(element) for element in tables.get("fonts", ())]
        percent_formats = _PERCENT_FORMATS | {
            _parse_number(element.get("numFmtId"))
            for element in tables.get("numFmts", ())
            if _is_percent_format(element.get("formatCode") or "")
        }
        for number, style in enumerate(tables.get("cellXfs", ())):
            if _parse_number(style.get("numFmtId")) in percent_formats:
                self.percents.add(number)
            fill, font = _parse_number(style.get("fillId")), _parse_number(style.get("fontId"))
            if fill < len(fills) and (name := fills[fill]):
                self.fills[number] = name
            if font < len(struck) and struck[font]:
                self.struck.add(number)


def _read_fill(fill: Any, theme: Sequence[str], palette: Sequence[str]) -> str | None:
    pattern = next((element for element in fill if strip_namespace(element.tag) == "patternFill"), None)
    if pattern is None or pattern.get("patternType", "none") != "solid":
        return None
    colour = next((element for element in pattern if strip_namespace(element.tag) == "fgColor"), None)
    return _name_colour(colour, theme, palette) if colour is not None else None


def _name_colour(colour: Any, theme: Sequence[str], palette: Sequence[str]) -> str | None:
    code = (colour.get("rgb") or "")[-6:]
    if not code and colour.get("theme") is not None:
        code = _get_code(theme, _parse_number(colour.get("theme")))
    elif not code and colour.get("indexed") is not None:
        code = _get_code(palette, _parse_number(colour.get("indexed")))
    try:
        parts = [int(code[position : position + 2], 16) for position in (0, 2, 4)]
        tint = float(colour.get("tint") or 0)
    except ValueError:
        return None
    return find_colour_name(*(_apply_tint(part, tint) for part in parts))


def _apply_tint(channel: int, tint: float) -> int:
    """Return a colour channel with its tint, positive towards white (ECMA-376 part 1, 18.8.19)."""
    tinted = channel + (255 - channel) * tint if tint > 0 else channel * (1 + tint)
    return min(255, max(0, round(tinted)))


def _read_theme(package: Package) -> Sequence[str]:
    for part in package.find_related(package.workbook_part, "theme"):
        try:
            root = package.read_root(part)
        except UnreadablePart:
            continue
        scheme = next((element for element in root.iter() if strip_namespace(element.tag) == "clrScheme"), ())
        codes = [_read_scheme_code(slot) for slot in scheme]
        if len(codes) >= 4:
            return [codes[position] for position in _THEME_ORDER] + codes[4:]
    return _DEFAULT_THEME


def _read_scheme_code(slot: Any) -> str:
    colour = next(iter(slot), None)
    return (colour.get("lastClr") or colour.get("val") or "") if colour is not None else ""


def _read_palette(colours: Any) -> list[str]:
    indexed = (
        next((element for element in colours if strip_namespace(element.tag) == "indexedColors"), ())
        if colours is not None
        else ()
    )
    return [(element.get("rgb") or "")[-6:] for element in indexed]


def _is_font_struck(font: Any) -> bool:
    return any(strip_namespace(element.tag) == "strike" and is_true(element.get("val", "1")) for element in font)


def _is_percent_format(code: str) -> bool:
    """Return whether a number format multiplies by 100: it has a percent sign outside quoted text."""
    return "%" in _QUOTED_TEXT.sub("", code)


def _parse_number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() else 0


def _get_code(codes: Sequence[str], position: int) -> str:
    return codes[position] if position < len(codes) else ""


def read_comments(package: Package, part: str) -> dict[tuple[int, int], str]:
    """Return the comments of a sheet by (row from 1, column from 0); replies of a thread are joined by line ends."""
    comments: dict[tuple[int, int], str] = {}
    for kind in ("threadedComment", "comments"):
        for target in package.find_related(part, kind):
            try:
                root = package.read_root(target)
            except UnreadablePart:
                continue
            _add_comments(root, comments)
    return comments


def _read_text_boxes(package: Package, part: str) -> dict[tuple[int, int], str]:
    """Return the texts of the shapes of a sheet by (row from 1, column from 0) of the cell below their corner."""
    boxes: dict[tuple[int, int], str] = {}
    for target in package.find_related(part, "drawing"):
        try:
            anchors = list(package.read_root(target))
        except UnreadablePart:
            continue
        for anchor in anchors[:MAX_COMMENTS]:
            elements = list(anchor.iter())
            corner = {strip_namespace(element.tag): element.text for element in reversed(elements)}
            paragraphs = [_join_text(element) for element in elements if strip_namespace(element.tag) == "p"]
            if text := clean_text("\n".join(paragraphs)):
                position = (_parse_number(corner.get("row")) + 1, _parse_number(corner.get("col")))
                boxes[position] = f"{boxes[position]}\n{text}" if position in boxes else text
    return boxes


def _add_comments(root: Any, comments: dict[tuple[int, int], str]) -> None:
    is_old = strip_namespace(root.tag) == "comments"
    earlier = set(comments)
    for comment in root.iter():
        if strip_namespace(comment.tag) not in ("comment", "threadedComment") or len(comments) >= MAX_COMMENTS:
            continue
        match = _CELL_NAME.fullmatch(comment.get("ref", ""))
        text = clean_text(_join_text(comment))
        if not match or not text or (is_old and text.startswith(_THREAD_NOTICE)):
            continue
        key = (int(match[2]), to_column_number(match[1]))
        if key not in earlier:
            comments[key] = f"{comments[key]}\n{text}" if key in comments else text


def _join_text(comment: Any) -> str:
    texts = [element for element in comment.iter() if strip_namespace(element.tag) in ("t", "text")]
    return "".join(element.text or "" for element in texts)


def find_struck_texts(package: Package) -> set[int]:
    """Return the indexes of shared strings that are struck through completely."""
    for part in package.find_related(package.workbook_part, "sharedStrings"):
        try:
            if not any(b"strike" in chunk for chunk in package.read_chunks(part, b"si")):
                return set()
            items = [element for element in package.read_root(part) if strip_namespace(element.tag) == "si"]
        except UnreadablePart:
            return set()
        return {number for number, item in enumerate(items) if _is_item_struck(item)}
    return set()


def _is_item_struck(item: Any) -> bool:
    runs = [element for element in item if strip_namespace(element.tag) == "r"]
    return bool(runs) and all(_is_run_struck(run) for run in runs if _join_text(run).strip())


def _is_run_struck(run: Any) -> bool:
    return any(strip_namespace(element.tag) == "strike" and is_true(element.get("val", "1")) for element in run.iter())
