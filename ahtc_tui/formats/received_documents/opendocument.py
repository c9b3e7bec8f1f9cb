"""Reads OpenDocument texts (ODF 1.3 part 3): paragraphs and tables with tracked changes and comments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from pathlib import PurePath
from typing import Any
from zipfile import BadZipFile, ZipFile

from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.written_document import Block, BlockKind, Cell, Editor, Remark, WrittenDocument, build_row
from ahtc_tui.formats.files.input_guard import check_archive_parts

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_SKIPPED = frozenset((f"{_TEXT}tracked-changes", f"{_TEXT}sequence-decls", f"{_OFFICE}forms", f"{_OFFICE}scripts"))


@dataclass(frozen=True, slots=True)
class _Change:
    """A tracked change: its kind, its author, and the removed paragraphs."""

    kind: str
    by: Editor
    removed: tuple[str, ...] = ()


@dataclass
class _Paragraph:
    text: list[str] = field(default_factory=list)
    original: list[str] = field(default_factory=list)
    editors: list[Editor] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)


def parse_opendocument(name: PurePath, data: bytes) -> WrittenDocument:
    """Return the blocks of an OpenDocument text. Raises BadFile."""
    from lxml import etree

    try:
        with ZipFile(BytesIO(data)) as archive:
            check_archive_parts(name, archive.infolist(), "document")  # type: ignore[arg-type]
            content = etree.fromstring(
                archive.read("content.xml"), etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
            )
        body = content.find(f"{_OFFICE}body/{_OFFICE}text")
        if body is None:
            raise ValueError
        return WrittenDocument(name.name, tuple(_TextReader(body).read()))
    except (BadZipFile, KeyError, ValueError, etree.XMLSyntaxError) as error:
        raise BadFile(_('"{path}" is damaged, or not an OpenDocument text.').format(path=name)) from error


class _TextReader:
    """Reads the body of one document."""

    def __init__(self, body: Any) -> None:
        self.body = body
        self.changes = {
            region.get(f"{_TEXT}id") or region.get("{http://www.w3.org/XML/1998/namespace}id"): _read_change(region)
            for region in body.iter(f"{_TEXT}changed-region")
        }
        self.open_insertions: set[str] = set()
        self.count, self.tables = 0, 0

    def read(self) -> Iterator[Block]:
        yield from self._read_container(self.body)

    def _read_container(self, container: Any, kind: BlockKind = BlockKind.PARAGRAPH) -> Iterator[Block]:
        for element in container:
            tag = element.tag if isinstance(element.tag, str) else ""
            if tag in (f"{_TEXT}p", f"{_TEXT}h"):
                yield from self._read_paragraph(element, kind)
            elif tag == f"{_TABLE}table":
                yield from self._read_table(element)
            elif tag in (f"{_TEXT}change", f"{_TEXT}change-start", f"{_TEXT}change-end"):
                yield from self._read_between(element)
            elif tag and tag not in _SKIPPED:
                inner = BlockKind.LIST_ITEM if tag == f"{_TEXT}list-item" else kind
                yield from self._read_container(element, inner)

    def _read_between(self, element: Any) -> Iterator[Block]:
        """Follow a mark of a tracked change between paragraphs; yield removed paragraphs."""
        paragraph = _Paragraph()
        self._mark_change(element, paragraph)
        if original := "".join(paragraph.original).strip():
            place = _("paragraph {n}").format(n=self.count)
            yield Block(BlockKind.PARAGRAPH, place, "", original, editors=tuple(paragraph.editors))

    def _read_paragraph(self, element: Any, kind: BlockKind) -> Iterator[Block]:
        paragraph = _Paragraph()
        boxes: list[Any] = []
        self._walk(element, paragraph, boxes)
        self.count += 1
        is_heading = element.tag == f"{_TEXT}h"
        yield Block(
            BlockKind.HEADING if is_heading else kind,
            _("paragraph {n}").format(n=self.count),
            "".join(paragraph.text),
            "".join(paragraph.original),
            level=int(element.get(f"{_TEXT}outline-level") or 1) if is_heading else 0,
            editors=tuple(dict.fromkeys(paragraph.editors)),
            remarks=tuple(paragraph.remarks),
        )
        for box in boxes:
            yield from self._read_container(box)

    def _walk(self, element: Any, paragraph: _Paragraph, boxes: list[Any]) -> None:
        self._add(element.text, paragraph)
        for child in element:
            tag = child.tag if isinstance(child.tag, str) else ""
            if tag == f"{_TEXT}s":
                self._add(" " * int(child.get(f"{_TEXT}c") or 1), paragraph)
            elif tag in (f"{_TEXT}tab", f"{_TEXT}line-break"):
                self._add("\t" if tag == f"{_TEXT}tab" else "\n", paragraph)
            elif tag == f"{_OFFICE}annotation":
                paragraph.remarks.append(_read_remark(child))
            elif tag in (f"{_TEXT}change", f"{_TEXT}change-start", f"{_TEXT}change-end"):
                self._mark_change(child, paragraph)
            elif tag == f"{_TEXT}note":
                boxes += child.findall(f"{_TEXT}note-body")
            elif tag.endswith("}text-box"):
                boxes.append(child)
            elif tag and tag != f"{_OFFICE}annotation-end":
                self._walk(child, paragraph, boxes)
            self._add(child.tail, paragraph)

    def _add(self, words: str | None, paragraph: _Paragraph) -> None:
        paragraph.text.append(words or "")
        if not self.open_insertions:
            paragraph.original.append(words or "")
        elif words:
            paragraph.editors += [self.changes[number].by for number in sorted(self.open_insertions)]

    def _mark_change(self, element: Any, paragraph: _Paragraph) -> None:
        number = element.get(f"{_TEXT}change-id")
        change = self.changes.get(number)
        if change is None:
            return
        if element.tag == f"{_TEXT}change-end":
            self.open_insertions.discard(number)
        elif change.kind == "insertion":
            self.open_insertions.add(number)
        elif change.kind == "deletion":
            paragraph.original.append("\n".join(change.removed))
            paragraph.editors.append(change.by)

    def _read_table(self, table: Any) -> Iterator[Block]:
        self.tables += 1
        number = self.tables
        for count, row in enumerate(table.iter(f"{_TABLE}table-row"), 1):
            parts = [list(self._read_container(cell)) for cell in row.iterfind(f"{_TABLE}table-cell")]
            cells = [
                Cell(
                    *(
                        "\n".join(filter(None, (getattr(b, name).strip() for b in blocks)))
                        for name in ("text", "original")
                    )
                )
                for blocks in parts
            ]
            flat = [block for blocks in parts for block in blocks]
            yield build_row(
                _("table {n}, row {row}").format(n=number, row=count),
                number,
                cells,
                editors=tuple(editor for block in flat for editor in block.editors),
                remarks=tuple(remark for block in flat for remark in block.remarks),
            )


def _read_change(region: Any) -> _Change:
    element = next(iter(region))
    info = element.find(f"{_OFFICE}change-info")
    paragraphs = (child for child in element if child.tag in (f"{_TEXT}p", f"{_TEXT}h"))
    removed = tuple("".join(paragraph.itertext()) for paragraph in paragraphs)
    return _Change(element.tag.rpartition("}")[2], _read_editor(info), removed)


def _read_editor(info: Any) -> Editor:
    if info is None:
        return Editor()
    name, stamp = (info.findtext(f"{_DC}{part}") or "" for part in ("creator", "date"))
    try:
        return Editor(" ".join(name.split()), date.fromisoformat(stamp[:10]))
    except ValueError:
        return Editor(" ".join(name.split()))


def _read_remark(annotation: Any) -> Remark:
    text = " ".join("".join(line.itertext()) for line in annotation.iter(f"{_TEXT}p"))
    return Remark(" ".join(text.split()), _read_editor(annotation))
