"""Tables as text for the clipboard: separated by tabs, CSV or Markdown."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import StringIO

from ahtc_tui.formats.csv_cells import escape_formula


def format_tabs(rows: Sequence[Sequence[str]]) -> str:
    """Return one line a row, its cells separated by tabs, as spreadsheets paste them."""
    return "\n".join("\t".join(map(escape_formula, row)) for row in rows)


def format_csv(rows: Sequence[Sequence[str]]) -> str:
    """Return the rows as CSV (RFC 4180), with the line ends of the system of the clipboard."""
    buffer = StringIO()
    csv.writer(buffer, lineterminator="\n").writerows([escape_formula(cell) for cell in row] for row in rows)
    return buffer.getvalue()


def format_markdown(rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table; the first row is its heading."""
    lines = ["| " + " | ".join(cell.replace("\\", "\\\\").replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join((lines[0], "|" + "---|" * len(rows[0]), *lines[1:]))
