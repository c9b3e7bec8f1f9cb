"""Text of people on the screen: always literal, never markup, never an instruction to the terminal."""

from __future__ import annotations

import re
from typing import Literal, TypedDict, Unpack

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual.color import Color
from textual.content import Content
from textual.filter import LineFilter
from textual.visual import VisualType
from textual.widgets import Label, Static

from ahtc_tui.domain.text import terminal as harmless

REPLACEMENT = "�"
"""Stands where a character would have turned the direction of the line."""


class WidgetNaming(TypedDict, total=False):
    """What the stylesheet and the queries know a widget by."""

    id: str | None
    classes: str | None


Align = Literal["left", "right", "center"]

_SURROGATES = re.compile(r"[\ud800-\udfff]")
_CONTROLS = re.compile(f"[\x00-\x1f\x7f-\x9f]|{harmless.BIDI_CONTROLS.pattern}")
_LINE_BREAKS = re.compile(r"[\t\n\u2028\u2029]+")


def sanitize_text(text: str) -> str:
    """The text without control characters; a mark stands for each bidi control and each broken surrogate."""
    if text.isascii() and text.isprintable():
        return text
    return _SURROGATES.sub(REPLACEMENT, harmless.escape_controls(text))


def join_lines(text: str) -> str:
    """Safe text on one line: tabs and line breaks become one space."""
    return _LINE_BREAKS.sub(" ", sanitize_text(text))


def fit_cell(text: str, width: int, align: Align = "left") -> str:
    """The text fitted into `width` terminal cells, an ellipsis at the end where it is cut."""
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


class ControlFilter(LineFilter):
    """The last gate before the terminal: whatever a widget draws, no segment holds a control or turns the line.

    What people read is made safe where it is shown; this holds for what they paste, and for the widgets of others.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same cells: what is taken out has no width."""
        if all(segment.text.isprintable() for segment in segments):
            return segments
        return [
            segment
            if segment.control
            else Segment(_SURROGATES.sub(REPLACEMENT, _CONTROLS.sub("", segment.text)), segment.style)
            for segment in segments
        ]


def build_content(content: VisualType) -> VisualType:
    """A str as safe Content; whatever was built already passes."""
    return Content(sanitize_text(content)) if isinstance(content, str) else content


class Plain(Static):
    """A Static that shows text as it is."""

    def __init__(self, content: VisualType = "", **naming: Unpack[WidgetNaming]) -> None:
        super().__init__(build_content(content), markup=False, **naming)

    def update(self, content: VisualType = "", *, layout: bool = True) -> None:
        """Show other text."""
        super().update(build_content(content), layout=layout)


class PlainLabel(Label):
    """A Label that shows text as it is."""

    def __init__(self, content: VisualType = "", **naming: Unpack[WidgetNaming]) -> None:
        super().__init__(build_content(content), markup=False, **naming)

    def update(self, content: VisualType = "", *, layout: bool = True) -> None:
        """Show other text."""
        super().update(build_content(content), layout=layout)
