"""Tables as text: CSV files, and the clipboard's tabs, CSV or Markdown."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from pathlib import Path

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.text.cleaning import BIDI_CONTROLS

_FORMULA_STARTS = frozenset(("=", "+", "-", "@", "\t", "\r"))


def escape_formula(text: str) -> str:
    """Return the text without direction characters, and after an apostrophe if a spreadsheet would read a formula."""
    visible = text if text.isprintable() else BIDI_CONTROLS.sub("", text)
    return f"'{visible}" if starts_like_formula(visible) else visible


def starts_like_formula(text: str) -> bool:
    """Return whether a spreadsheet reads the text as a formula, also with full-width signs, which Excel converts."""
    first = text[:1]
    return first in _FORMULA_STARTS or (
        not first.isascii() and unicodedata.normalize("NFKC", first)[:1] in _FORMULA_STARTS
    )


def write_csv(path: Path, rows: Iterable[Sequence[object]], marking: Marking = Marking.OFFICIAL) -> None:
    """Write the rows to `path`, replacing any file; above OFFICIAL, a last column has the marking of the file."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows if marking is Marking.OFFICIAL else _add_marking(rows, marking))


def _add_marking(rows: Iterable[Sequence[object]], marking: Marking) -> Iterator[Sequence[object]]:
    return ((*row, marking.label if number else _("Marking")) for number, row in enumerate(rows))


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
