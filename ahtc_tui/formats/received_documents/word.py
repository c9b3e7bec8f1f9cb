"""Reads Word documents (ECMA-376 part 1, chapter 17): paragraphs and tables with tracked changes and comments.

A paragraph has two texts: with all tracked changes accepted, and with all rejected.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from io import BytesIO
from pathlib import PurePath
from typing import Any
from zipfile import BadZipFile, ZipFile

from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.written_document import Block, BlockKind, Cell, Editor, Remark, WrittenDocument, build_row
from ahtc_tui.formats.files.input_guard import check_archive_parts
from ahtc_tui.formats.files.text_extraction import WORD_TEXT as MAIN
from ahtc_tui.formats.files.text_extraction import find_word_text

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
COMMENTS, STYLES = "word/comments.xml", "word/styles.xml"
FOOTNOTES, ENDNOTES = "word/footnotes.xml", "word/endnotes.xml"
_INSERTIONS = frozenset((f"{W}ins", f"{W}moveTo"))
_DELETIONS = frozenset((f"{W}del", f"{W}moveFrom"))
_MOVES = frozenset((f"{W}moveTo", f"{W}moveFrom"))
_BREAKS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{W}ptab": "\t"}
_SKIPPED = frozenset(
    f"{W}{name}" for name in ("pPr", "rPr", "instrText", "delInstrText", "sdtPr", "tblPr", "trPr", "tcPr")
)
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


@dataclass
class _Paragraph:
    """A paragraph while it is read."""

    text: list[str] = field(default_factory=list)
    original: list[str] = field(default_factory=list)
    editors: list[Editor] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    """Numbers of the comments in it."""
    notes: list[tuple[str, str]] = field(default_factory=list)
    """Part and number of the footnotes in it."""
    boxes: list[Any] = field(default_factory=list)
    """Paragraphs of text boxes."""
    is_moved: bool = False


def parse_word(name: PurePath, data: bytes) -> WrittenDocument:
    """Return the blocks of a Word document. Raises BadFile."""
    from lxml import etree

    try:
        with ZipFile(BytesIO(data)) as archive:
            check_archive_parts(name, archive.infolist(), "document")  # type: ignore[arg-type]
            names = archive.namelist()
            parts = {
                part: _parse_xml(archive.read(part))
                for part in (COMMENTS, STYLES, FOOTNOTES, ENDNOTES)
                if part in names
            }
            parts[MAIN] = _parse_xml(archive.read(find_word_text(archive) or MAIN))
        if parts[MAIN].find(f"{W}body") is None:
            raise ValueError
        return _WordReader(name, parts).read()
    except (BadZipFile, KeyError, ValueError, etree.XMLSyntaxError) as error:
        raise BadFile(_('"{path}" is damaged, or not a Word file.').format(path=name)) from error


def _parse_xml(data: bytes) -> Any:
    from lxml import etree

    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))


class _WordReader:
    """Reads the parts of one document."""

    def __init__(self, name: PurePath, parts: dict[str, Any]) -> None:
        self.name, self.body = name.name, parts[MAIN].find(f"{W}body")
        self.levels = _read_heading_levels(parts.get(STYLES))
        self.comments = _read_comments(parts.get(COMMENTS))
        self.quoted: dict[str, list[tuple[str, bool]]] = {}
        """Words that each comment is about, and whether they are deleted."""
        self.open_comments: set[str] = set()
        self.notes = {
            (f"{W}{kind}Reference", note.get(f"{W}id")): note
            for kind, part in (("footnote", FOOTNOTES), ("endnote", ENDNOTES))
            for note in parts.get(part, ())
        }
        self.count, self.tables = 0, 0

    def read(self) -> WrittenDocument:
        blocks = list(self._read_container(self.body))
        return WrittenDocument(self.name, tuple(map(self._quote_remarks, _join_deleted_breaks(blocks))))

    def _quote_remarks(self, block: Block) -> Block:
        """Add the words that each comment is about, which may go on in later paragraphs."""
        if not block.remarks:
            return block
        return replace(
            block, remarks=tuple(replace(remark, quoted=self._quote(remark.quoted)) for remark in block.remarks)
        )

    def _quote(self, number: str) -> str:
        """Return the words that a comment is about with the changes accepted; the deleted ones where none are left."""
        quoted = self.quoted.get(number, ())
        kept = " ".join("".join(words for words, is_deleted in quoted if not is_deleted).split())
        return kept or " ".join("".join(words for words, _is_deleted in quoted).split())

    def _read_container(self, container: Any) -> Iterator[tuple[Block, bool]]:
        """Yield each block, and whether the break after it is deleted."""
        for element in container:
            match element.tag:
                case tag if tag == f"{W}p":
                    yield from self._read_paragraph(element)
                case tag if tag == f"{W}tbl":
                    yield from self._read_table(element)
                case tag if tag == f"{W}sdt":
                    yield from self._read_container(element.findall(f"{W}sdtContent/*"))
                case tag if tag in _INSERTIONS | _DELETIONS or tag == f"{W}customXml":
                    yield from self._read_container(element)

    def _read_paragraph(self, element: Any) -> Iterator[tuple[Block, bool]]:
        paragraph = self._collect(element)
        self.count += 1
        kind, level = self._find_kind(element)
        place = _("paragraph {n}").format(n=self.count)
        block = self._build_block(kind, place, paragraph, level=level, is_bold=_is_bold(element))
        is_joined = element.find(f"{W}pPr/{W}rPr/{W}del") is not None
        yield block, is_joined
        for box in paragraph.boxes:
            yield from self._read_container(box)
        yield from self._read_notes([paragraph])

    def _read_notes(self, paragraphs: list[_Paragraph]) -> Iterator[tuple[Block, bool]]:
        """Yield the footnotes and endnotes of some paragraphs."""
        for key in (key for paragraph in paragraphs for key in paragraph.notes):
            if (note := self.notes.get(key)) is not None:
                yield from self._read_container(note)

    def _build_block(self, kind: BlockKind, place: str, paragraph: _Paragraph, **details: Any) -> Block:
        remarks = tuple(
            replace(self.comments[number], quoted=number) for number in paragraph.remarks if number in self.comments
        )
        return Block(
            kind,
            place,
            "".join(paragraph.text),
            "".join(paragraph.original),
            editors=tuple(dict.fromkeys(paragraph.editors)),
            remarks=remarks,
            is_moved=paragraph.is_moved,
            **details,
        )

    def _read_table(self, table: Any) -> Iterator[tuple[Block, bool]]:
        self.tables += 1
        number = self.tables
        for count, row in enumerate(_list_rows(table), 1):
            paragraphs: list[_Paragraph] = []
            cells = [self._read_cell(cell, paragraphs) for cell in _list_cells(row)]
            together = _Paragraph(
                editors=[editor for paragraph in paragraphs for editor in paragraph.editors],
                remarks=[remark for paragraph in paragraphs for remark in paragraph.remarks],
            )
            place = _("table {n}, row {row}").format(n=number, row=count)
            shell = self._build_block(BlockKind.ROW, place, together)
            if row.find(f"{W}trPr/{W}del") is not None:
                cells = [replace(cell, text="") for cell in cells]
            yield build_row(place, number, cells, editors=shell.editors, remarks=shell.remarks), False
            yield from self._read_notes(paragraphs)

    def _read_cell(self, cell: Any, paragraphs: list[_Paragraph]) -> Cell:
        elements = (element for element in cell.iter(f"{W}p") if next(element.iterancestors(_FALLBACK), None) is None)
        collected = list(map(self._collect, elements))
        paragraphs += collected
        texts = ("".join(paragraph.text).strip() for paragraph in collected)
        originals = ("".join(paragraph.original).strip() for paragraph in collected)
        return Cell("\n".join(filter(None, texts)), "\n".join(filter(None, originals)))

    def _collect(self, element: Any) -> _Paragraph:
        paragraph = _Paragraph()
        self._walk(element, paragraph, is_inserted=False, is_deleted=False)
        return paragraph

    def _walk(self, element: Any, paragraph: _Paragraph, *, is_inserted: bool, is_deleted: bool) -> None:
        """Collect the words of an element and of all inside it."""
        for child in element:
            tag = child.tag
            if tag in _SKIPPED or tag == _FALLBACK or not isinstance(tag, str):
                continue
            if tag in _INSERTIONS | _DELETIONS:
                paragraph.editors.append(_read_editor(child))
                paragraph.is_moved |= tag in _MOVES
                self._walk(
                    child,
                    paragraph,
                    is_inserted=is_inserted or tag in _INSERTIONS,
                    is_deleted=is_deleted or tag in _DELETIONS,
                )
            elif tag == f"{W}txbxContent":
                paragraph.boxes.append(child)
            elif tag in (f"{W}t", f"{W}delText") or tag in _BREAKS:
                self._add_words(paragraph, child.text or _BREAKS.get(tag, ""), is_inserted, is_deleted)
            else:
                self._note_mark(child, paragraph)
                self._walk(child, paragraph, is_inserted=is_inserted, is_deleted=is_deleted)

    def _add_words(self, paragraph: _Paragraph, words: str, is_inserted: bool, is_deleted: bool) -> None:
        if not is_deleted:
            paragraph.text.append(words)
        if not is_inserted:
            paragraph.original.append(words)
        for number in self.open_comments:
            self.quoted.setdefault(number, []).append((words, is_deleted))

    def _note_mark(self, child: Any, paragraph: _Paragraph) -> None:
        """Note the beginning and end of a comment, and the mark of a footnote."""
        number = child.get(f"{W}id")
        if child.tag == f"{W}commentRangeStart":
            self.open_comments.add(number)
        elif child.tag == f"{W}commentRangeEnd":
            self.open_comments.discard(number)
        elif child.tag == f"{W}commentReference":
            self.open_comments.discard(number)
            paragraph.remarks.append(number)
        elif child.tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
            paragraph.notes.append((child.tag, number))

    def _find_kind(self, element: Any) -> tuple[BlockKind, int]:
        style = element.find(f"{W}pPr/{W}pStyle")
        level = self.levels.get(style.get(f"{W}val"), 0) if style is not None else 0
        outline = element.find(f"{W}pPr/{W}outlineLvl")
        if outline is not None and outline.get(f"{W}val", "9") < "9":
            level = int(outline.get(f"{W}val")) + 1
        if level:
            return BlockKind.HEADING, level
        is_listed = element.find(f"{W}pPr/{W}numPr") is not None
        return (BlockKind.LIST_ITEM if is_listed else BlockKind.PARAGRAPH), 0


def _read_heading_levels(styles: Any) -> dict[str, int]:
    """Return the level of each style of headings, by its id."""
    levels: dict[str, int] = {}
    for style in styles.iter(f"{W}style") if styles is not None else ():
        name = style.find(f"{W}name")
        words = name.get(f"{W}val", "").lower() if name is not None else ""
        outline = style.find(f"{W}pPr/{W}outlineLvl")
        if words.startswith("heading ") and words[8:].isdigit():
            levels[style.get(f"{W}styleId")] = int(words[8:])
        elif words == "title":
            levels[style.get(f"{W}styleId")] = 1
        elif outline is not None and outline.get(f"{W}val", "9") < "9":
            levels[style.get(f"{W}styleId")] = int(outline.get(f"{W}val")) + 1
    return levels


def _read_comments(part: Any) -> dict[str, Remark]:
    """Return the comments by number."""
    remarks: dict[str, Remark] = {}
    for comment in part.iter(f"{W}comment") if part is not None else ():
        paragraphs = ("".join(words.text or "" for words in line.iter(f"{W}t")) for line in comment.iter(f"{W}p"))
        remarks[comment.get(f"{W}id")] = Remark(" ".join(" ".join(paragraphs).split()), _read_editor(comment))
    return remarks


def _read_editor(element: Any) -> Editor:
    """Return author and date; a date that cannot be read is unknown."""
    stamp = element.get(f"{W}date") or ""
    try:
        day = date.fromisoformat(stamp[:10])
    except ValueError:
        day = None
    return Editor(" ".join((element.get(f"{W}author") or "").split()), day)


def _is_bold(element: Any) -> bool:
    """Return whether all runs with words are bold."""
    runs = [run for run in element.iter(f"{W}r") if any((words.text or "").strip() for words in run.iter(f"{W}t"))]
    marks = [run.find(f"{W}rPr/{W}b") for run in runs]
    return bool(marks) and all(mark is not None and mark.get(f"{W}val") not in ("0", "false") for mark in marks)


def _list_rows(table: Any) -> list[Any]:
    return [row for row in table.iter(f"{W}tr") if next(row.iterancestors(f"{W}tbl")) is table]


def _list_cells(row: Any) -> list[Any]:
    return [cell for cell in row.iter(f"{W}tc") if next(cell.iterancestors(f"{W}tr")) is row]


def _join_deleted_breaks(blocks: list[tuple[Block, bool]]) -> list[Block]:
    """Join a paragraph whose break is deleted with the next one in the accepted text."""
    joined: list[Block] = []
    for position, (block, _is_deleted) in enumerate(blocks):
        previous, was_deleted = blocks[position - 1] if position else (block, False)
        follows = was_deleted and BlockKind.ROW not in (previous.kind, block.kind)
        text = joined[-1].text + block.text if follows else block.text
        if follows:
            joined[-1] = replace(joined[-1], text="")
        joined.append(replace(block, text=text))
    return joined
