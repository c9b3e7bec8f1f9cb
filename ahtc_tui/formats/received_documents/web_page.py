"""Reads HTML pages: headings, paragraphs, list items and tables."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.written_document import Block, BlockKind, Cell, Editor, WrittenDocument, build_row
from ahtc_tui.formats.files.input_files import decode_text

_SKIPPED = frozenset(("head", "script", "style", "noscript", "template", "nav", "title", "svg"))
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset((
    *("p", "div", "li", "section", "article", "main", "header", "footer", "body", "html", "ul", "ol", "dl", "dt"),
    *("dd", "blockquote", "pre", "figure", "figcaption", "address", "form", "fieldset", "details", "summary"),
    *("aside", "center", "hr", *_HEADINGS),
))  # fmt: skip


def parse_web_page(name: PurePath, data: bytes) -> WrittenDocument:
    """Return the blocks of an HTML page. Raises BadFile."""
    from lxml import etree, html

    try:
        page = html.document_fromstring(decode_text(data), parser=html.HTMLParser(no_network=True, huge_tree=False))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise BadFile(_('"{path}" is damaged, or not a web page.').format(path=name)) from error
    return WrittenDocument(name.name, tuple(_PageReader().read(page)))


class _PageReader:
    """Collects the words of one page."""

    def __init__(self) -> None:
        self.count, self.tables = 0, 0
        self.text: list[str] = []
        self.original: list[str] = []
        self.editors: list[Editor] = []
        self.has_bold, self.has_plain = False, False

    def read(self, page: Any) -> Iterator[Block]:
        yield from self._walk(page, BlockKind.PARAGRAPH, 0)
        yield from self._flush(BlockKind.PARAGRAPH, 0)

    def _walk(self, element: Any, kind: BlockKind, level: int, *, is_bold: bool = False) -> Iterator[Block]:
        """Yield the blocks inside an element; the words of inline elements are collected."""
        self._add(element.text, is_bold=is_bold)
        for child in element:
            tag = child.tag if isinstance(child.tag, str) else ""
            if tag == "table":
                yield from self._flush(kind, level)
                yield from self._read_table(child)
            elif tag == "br":
                self._add("\n")
            elif tag in _BLOCKS:
                yield from self._flush(kind, level)
                inner = BlockKind.HEADING if tag in _HEADINGS else BlockKind.LIST_ITEM if tag == "li" else kind
                inner_level = _HEADINGS.get(tag, level if inner is BlockKind.HEADING else 0)
                yield from self._walk(child, inner, inner_level)
                yield from self._flush(inner, inner_level)
            elif tag in ("ins", "del"):
                self._add_change(child, tag)
            elif tag and tag not in _SKIPPED:
                yield from self._walk(child, kind, level, is_bold=is_bold or tag in ("b", "strong"))
            self._add(child.tail, is_bold=is_bold)

    def _add(self, words: str | None, *, is_bold: bool = False) -> None:
        self.text.append(words or "")
        self.original.append(words or "")
        if words and words.strip():
            self.has_bold |= is_bold
            self.has_plain |= not is_bold

    def _add_change(self, element: Any, tag: str) -> None:
        (self.text if tag == "ins" else self.original).append(element.text_content())
        self.editors.append(Editor())

    def _flush(self, kind: BlockKind, level: int) -> Iterator[Block]:
        text, original = (" ".join("".join(parts).split()) for parts in (self.text, self.original))
        editors, is_bold = tuple(dict.fromkeys(self.editors)), self.has_bold and not self.has_plain
        self.text, self.original, self.editors = [], [], []
        self.has_bold, self.has_plain = False, False
        if text or original:
            self.count += 1
            place = _("paragraph {n}").format(n=self.count)
            yield Block(kind, place, text, original, level=level, is_bold=is_bold, editors=editors)

    def _read_table(self, table: Any) -> Iterator[Block]:
        self.tables += 1
        number = self.tables
        for count, row in enumerate(table.iter("tr"), 1):
            cells = [self._read_cell(cell) for cell in row if cell.tag in ("td", "th")]
            yield build_row(_("table {n}, row {row}").format(n=number, row=count), number, cells)
        for caption in table.iter("caption"):
            self._add(caption.text_content())
        yield from self._flush(BlockKind.PARAGRAPH, 0)

    def _read_cell(self, cell: Any) -> Cell:
        inner = _PageReader()
        blocks = list(inner.read(cell))
        return Cell(*("\n".join(getattr(block, name) for block in blocks) for name in ("text", "original")))
