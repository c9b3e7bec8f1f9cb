"""Blocks as Markdown (CommonMark with tables) and as plain text, and our own Markdown as plain lines for comparison."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence

from ahtc_tui.formats.blocks.model import Block, BlockDocument, BulletList, Facts, Heading, Paragraph, Table

WIDTH = 78
"""Maximum line length of plain text, as mail programs wrap it."""

SPECIAL_CHARACTERS = re.compile(r"([\\`*_\[\]<>|~$]|&(?=#?\w+;))")
LINE_START = re.compile(r"^(\s*)(?:([#+\-=>:])|(\d{1,9})([.)]))")

_ESCAPED = re.compile(r"\\([\\`*_\[\]<>|~$&#+\-=:.)])")
_RULE = re.compile(r"\|( --- \|)+")


def escape_inline(text: str) -> str:
    """Return text escaped for Markdown within a line."""
    return SPECIAL_CHARACTERS.sub(r"\\\1", text)


def escape_line(text: str) -> str:
    """Return text escaped for Markdown at the beginning of a line."""
    return LINE_START.sub(
        lambda match: f"{match[1]}\\{match[2]}" if match[2] else f"{match[1]}{match[3]}\\{match[4]}",
        escape_inline(text),
    )


def render_markdown(*documents: BlockDocument) -> str:
    """Return the document in one or two languages; each half begins and ends with its marking."""
    halves: list[str] = []
    for document in documents:
        marking = f"**{escape_line(document.marking)}**"
        prefix = f"^{document.language.value}-"
        blocks = [_render_block(block, prefix) for block in document.blocks]
        notes = [f"[{prefix}{number}]: {escape_inline(note)}" for number, note in enumerate(document.notes, 1)]
        halves += [marking, *blocks, *(["\n".join(notes)] if notes else []), marking]
    return "\n\n".join(halves) + "\n"


def _render_block(block: Block, prefix: str) -> str:
    match block:
        case Heading(level, text):
            return f"{'#' * level} {escape_inline(text)}"
        case Paragraph():
            return _render_paragraph(block, prefix)
        case Facts(rows):
            return "\n".join(f"- **{escape_inline(label)}:** {escape_inline(value)}" for label, value in rows)
        case BulletList(lines):
            return "\n".join(f"- {escape_line(line)}" for line in lines)
        case Table(headings, rows, _caption):
            literal_rows = [[escape_inline(cell) for cell in row] for row in (headings, *rows)]
            marked = [literal_rows[0], ["---"] * len(headings), *literal_rows[1:]]
            return "\n".join(f"| {' | '.join(cells)} |" for cells in marked)


def _render_paragraph(paragraph: Paragraph, prefix: str) -> str:
    strong = f"**{escape_inline(paragraph.strong)}**" if paragraph.strong else ""
    bracket = f"({escape_inline(paragraph.bracket)})" if paragraph.bracket else ""
    text = escape_line(paragraph.text)
    if paragraph.is_remark:
        text = f"*{escape_inline(paragraph.text)}*"
    elif paragraph.pieces:
        marked = (f"{escape_inline(piece)}{f'[{prefix}{note}]' if note else ''}" for piece, note in paragraph.pieces)
        text = "".join(marked)
    line = " ".join(part for part in (paragraph.number, strong, text, bracket) if part)
    return f"    {line}" if paragraph.is_indented else line


def render_text(*documents: BlockDocument) -> str:
    """Return the document in lines of at most 78 characters, in halves as `render_markdown`."""
    halves: list[str] = []
    for document in documents:
        marking = document.marking.center(WIDTH).rstrip()
        halves += [marking, *map(_render_text_block, document.blocks), marking]
    return "\n\n".join(halves) + "\n"


def _render_text_block(block: Block) -> str:
    match block:
        case Heading(level, text):
            line = "\n".join(_wrap_text(text))
            if level >= 3:
                return line
            underline = "=" if level == 1 else "-"
            return f"{line}\n{underline * max(len(part) for part in line.splitlines() or [''])}"
        case Paragraph(text, strong, number, _is_remark, bracket):
            paragraph = " ".join(part for part in (strong, text, f"({bracket})" if bracket else "") if part)
            return "\n".join(_wrap_text(paragraph, f"{number:<6}" if number or block.is_indented else ""))
        case Facts(rows):
            return "\n".join(part for label, value in rows for part in _wrap_text(f"{label}: {value}", "- "))
        case BulletList(lines):
            return "\n".join(part for line in lines for part in _wrap_text(line, "- "))
        case Table(headings, rows, _caption):
            return "\n\n".join(_render_text_row(headings, row) for row in rows)


def _render_text_row(headings: Sequence[str], row: Sequence[str]) -> str:
    label_width = max(len(heading) for heading in headings) + 2
    cells = [(heading, cell) for heading, cell in zip(headings, row, strict=True) if cell]
    return "\n".join(line for heading, cell in cells for line in _wrap_text(cell, f"{heading}:".ljust(label_width)))


def _wrap_text(text: str, prefix: str = "") -> list[str]:
    indent = " " * len(prefix)
    return textwrap.wrap(text, WIDTH, initial_indent=prefix, subsequent_indent=indent, break_long_words=False) or [
        prefix
    ]


def extract_lines(markdown: str) -> list[str]:
    """Return the non-empty lines without markup."""
    lines = (line for line in markdown.splitlines() if line.strip() and not _RULE.fullmatch(line))
    return [_strip_marks(line) for line in lines]


def extract_headings(markdown: str) -> list[str]:
    """Return the headings without markup."""
    return [_strip_marks(line) for line in markdown.splitlines() if line.startswith("#")]


def _strip_marks(line: str) -> str:
    cells = re.split(r"(?<!\\)\|", line.strip("|")) if line.startswith("| ") else [line]
    text = "  ".join(cell.strip() for cell in cells)
    return _ESCAPED.sub(r"\1", re.sub(r"^(#+|-) |(?<!\\)\*\*", "", text))
