"""Reads a document by its suffix."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path, PurePath

from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.written_document import Block, BlockKind, WrittenDocument
from ahtc_tui.formats.files.input_files import decode_text, read_file_bytes
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


LARGEST = 20
"""Size limit in megabytes."""
PLAIN = (".txt", ".md", ".markdown")
CAPTIONS = ".vtt"
_BEGINNINGS = (
    (b"pk", ".docx"),
    (b"%pdf", ".pdf"),
    (b"<", ".html"),
    (b"# ", ".md"),
    (b"---\n", ".md"),
    (b"---\r", ".md"),
    (b"webvtt", CAPTIONS),
)
ENDINGS = (".docx", ".odt", ".html", ".htm", *PLAIN, ".pdf", CAPTIONS)


def read_document(path: Path) -> WrittenDocument:
    """Return the blocks of a file. Raises BadFile for another format, a damaged file and one without text."""
    return parse_document(path, read_file_bytes(path, LARGEST, _("save a smaller copy")))


def parse_content(name: PurePath, data: bytes) -> WrittenDocument:
    """Return the blocks of content whose name has no known suffix: its first bytes give the format. Raises BadFile."""
    if name.suffix.lower() in ENDINGS:
        return parse_document(name, data)
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:512].lower()
    ending = next((ending for beginning, ending in _BEGINNINGS if start.startswith(beginning)), ".txt")
    if ending == ".docx" and b"opendocument.text" in data[:200]:
        ending = ".odt"
    document = _parse(PurePath(f"text{ending}"), data)
    _refuse_empty(document, name)
    return replace(document, name=name.name)


def parse_document(name: PurePath, data: bytes) -> WrittenDocument:
    """Return the blocks of the bytes of a file with this name. Raises BadFile as `read_document`."""
    document = _parse(name, data)
    _refuse_empty(document, name)
    return document


def _refuse_empty(document: WrittenDocument, name: PurePath) -> None:
    if not any(block.text.strip() or block.original.strip() for block in document.blocks):
        if name.suffix.lower() == ".pdf":
            raise BadFile(_('"{path}" has no text. The pages are pictures. Ask for the document.').format(path=name))
        raise BadFile(_('"{path}" has no text.').format(path=name))


def _parse(name: PurePath, data: bytes) -> WrittenDocument:
    match name.suffix.lower():
        case ".docx":
            from ahtc_tui.formats.received_documents.word import parse_word

            return parse_word(name, data)
        case ".odt":
            from ahtc_tui.formats.received_documents.opendocument import parse_opendocument

            return parse_opendocument(name, data)
        case ".html" | ".htm":
            from ahtc_tui.formats.received_documents.web_page import parse_web_page

            return parse_web_page(name, data)
        case ".pdf":
            return parse_portable(name, data)
        case ending if ending == CAPTIONS:
            text = decode_text(data)
            return WrittenDocument(name.name, (Block(BlockKind.PARAGRAPH, name.name, text, text),), raw_text=text)
        case ending if ending in PLAIN:
            from ahtc_tui.formats.received_documents.plain_text import parse_plain_text

            return replace(parse_plain_text(name, data), raw_text=decode_text(data))
    sentence = _('"{path}" is not a readable document: {formats}.')
    raise BadFile(sentence.format(path=name, formats=" ".join(ENDINGS)))
