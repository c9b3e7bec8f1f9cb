"""Our own Markdown read back as lines that people compare: one paragraph or row a line, without its marks."""

from __future__ import annotations

import re

_ESCAPED = re.compile(r"\\([\\`*_\[\]<>|~$&#+\-=:.)])")
_RULE = re.compile(r"\|( --- \|)+")


def extract_lines(markdown: str) -> list[str]:
    """The lines that say something, as they are read."""
    lines = (line for line in markdown.splitlines() if line.strip() and not _RULE.fullmatch(line))
    return [_strip_marks(line) for line in lines]


def extract_headings(markdown: str) -> list[str]:
    """The headings among them."""
    return [_strip_marks(line) for line in markdown.splitlines() if line.startswith("#")]


def _strip_marks(line: str) -> str:
    cells = re.split(r"(?<!\\)\|", line.strip("|")) if line.startswith("| ") else [line]
    text = "  ".join(cell.strip() for cell in cells)
    return _ESCAPED.sub(r"\1", re.sub(r"^(#+|-) |(?<!\\)\*\*", "", text))
