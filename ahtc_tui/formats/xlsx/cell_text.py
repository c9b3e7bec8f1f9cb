"""User text for cells: removal of characters that Excel rejects, formula detection, and measurement in lines."""

from __future__ import annotations

import re
from functools import lru_cache

from ahtc_tui.domain.i18n import SEPARATOR, _
from ahtc_tui.formats.text_table import starts_like_formula

MAX_CELL_UNITS = 32_767
"""Maximum length of a cell in UTF-16 units; Excel reports a workbook with a longer cell as damaged."""

_UNFIT = re.compile("[\x00-\x08\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_LINE_END = re.compile("\r\n|[\r\x0b]")
_ESCAPE_LIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")

# Widths of Arial in thousandths of the font size. Other characters count as digits.
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


def clean_cell_text(text: str | None) -> str | None:
    """Return the text without control characters, with LF line ends, cut to the maximum length; None if empty."""
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
    """Return a valid sheet name: at most 31 characters, without slashes."""
    return words.replace(SEPARATOR, " - ").replace(" / ", " - ").replace("/", "-")[:31].rstrip(" -")


def escape_stored_text(text: str) -> str:
    """Return the text with escape-like underscores escaped: a workbook reads `_x0041_` as "A" (ECMA-376 part 1,
    22.9.2.19).
    """
    return _ESCAPE_LIKE.sub("_x005F_", text) if "_x" in text else text


def is_formula_like(text: str) -> bool:
    """Return whether a spreadsheet would read the text as a formula or a command when the cell is edited."""
    return text.startswith("'") or starts_like_formula(text)


@lru_cache(maxsize=65_536)
def _measure_word(word: str) -> int:
    return sum(_WIDTHS.get(letter, _DIGIT) for letter in word)


@lru_cache(maxsize=16_384)
def count_lines(text: str, room: int) -> int:
    """Return the number of lines of the text in Arial, wrapped at words; `room` is the line width in thousandths of the
    font size.
    """
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
