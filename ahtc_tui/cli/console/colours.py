"""Colours of cells, and the pager: both on a terminal only, neither with NO_COLOR or on a dumb terminal."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ahtc_tui.domain.actions.model import Brag

RATING_COLOURS = {"B": "34", "R": "31", "A": "33", "G": "32"}
"""Colours of the ratings as codes of ECMA-48."""
LATE_COLOUR = "1;31"
LESS_OPTIONS = "FRX"
"""Options of less: no pager for what fits on the screen, colours, and the text stays on the screen."""


class ColouredText(str):
    """Text of a cell with its colour, which is never the only information."""

    __slots__ = ("code",)
    code: str


class EscapedLine(str):
    """A line whose cells were freed of control characters before it was coloured."""

    __slots__ = ()


def add_colour(text: str, code: str) -> ColouredText:
    """Return the text with a colour."""
    coloured = ColouredText(text)
    coloured.code = code
    return coloured


def format_rating(brag: Brag | None) -> str:
    """Return letter and word of a rating in its colour; a dash for none."""
    return add_colour(f"{brag} {brag.label}", RATING_COLOURS[brag.value]) if brag else "–"


def is_plain_terminal() -> bool:
    """Return whether standard output takes neither colours nor a pager: a file, a pipe, or a person's wish."""
    return not sys.stdout.isatty() or bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM", "dumb") == "dumb"


def page_text(text: str) -> bool:
    """Show a text that is longer than the terminal in the pager. Returns whether it was shown."""
    if is_plain_terminal() or text.count("\n") < shutil.get_terminal_size().lines:
        return False
    command = os.environ.get("PAGER") or shutil.which("less")
    if not command or command == "cat":
        return False
    variables = {"LESS": LESS_OPTIONS, **os.environ}
    sys.stdout.flush()
    result = subprocess.run(command, shell=True, input=text, encoding="utf-8", env=variables)
    return result.returncode not in (126, 127)
