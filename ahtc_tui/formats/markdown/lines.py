"""Converts our own Markdown to plain lines for comparison: one paragraph or table row per line, without markup."""

from __future__ import annotations

import re

_ESCAPED = re.compile(r"\\([\\`*_\[\]<>|~$&#+\-=:.)])")
_RULE = re.compile(r"\|( --- \|)+")


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
