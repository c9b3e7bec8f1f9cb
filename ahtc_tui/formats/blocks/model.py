"""Blocks of a document in page order: headings, paragraphs, lists and tables of literal text."""

from __future__ import annotations

from dataclasses import dataclass

from ahtc_tui.domain.documents.office_paper import list_filled_columns
from ahtc_tui.domain.i18n import Language

PART_LEVEL = 2
LEAST_PARTS = 5
"""Headings of parts from which on a page lists them before the text."""

MAX_TITLE = 70
"""Number of letters that programs show of the title of a page."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 3."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with an optional number, a bold beginning and an end in brackets; a remark is emphasised."""

    text: str
    strong: str = ""
    number: str = ""
    is_remark: bool = False
    bracket: str = ""
    """In the language of the document, also where the text is not."""
    pieces: tuple[tuple[str, int], ...] = ()
    """The text in pieces, each with the number of the note after it or 0. Empty for a text without notes."""
    is_indented: bool = False
    """Whether it belongs to the numbered paragraph before it, and begins below its text."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels with their values, such as date and place."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class BulletList:
    """A list of short lines."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its text alternative; plain text shows each row as a paragraph."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str

    def without_empty_columns(self) -> Table:
        """Copy without the columns that have no value in any row."""
        filled = list_filled_columns(self.rows)
        headings = tuple(self.headings[n] for n in filled)
        return Table(headings, tuple(tuple(row[n] for n in filled) for row in self.rows), self.caption)


Block = Heading | Paragraph | Facts | BulletList | Table


@dataclass(frozen=True, slots=True)
class BlockDocument:
    """A document in one language: its properties, and its blocks, of which the first is its heading."""

    language: Language
    title: str
    subject: str
    marking: str
    author: str
    blocks: tuple[Block, ...]
    notes: tuple[str, ...] = ()
    """Notes at the end of the document, in the order of their numbers."""

    @property
    def heading(self) -> str:
        """The heading of the document; the title of its file may say the day as well."""
        heading = self.blocks[0]
        return heading.text if isinstance(heading, Heading) else self.title

    @property
    def has_contents(self) -> bool:
        """Whether a page has enough parts to list them before the text."""
        headings = [block for block in self.blocks if isinstance(block, Heading) and block.level == PART_LEVEL]
        return len(headings) >= LEAST_PARTS
