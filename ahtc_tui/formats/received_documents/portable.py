"""Reads the text of PDF files as paragraphs, without the lines that every page repeats."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import PurePath

from ahtc_tui.domain.imports.written_document import WrittenDocument
from ahtc_tui.formats.pdf.page_texts import read_page_bodies
from ahtc_tui.formats.received_documents.plain_text import read_text_lines

_DIGITS = re.compile(r"\d+")
LEAST_PAGES = 3
"""Pages from which a line on each of them is a running header or footer."""


def parse_portable(name: PurePath, data: bytes) -> WrittenDocument:
    """Return the blocks of a PDF with text. Raises BadFile."""
    pages = [page.replace("\xad", "").splitlines() for page in read_page_bodies(data)]
    repeated = _find_repeated(pages)
    lines: list[str] = []
    for page in pages:
        edges = {0, 1, len(page) - 1, len(page) - 2}
        lines += [line for number, line in enumerate(page) if number not in edges or _shape(line) not in repeated]
    return WrittenDocument(name.name, tuple(read_text_lines(lines)))


def _shape(line: str) -> str:
    """Return a line without its numbers and spaces: "Page 2 of 7" is on every page."""
    return "".join(_DIGITS.sub("0", line).split()).lower()


def _find_repeated(pages: Sequence[Sequence[str]]) -> set[str]:
    """Return the shapes of the lines at the top or bottom of all pages but one."""
    if len(pages) < LEAST_PAGES:
        return set()
    counts = Counter(shape for page in pages for shape in {_shape(line) for line in (*page[:2], *page[-2:])})
    return {shape for shape, count in counts.items() if shape and count >= len(pages) - 1}
