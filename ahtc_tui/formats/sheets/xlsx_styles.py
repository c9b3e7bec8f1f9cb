"""Cell styles of XLSX workbooks: background colour, strike-through, percentages. Conditional formatting is ignored."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from ahtc_tui.domain.returns.colours import colour_name
from ahtc_tui.formats.sheets.xlsx_parts import Package, UnreadablePart, is_true, strip_namespace

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
    return colour_name(*(_apply_tint(part, tint) for part in parts))


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
