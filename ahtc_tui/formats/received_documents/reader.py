"""Reads a document by its suffix; plain text and Markdown are read here."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path, PurePath

from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.written_document import Block, BlockKind, Cell, WrittenDocument, build_row
from ahtc_tui.formats.files.input_files import decode_text, read_file_bytes
from ahtc_tui.formats.pdf.page_texts import read_page_bodies

_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*\s*$")
_UNDERLINE = re.compile(r"\s*(={3,}|-{3,})\s*$")
_LIST_ITEM = re.compile(r"\s*(?:[-*+•·▪◦●–—]|\(?[a-z]\)|\(?[ivx]{1,4}\))\s+(?=\S)")
_NUMBERED = re.compile(r"\s*\(?\d{1,3}(?:[./]\d{1,3})*[.):]?\s+\S|\s*\d{1,3}[.)]\S")
_TABLE_RULE = re.compile(r"\s*\|\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
_EMPHASIS = re.compile(r"(?<![\w\\])(\*\*\*|\*\*|__|\*|_)(?=\S)(.+?)(?<=\S)\1(?!\w)")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>])")
_LABEL = re.compile(r"\s*\S[^:]{0,30}:(?:\s|$)")
_STRONG_LINE = re.compile(r"\s*(\*\*|__)(.+)\1\s*$")
_FRONT_MATTER = re.compile(r"---[ \t]*\n(?P<fields>(?:[^\n]*\n)*?)---[ \t]*(?:\n|$)")
_OPEN_END = re.compile(
    r"\s(?:(?:and|or|of|the|an?|to|with|in|on|at|for|by|from|that|ac|yr?|i|o|yn|ar|gan|am|neu)"
    r"|(?:mr|mrs|ms|dr|cllr|cyng|(?-i:[A-Z]))\.)$",
    re.IGNORECASE,
)
"""A word, title or initial after which no paragraph ends."""
_WIDE_GAP = re.compile(r"\S\s{3,}\S.{0,29}$")
"""Gap before a second column, whose words end the line."""
_LETTER = re.compile(r"\s*(?:[a-z]{1,4}[.)]|[^\W\d]?\W)")
"""A letter or mark that counts the paragraphs of a list."""
_FIELD_MARKS = ' "'
_LINE_BREAK = "  "
"""Mark of a line break at the end of a line in Markdown."""
_QUOTE = re.compile(r"^[ \t]{0,3}>[ \t]?", re.MULTILINE)
SHORT_LINE = 60
"""Length below which a line is not filled to the margin: the next line is another paragraph."""
HALF_LINE = SHORT_LINE // 2
"""Length below which a line ends a paragraph even before a small letter."""
_ENDS = (".", ":", ";", "?", "!")
FULL_LINE = 0.85
"""Part of the width of the text from which a line is filled to the margin."""


def parse_plain_text(name: PurePath, data: bytes) -> WrittenDocument:
    """Return the blocks of a text; in Markdown the marks of emphasis go."""
    text = decode_text(data).replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    is_markdown = name.suffix.lower() != ".txt"
    if not is_markdown:
        return WrittenDocument(name.name, tuple(_read_lines(text.split("\n"), is_markdown=False)))
    front = _FRONT_MATTER.match(text)
    fields = front["fields"].split("\n") if front else []
    first = len(fields) + 2 if front else 1
    body = _QUOTE.sub("", text[front.end() :] if front else text).split("\n")
    blocks = (*_read_front_matter(fields), *_read_lines(body, is_markdown=True, first=first))
    return WrittenDocument(name.name, blocks)


def _read_front_matter(lines: Sequence[str]) -> Iterator[Block]:
    """Yield a block for each line of the fields above a page for a web site: "title: Minutes of 4 May"."""
    for number, line in enumerate(lines, 2):
        name, separator, value = line.strip().partition(":")
        words = f"{name}: {value.strip(_FIELD_MARKS)}" if separator else line.strip(f"-{_FIELD_MARKS}")
        if words:
            yield Block(BlockKind.FIELD, _("line {n}").format(n=number), words, words)


def read_text_lines(lines: Sequence[str]) -> Iterator[Block]:
    """Yield the blocks of the lines of a plain text."""
    return _read_lines(lines, is_markdown=False)


def _read_lines(lines: Sequence[str], *, is_markdown: bool, first: int = 1) -> Iterator[Block]:
    """Yield a block for each paragraph, which ends at an empty line, or where the next line begins another one."""
    pending: list[str] = []
    start, tables = 0, 0
    rows: list[str] = []
    width = _measure_width(lines)
    for number, line in enumerate([*lines, ""], first):
        cells = _split_cells(line)
        if rows and not cells and not _TABLE_RULE.match(line):
            tables += 1
            yield from _build_rows(rows, tables, number - len(rows))
            rows = []
        if cells or (rows and _TABLE_RULE.match(line)):
            yield from _flush(pending, start, is_markdown=is_markdown)
            rows.append(line)
            continue
        if len(pending) == 1 and _UNDERLINE.match(line) and (is_markdown or _is_underlined(pending[0], line)):
            level = 1 if "=" in line else 2
            yield _build_block(BlockKind.HEADING, pending[0], start, level=level, is_markdown=is_markdown)
            pending.clear()
            continue
        if not line.strip() or _begins_block(line, pending, width, is_markdown=is_markdown):
            yield from _flush(pending, start, is_markdown=is_markdown)
        if line.strip():
            start = start if pending else number
            pending.append(line)


def _measure_width(lines: Sequence[str]) -> int:
    """Return the length of the lines that reach the margin: nine of ten of the long lines are not longer."""
    lengths = sorted(length for line in lines if (length := len(" ".join(line.split()))) >= SHORT_LINE)
    return lengths[len(lengths) * 9 // 10] if lengths else 0


def _is_underlined(title: str, line: str) -> bool:
    """Return whether a line of dashes is as long as the title above it."""
    return abs(len(title.strip()) - len(line.strip())) <= 2


def _begins_block(line: str, pending: Sequence[str], width: int, *, is_markdown: bool) -> bool:
    """Return whether a line begins another paragraph than the line before it."""
    if not pending:
        return True
    if is_markdown and (
        _HEADING.match(line)
        or _HEADING.match(pending[-1])
        or _STRONG_LINE.match(pending[-1])
        or pending[-1].endswith(_LINE_BREAK)
    ):
        return True
    if _LIST_ITEM.match(line) or _NUMBERED.match(line) or _LABEL.match(line):
        return True
    last = pending[-1].strip()
    is_short, is_capital = len(last) < SHORT_LINE, not line.strip()[:1].islower()
    if is_markdown:
        return is_short and is_capital
    if _OPEN_END.search(last):
        return False
    is_full = (
        _WIDE_GAP.search(last) is None and len(last) >= max(SHORT_LINE, width * FULL_LINE) and not last.endswith(_ENDS)
    )
    if not is_capital and not _LETTER.match(line) and len(last) >= HALF_LINE and not last.endswith(_ENDS):
        return False
    return is_short or (is_capital and (not is_full or last.isupper()))


def _flush(pending: list[str], start: int, *, is_markdown: bool) -> Iterator[Block]:
    """Yield the paragraph of the lines, and forget them."""
    if not pending:
        return
    first, text = pending[0], "\n".join(pending) if not is_markdown else " ".join(line.strip() for line in pending)
    pending.clear()
    heading = _HEADING.match(first) if is_markdown else None
    if heading:
        yield _build_block(BlockKind.HEADING, heading[2], start, level=len(heading[1]), is_markdown=True)
        return
    kind = BlockKind.LIST_ITEM if _LIST_ITEM.match(first) else BlockKind.PARAGRAPH
    is_bold = is_markdown and _STRONG_LINE.match(text) is not None
    yield _build_block(kind, " ".join(text.split("\n")), start, is_bold=is_bold, is_markdown=is_markdown)


def _build_block(
    kind: BlockKind, text: str, number: int, *, level: int = 0, is_bold: bool = False, is_markdown: bool
) -> Block:
    words = _strip_marks(text) if is_markdown else text
    words = words.lstrip(">") if is_markdown else words
    return Block(kind, _("line {n}").format(n=number), words, words, level=level, is_bold=is_bold)


def _strip_marks(text: str) -> str:
    """Return Markdown without the marks of emphasis and the escapes."""
    for _round in range(3):
        text = _EMPHASIS.sub(r"\2", text)
    return _ESCAPE.sub(r"\1", text)


def _split_cells(line: str) -> list[str]:
    """Return the cells of a row of pipes or tabs; none for another line."""
    stripped = line.strip()
    if stripped.startswith("|") and stripped.count("|") >= 2:
        return [cell.strip() for cell in re.split(r"(?<!\\)\|", stripped.strip("|"))]
    cells = [cell.strip() for cell in stripped.split("\t")]
    is_row = len([cell for cell in cells if cell]) >= 3 and not _NUMBERED.match(f"{cells[0]} x")
    return cells if is_row else []


def _build_rows(lines: Sequence[str], table: int, number: int) -> Iterator[Block]:
    for position, line in enumerate(lines):
        if _TABLE_RULE.match(line):
            continue
        cells = [Cell(text, text) for text in map(_strip_marks, _split_cells(line))]
        yield build_row(_("line {n}").format(n=number + position), table, cells)


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
            return replace(parse_plain_text(name, data), raw_text=decode_text(data))
    sentence = _('"{path}" is not a readable document: {formats}.')
    raise BadFile(sentence.format(path=name, formats=" ".join(ENDINGS)))
