"""The blocks of the document of a meeting: headings, paragraphs, lists, tables. Never how they are written."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 3."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `strong` stands before it, `indent` spaces before both in plain text."""

    text: str
    strong: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class BulletList:
    """A list of short lines."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table; in plain text each row is a paragraph."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Heading | Paragraph | BulletList | Table
