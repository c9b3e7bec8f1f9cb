"""Which cell styles of an xlsx workbook are coloured or struck through. Colours by rule are left out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ahtc_tui.domain.returns.colours import colour_name
from ahtc_tui.formats.sheets.xlsx_parts import NotReadable, Package, is_true, local

# The 64 colours of old palettes (ECMA-376 part 1, 18.8.27); the first eight come twice.
_BASIC = "000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF"
_REST = """
800000 008000 000080 808000 800080 008080 C0C0C0 808080 9999FF 993366 FFFFCC CCFFFF 660066 FF8080 0066CC CCCCFF
000080 FF00FF FFFF00 00FFFF 800080 800000 008080 0000FF 00CCFF CCFFFF CCFFCC FFFF99 99CCFF FF99CC CC99FF FFCC99
3366FF 33CCCC 99CC00 FFCC00 FF9900 FF6600 666699 969696 003366 339966 003300 333300 993300 993366 333399 333333
"""
_INDEXED = (*_BASIC.split(), *_BASIC.split(), *_REST.split())
_OFFICE = (
    "FFFFFF", "000000", "EEECE1", "1F497D", "4F81BD", "C0504D", "9BBB59", "8064A2", "4BACC6", "F79646",
    "0000FF", "800080",
)  # fmt: skip
"""The theme of a workbook that brings none."""
_SWAPPED = (1, 0, 3, 2)
"""Themes list dark before light; cells count the other way round."""


class Styles:
    """Style number to what a person sees."""

    def __init__(self, package: Package) -> None:
        """Empty where the styles cannot be read."""
        self.fills: dict[int, str] = {}
        self.struck: set[int] = set()
        for part in package.related(package.book, "styles"):
            try:
                root = package.root(part)
            except NotReadable:
                continue
            self._read({local(child.tag): child for child in root}, _theme(package))

    def _read(self, tables: dict[str, Any], theme: Sequence[str]) -> None:
        palette = _palette(tables.get("colors")) or _INDEXED
        fills = [_fill(one, theme, palette) for one in tables.get("fills", ())]
        struck = [_is_struck(one) for one in tables.get("fonts", ())]
        for number, style in enumerate(tables.get("cellXfs", ())):
            fill, font = _number(style.get("fillId")), _number(style.get("fontId"))
            if fill < len(fills) and (name := fills[fill]):
                self.fills[number] = name
            if font < len(struck) and struck[font]:
                self.struck.add(number)


def _fill(fill: Any, theme: Sequence[str], palette: Sequence[str]) -> str | None:
    pattern = next((one for one in fill if local(one.tag) == "patternFill"), None)
    if pattern is None or pattern.get("patternType", "none") != "solid":
        return None
    colour = next((one for one in pattern if local(one.tag) == "fgColor"), None)
    return _name(colour, theme, palette) if colour is not None else None


def _name(colour: Any, theme: Sequence[str], palette: Sequence[str]) -> str | None:
    code = (colour.get("rgb") or "")[-6:]
    if not code and colour.get("theme") is not None:
        code = _at(theme, _number(colour.get("theme")))
    elif not code and colour.get("indexed") is not None:
        code = _at(palette, _number(colour.get("indexed")))
    try:
        parts = [int(code[place : place + 2], 16) for place in (0, 2, 4)]
        tint = float(colour.get("tint") or 0)
    except ValueError:
        return None
    return colour_name(*(_tinted(part, tint) for part in parts))


def _tinted(part: int, tint: float) -> int:
    """Towards white by a positive tint, towards black by a negative one (ECMA-376 part 1, 18.8.19, by channel)."""
    moved = part + (255 - part) * tint if tint > 0 else part * (1 + tint)
    return min(255, max(0, round(moved)))


def _theme(package: Package) -> Sequence[str]:
    for part in package.related(package.book, "theme"):
        try:
            root = package.root(part)
        except NotReadable:
            continue
        scheme = next((one for one in root.iter() if local(one.tag) == "clrScheme"), ())
        codes = [_scheme_code(slot) for slot in scheme]
        if len(codes) >= 4:
            return [codes[place] for place in _SWAPPED] + codes[4:]
    return _OFFICE


def _scheme_code(slot: Any) -> str:
    colour = next(iter(slot), None)
    return (colour.get("lastClr") or colour.get("val") or "") if colour is not None else ""


def _palette(colours: Any) -> list[str]:
    found = next((one for one in colours if local(one.tag) == "indexedColors"), ()) if colours is not None else ()
    return [(one.get("rgb") or "")[-6:] for one in found]


def _is_struck(font: Any) -> bool:
    return any(local(one.tag) == "strike" and is_true(one.get("val", "1")) for one in font)


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() else 0


def _at(codes: Sequence[str], place: int) -> str:
    return codes[place] if place < len(codes) else ""
