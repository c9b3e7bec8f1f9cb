"""A document that somebody else wrote, as a sequence of paragraphs and table rows with its tracked changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class BlockKind(StrEnum):
    """What a block is on the page."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    LIST_ITEM = "list item"
    ROW = "row"
    FIELD = "field"
    """A field above the page of a web site."""


@dataclass(frozen=True, slots=True)
class Editor:
    """Who made a tracked change or a comment, and when; both may be unknown."""

    name: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment beside the text."""

    text: str
    by: Editor
    quoted: str = ""
    """The words that it is about."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table row."""

    text: str
    """Its paragraphs, separated by line breaks, with all tracked changes accepted."""
    original: str
    """The same with all tracked changes rejected."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item or table row."""

    kind: BlockKind
    place: str
    """Position in the file: "paragraph 12", "table 2, row 3"."""
    text: str
    """The words with all tracked changes accepted; cells are separated by tabs."""
    original: str
    """The words with all tracked changes rejected."""
    level: int = 0
    """Level of a heading, from 1."""
    cells: tuple[Cell, ...] = ()
    table: int = 0
    """Number of the table of a row, from 1."""
    is_bold: bool = False
    """Whether all words are bold, as in a heading without a style."""
    editors: tuple[Editor, ...] = ()
    """Authors of its tracked changes, in order."""
    remarks: tuple[Remark, ...] = ()
    is_moved: bool = False
    """Whether a tracked change moved it."""


@dataclass(frozen=True, slots=True)
class WrittenDocument:
    """The blocks of a document in page order."""

    name: str
    blocks: tuple[Block, ...] = ()
    raw_text: str = ""
    """The characters of a plain text as they are, for formats of lines."""

    @property
    def text(self) -> str:
        """All words with the tracked changes accepted, a block on each line."""
        return "\n".join(block.text for block in self.blocks if block.text)

    @property
    def original(self) -> str:
        """All words with the tracked changes rejected."""
        return "\n".join(block.original for block in self.blocks if block.original)


def build_row(place: str, table: int, cells: Sequence[Cell], **details: object) -> Block:
    """Return a table row."""
    text, original = ("\t".join(values) for values in (
        [cell.text for cell in cells],
        [cell.original for cell in cells],
    ))  # fmt: skip
    return Block(BlockKind.ROW, place, text, original, cells=tuple(cells), table=table, **details)  # type: ignore[arg-type]
