"""User text made fit for a cell, and how many lines it takes there. Never what Excel would run or refuse."""

from __future__ import annotations

import re
from functools import lru_cache

from ahtc_tui.domain.i18n import _

MAX_CELL_UNITS = 32_767
"""UTF-16 units; Excel calls a workbook with a longer cell damaged."""

_UNFIT = re.compile("[\x00-\x08\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_LINE_END = re.compile("\r\n|[\r\x0b]")
_ESCAPE_LIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "'")


def clean_cell_text(text: str | None) -> str | None:
    """The text without control characters, with plain line ends, cut to what a cell holds; None where none is left."""
    if not text:
        return None
    if not text.isprintable():
        text = _UNFIT.sub("", _LINE_END.sub("\n", text))
    if len(text) > MAX_CELL_UNITS // 2:
        text = _cut_text(text)
    return text or None


def _cut_text(text: str) -> str:
    units = text.encode("utf-16-le")
    if len(units) <= MAX_CELL_UNITS * 2:
        return text
    mark = _("… (cut: the full text is in the record)")
    return units[: (MAX_CELL_UNITS - len(mark)) * 2].decode("utf-16-le", "ignore") + mark


def format_sheet_name(words: str) -> str:
    """The words as the name of a sheet, which takes 31 letters and no stroke."""
    return words.replace(" / ", " - ").replace("/", "-")[:31].rstrip(" -")


def escape_stored_text(text: str) -> str:
    """The text as a workbook stores it: `_x0041_` means A there, so an underscore that looks like that is spelt out."""
    return _ESCAPE_LIKE.sub("_x005F_", text) if "_x" in text else text


def is_formula_like(text: str) -> bool:
    """Whether a spreadsheet would take the text for a formula or a command when somebody edits the cell."""
    return text.startswith(_FORMULA_STARTS)


# Arial, in thousandths of its size. A letter that is not here counts as a digit.
_DIGIT = 556
_WIDTHS = {
    letter: width
    for width, letters in {
        191: "'",
        222: "ijl",
        278: " !,./:;I[]\\ft|",
        333: "()-r`",
        500: "Jckvxyzsŷ",
        584: "+<=>",
        611: "FTZ",
        667: "&ABEKPSVXYŶ",
        722: "CDHNRUwŵ",
        778: "GOQ",
        833: "Mm",
        944: "WŴ",
        1000: "@—…%",
    }.items()
    for letter in letters
}
_SPACE = _WIDTHS[" "]
_WIDEST = 1000


@lru_cache(maxsize=65_536)
def _measure_word(word: str) -> int:
    return sum(_WIDTHS.get(letter, _DIGIT) for letter in word)


@lru_cache(maxsize=16_384)
def count_lines(text: str, room: int) -> int:
    """How many lines Arial needs for the text, wrapped at words; `room` is a line in thousandths of the font size."""
    if len(text) * _WIDEST <= room and "\n" not in text:
        return 1
    return sum(_count_paragraph_lines(paragraph, room) for paragraph in text.split("\n"))


def _count_paragraph_lines(paragraph: str, room: int) -> int:
    count, used = 1, 0
    for word in paragraph.split(" "):
        width = _measure_word(word)
        if used and used + _SPACE + width > room:
            count += 1
            used = width
        else:
            used += width + (_SPACE if used else 0)
        if used > room:
            overflow = (used - 1) // room
            count, used = count + overflow, used - overflow * room
    return count
