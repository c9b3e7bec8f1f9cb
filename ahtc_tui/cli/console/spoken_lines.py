"""Lines of output as a screen reader should read them: commas for columns, words for signs."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ahtc_tui.domain.actions.model import BLOCKED_SIGN, BLOCKING_SIGN
from ahtc_tui.domain.i18n import _, gettext_noop

SEPARATOR = ", "
"""Between the cells of a line: readers pause at a comma."""

GAPS = re.compile(r" {2,}| · ")
"""Between the cells of a table, and between the parts of a message."""

ARROW = " → "
"""Between the value before and the value after."""

SIGN_WORDS = {
    BLOCKED_SIGN: gettext_noop("it waits for another action"),
    BLOCKING_SIGN: gettext_noop("another action waits for it"),
}
"""Words that a screen reader reads after a title instead of the sign before it."""


DRAWING = re.compile(r"[\u2500-\u25ff\u2715]+ ?")
"""Bars and signs, which only repeat the number or word next to them."""

BLANK = re.compile(r"(?<!\S)–(?=( →|$))")
"""A missing value before or after an arrow."""


def format_spoken_marks(title: str, marks: Iterable[tuple[str, str]], otherwise: str) -> str:
    """Return a row of a table of signs: after each label the columns that have it; `otherwise` for none."""
    columns: dict[str, list[str]] = {}
    for label, column in marks:
        columns.setdefault(label, []).append(column)
    return f"{title}: " + ("; ".join(f"{label}: {', '.join(names)}" for label, names in columns.items()) or otherwise)


def format_spoken_line(line: str) -> str:
    """Return a line with commas between its cells, without empty cells, repeated names, signs and backquotes."""
    cells: list[str] = []
    text = line.replace("`", "")
    if ARROW in text:
        text = BLANK.sub(_("empty"), text).replace(ARROW, _(", then "))
    for cell in GAPS.split(text.strip()):
        sign, _space, title = cell.partition(" ")
        cell = title if sign in SIGN_WORDS else DRAWING.sub("", cell).rstrip()
        if cell in ("", "–") or (cells and cells[-1].endswith(SEPARATOR + cell)):
            continue
        cells += [cell, _(SIGN_WORDS[sign])] if sign in SIGN_WORDS else [cell]
    return SEPARATOR.join(cells)
