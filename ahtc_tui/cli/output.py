"""What the commands print: data on stdout, messages on stderr; plain text or one JSON document. Never in colour."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Any

from ahtc_tui.domain.safe import safe, safe_json


def print_json(value: Any) -> None:
    """One JSON document on stdout."""
    import json

    sys.stdout.write(safe_json(json.dumps(value, ensure_ascii=False, indent=2)) + "\n")


def print_lines(lines: Iterable[str]) -> None:
    """Plain lines on stdout, harmless on a terminal."""
    sys.stdout.write("".join(safe(line) + "\n" for line in lines))


def tell(sentence: str) -> None:
    """A message for the person, on stderr; where that cannot be written, the exit code alone speaks."""
    with suppress(OSError):
        sys.stderr.write(safe(sentence) + "\n")


def table(rows: Sequence[Sequence[str]], widths: Sequence[int | None]) -> list[str]:
    """Rows as aligned columns; None is the column that takes what is left and is cut with an ellipsis."""
    import shutil

    total = shutil.get_terminal_size((120, 24)).columns
    sizes = [
        max((len(row[n]) for row in rows), default=0)
        if width is None
        else min(max((len(row[n]) for row in rows), default=0), width)
        for n, width in enumerate(widths)
    ]
    if None in widths:
        free = widths.index(None)
        rest = sum(size for n, size in enumerate(sizes) if n != free) + 2 * (len(sizes) - 1)
        sizes[free] = max(min(sizes[free], total - rest), 20)
    return [
        "  ".join(cut(cell, size).ljust(size) for cell, size in zip(row, sizes, strict=True)).rstrip() for row in rows
    ]


def cut(text: str, size: int) -> str:
    """One line of at most `size` characters, with an ellipsis at the end where it was longer."""
    line = " ".join(text.split())
    return line if len(line) <= size else line[: size - 1].rstrip() + "…"


def section(title: str, lines: Sequence[str]) -> list[str]:
    """A headed part of a card; nothing where it has no lines."""
    return ["", title, *(f"  {line}" for line in lines)] if lines else []


def facts(pairs: Iterable[tuple[str, object]]) -> list[str]:
    """Labelled lines of a card; empty values are left out."""
    said = [(label, value) for label, value in pairs if value not in (None, "", (), False)]
    width = max((len(label) for label, _value in said), default=0)
    return [f"{label.ljust(width)}  {value}" for label, value in said]
