"""Text in letters of three lines, drawn with box characters like the digits of Textual."""

from __future__ import annotations

import unicodedata

LETTERS = {
    "A": ("┌─┐", "├─┤", "┴ ┴"),
    "B": ("┌┐ ", "├┴┐", "└─┘"),
    "C": ("┌─┐", "│  ", "└─┘"),
    "D": ("┌┬┐", " ││", "─┴┘"),
    "E": ("┌─┐", "├┤ ", "└─┘"),
    "F": ("┌─┐", "├┤ ", "└  "),
    "G": ("┌─┐", "│ ┬", "└─┘"),
    "H": ("┬ ┬", "├─┤", "┴ ┴"),
    "I": ("┬", "│", "┴"),
    "J": (" ┬", " │", "└┘"),
    "K": ("┬┌─", "├┴┐", "┴ ┴"),
    "L": ("┬  ", "│  ", "┴─┘"),
    "M": ("┌┬┐", "│││", "┴ ┴"),
    "N": ("┌┐┌", "│││", "┘└┘"),
    "O": ("┌─┐", "│ │", "└─┘"),
    "P": ("┌─┐", "├─┘", "┴  "),
    "Q": ("┌─┐ ", "│─┼┐", "└─┘└"),
    "R": ("┬─┐", "├┬┘", "┴└─"),
    "S": ("┌─┐", "└─┐", "└─┘"),
    "T": ("┌┬┐", " │ ", " ┴ "),
    "U": ("┬ ┬", "│ │", "└─┘"),
    "V": ("┬  ┬", "└┐┌┘", " └┘ "),
    "W": ("┬ ┬", "│││", "└┴┘"),
    "X": ("─┐ ┬", "┌┴┬┘", "┴ └─"),
    "Y": ("┬ ┬", "└┬┘", " ┴ "),
    "Z": ("┌─┐", "┌─┘", "└─┘"),
    "0": ("┌─┐", "│ │", "└─┘"),
    "1": (" ┐ ", " │ ", " ┴ "),
    "2": ("┌─┐", "┌─┘", "└──"),
    "3": ("──┐", " ─┤", "──┘"),
    "4": ("┬ ┬", "└─┤", "  ┴"),
    "5": ("┌──", "└─┐", "──┘"),
    "6": ("┌──", "├─┐", "└─┘"),
    "7": ("──┐", "  │", "  ┴"),
    "8": ("┌─┐", "├─┤", "└─┘"),
    "9": ("┌─┐", "└─┤", "──┘"),
    " ": ("  ", "  ", "  "),
    ".": (" ", " ", "."),
    ",": (" ", " ", ","),
    ":": (" ", ":", " "),
    "'": ("'", " ", " "),
    "’": ("'", " ", " "),
    "-": ("  ", "──", "  "),
    "–": ("  ", "──", "  "),
    "/": ("  /", " / ", "/  "),
    "(": ("/", "│", "\\"),
    ")": ("\\", "│", "/"),
    "&": ("┌─ ", "├┴┐", "└─┴"),
    "?": ("┌─┐", " ┌┘", " . "),
}
MARKS = {"\N{COMBINING CIRCUMFLEX ACCENT}": "^", "\N{COMBINING DIAERESIS}": "¨", "\N{COMBINING ACUTE ACCENT}": "´"}
"""Marks above letters, which Welsh has, to the sign on the line above."""

LETTER_LINES = 4
"""Lines of a row of letters with their marks."""


def draw_large(text: str, width: int, lines: int) -> str:
    """Return a text in large letters, wrapped at words; empty where it does not fit or has other characters."""
    rows: list[str] = []
    for words in text.upper().split():
        candidate = f"{rows[-1]} {words}" if rows else words
        if rows and measure(candidate) <= width:
            rows[-1] = candidate
        else:
            rows.append(words)
    drawn = [line for row in rows for line in _draw_row(row)]
    fits = len(rows) <= lines and all(measure(row) <= width for row in rows)
    return "\n".join(drawn) if fits and all(letter in LETTERS or letter in MARKS for letter in _decompose(text)) else ""


def measure(row: str) -> int:
    """Return the cells of a row in large letters."""
    return sum(len(LETTERS.get(letter, ("",))[0]) + 1 for letter in _decompose(row) if letter not in MARKS)


def _decompose(text: str) -> str:
    return unicodedata.normalize("NFD", text.upper())


def _draw_row(row: str) -> list[str]:
    """Return the lines of a row of words, with a line of marks above it where a letter has one."""
    lines = ["", "", "", ""]
    for letter in _decompose(row):
        if letter in MARKS:
            lines[0] = lines[0][:-3] + MARKS[letter].ljust(3)
        elif letter in LETTERS:
            cells = LETTERS[letter]
            lines = [line + part + " " for line, part in zip(lines, (" " * len(cells[0]), *cells), strict=True)]
    return lines if lines[0].strip() else lines[1:]
