"""A picture made of lines of text: heading, table and notes of a page of the screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PictureCell:
    """A text of the table; `style` is "late", "muted", "brag-R" and so on, or empty."""

    text: str
    style: str = ""
    is_right: bool = False
    """Whether the text ends at the right edge of its column."""


@dataclass(frozen=True, slots=True)
class PictureRow:
    """A line of the table, or a heading that spans all columns."""

    cells: Sequence[PictureCell]
    ref: str = ""
    """Reference of the record on the line, if it has one."""
    is_heading: bool = False


@dataclass(frozen=True, slots=True)
class TextPicture:
    """The picture of a page."""

    title: str
    head: Sequence[str]
    """Lines above the table, the title excluded."""
    rows: Sequence[PictureRow]
    foot: Sequence[str]
    """Lines below the table."""
