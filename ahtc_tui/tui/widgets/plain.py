"""Literal text: widgets and functions that show user text without markup and without terminal control characters."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, TypedDict, Unpack

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual.color import Color
from textual.content import Content
from textual.filter import LineFilter
from textual.visual import VisualType
from textual.widgets import Label, Static

from ahtc_tui.domain.text import cleaning

PART_GAP = "   "
"""Between the parts of a line, such as number and order of a list."""
REPLACEMENT = "�"
"""Replaces bidirectional control characters."""


class WidgetNaming(TypedDict, total=False):
    """The names by which stylesheets and queries find a widget."""

    id: str | None
    classes: str | None


Align = Literal["left", "right", "center"]

_SURROGATES = re.compile(r"[\ud800-\udfff]")
_CONTROLS = re.compile(f"[\x00-\x1f\x7f-\x9f]|{cleaning.BIDI_CONTROLS.pattern}")
_LINE_BREAKS = re.compile(r"[\t\n\u2028\u2029]+")


def sanitize_text(text: str) -> str:
    """Return the text without control characters; bidi controls and surrogates become a replacement character."""
    if text.isascii() and text.isprintable():
        return text
    return _SURROGATES.sub(REPLACEMENT, cleaning.escape_controls(text))


def join_lines(text: str) -> str:
    """Return sanitized text on one line: tabs and line breaks become a space."""
    return _LINE_BREAKS.sub(" ", sanitize_text(text))


def fit_cell(text: str, width: int, align: Align = "left") -> str:
    """Return the text fitted to `width` terminal cells, cut with an ellipsis if it is longer."""
    if width <= 0:
        return ""
    text = join_lines(text)
    length = len(text) if text.isascii() else cell_len(text)
    if length > width:
        return set_cell_size(set_cell_size(text, width - 1).rstrip() + "…", width)
    if align == "right":
        return " " * (width - length) + text
    if align == "center":
        text = " " * ((width - length) // 2) + text
        length += (width - length) // 2
    return text + " " * (width - length)


@lru_cache(2048)
def format_heading(text: str, detail: int | str | None = None) -> str:
    """Return the heading of a section, in capitals, with a count or another detail after it: "AGENDA  3".

    Messages are in sentence case, so that a heading, a label and a menu share one message.
    """
    shown = f"{detail:,}" if isinstance(detail, int) else detail
    return text.upper() if shown is None else f"{text.upper()}  {shown}"


def wrap_text(text: str, width: int) -> tuple[str, ...]:
    """Return the lines of a text that is wrapped to `width` terminal cells; at least one."""
    lines = Content(join_lines(text)).wrap(max(1, width))
    return tuple(line.plain.rstrip() for line in lines) or ("",)


class ControlFilter(LineFilter):
    """Removes control characters from all that is drawn, as the last step before the terminal.

    Our own text is sanitized where it is shown; this filter covers pasted text and the widgets of libraries.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments without control characters, which have no width."""
        if all(segment.text.isprintable() for segment in segments):
            return segments
        return [
            segment
            if segment.control
            else Segment(_SURROGATES.sub(REPLACEMENT, _CONTROLS.sub("", segment.text)), segment.style)
            for segment in segments
        ]


def build_content(content: VisualType) -> VisualType:
    """Return a str as sanitized Content; other visuals unchanged."""
    return Content(sanitize_text(content)) if isinstance(content, str) else content


class Plain(Static):
    """A Static without markup."""

    def __init__(self, content: VisualType = "", **naming: Unpack[WidgetNaming]) -> None:
        super().__init__(build_content(content), markup=False, **naming)

    def update(self, content: VisualType = "", *, layout: bool = True) -> None:
        super().update(build_content(content), layout=layout)


class PlainLabel(Label):
    """A Label without markup."""

    def __init__(self, content: VisualType = "", **naming: Unpack[WidgetNaming]) -> None:
        super().__init__(build_content(content), markup=False, **naming)

    def update(self, content: VisualType = "", *, layout: bool = True) -> None:
        super().update(build_content(content), layout=layout)
