"""Joins PDF files into one, with a bookmark for each, running page numbers, and the properties of a document."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from ahtc_tui.domain.desk_people import format_author
from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.i18n import Language, _, render_lines
from ahtc_tui.formats.files.office_container import LANGUAGE_TAGS

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader, PdfWriter


DEEPEST_TREE = 50
"""Levels of a number or name tree that are read."""


class StructureTree:
    """Collects the structure trees of the parts of one file."""

    def __init__(self, writer: PdfWriter) -> None:
        self._writer = writer
        self._root = DictionaryObject({NameObject("/Type"): NameObject("/StructTreeRoot")})
        self._root_reference = writer._add_object(self._root)
        self._parts = ArrayObject()
        self._document = writer._add_object(
            DictionaryObject(
                {
                    NameObject("/Type"): NameObject("/StructElem"),
                    NameObject("/S"): NameObject("/Document"),
                    NameObject("/P"): self._root_reference,
                    NameObject("/K"): self._parts,
                }
            )
        )
        self._numbers = ArrayObject()
        self._next_number = 0
        self._elements_by_id: dict[str, Any] = {}
        self.is_complete = True
        """Whether every part has tags."""

    def add_part(self, reader: PdfReader, title: str, first: int) -> None:
        """Add the tags of the last part, whose pages are in the file from page number `first`, counted from 0."""
        known_parts, known_numbers, known_ids = len(self._parts), len(self._numbers), dict(self._elements_by_id)
        try:
            if self._is_tagged(reader.root_object):
                self._add_tags(reader, title, first)
                return
        except Exception:  # pypdf raises many types for damaged trees; the pages are there without tags
            del self._parts[known_parts:], self._numbers[known_numbers:]
            self._elements_by_id = known_ids
        self.is_complete = False
        self._remove_numbers(first)

    def _add_tags(self, reader: PdfReader, title: str, first: int) -> None:
        catalogue: Any = reader.root_object
        source = catalogue["/StructTreeRoot"]
        part = DictionaryObject({NameObject("/Type"): NameObject("/StructElem"), NameObject("/S"): NameObject("/Part")})
        part[NameObject("/P")], part[NameObject("/T")] = self._document, TextStringObject(title)
        if "/Lang" in catalogue:
            part[NameObject("/Lang")] = TextStringObject(catalogue["/Lang"])
        part_reference = self._writer._add_object(part)
        self._parts.append(part_reference)
        children = source["/K"]
        listed = children if isinstance(children, ArrayObject) else ArrayObject([source.raw_get("/K")])
        part[NameObject("/K")] = copies = ArrayObject(child.clone(self._writer) for child in listed)
        for element in copies:
            element.get_object()[NameObject("/P")] = part_reference
        self._merge_names(source)
        self._merge_ids(source)
        self._number_pages(reader, source, first)

    @staticmethod
    def _is_tagged(catalogue: Any) -> bool:
        mark = catalogue.get("/MarkInfo")
        return mark is not None and bool(mark.get_object().get("/Marked")) and "/StructTreeRoot" in catalogue

    def _merge_names(self, source: Any) -> None:
        """Take over the roles and classes of a part that the file does not define yet."""
        for name in ("/RoleMap", "/ClassMap"):
            if (values := source.get(name)) is not None:
                known = self._root.setdefault(NameObject(name), DictionaryObject())
                for key, value in values.get_object().items():
                    known.setdefault(key, value.clone(self._writer))

    def _merge_ids(self, source: Any) -> None:
        """Take over the identifiers of elements; one that another part has gets a number."""
        if (tree := source.get("/IDTree")) is None:
            return
        for identifier, element in _read_tree(tree.get_object(), "/Names"):
            name, number = str(identifier), 1
            while name in self._elements_by_id:
                number += 1
                name = f"{identifier}-{number}"
            self._elements_by_id[name] = copy = element.clone(self._writer)
            copy.get_object()[NameObject("/ID")] = TextStringObject(name)

    def _number_pages(self, reader: PdfReader, source: Any, first: int) -> None:
        """Give the pages and annotations of a part numbers of the joined parent tree."""
        offset, highest = self._next_number, -1
        if (numbers := source.get("/ParentTree")) is not None:
            for number, value in _read_tree(numbers.get_object(), "/Nums"):
                self._numbers.extend((NumberObject(number + offset), value.clone(self._writer)))
                highest = max(highest, number)
        for index, page in enumerate(reader.pages):
            copy: Any = self._writer.pages[first + index]
            if (number := page.get("/StructParents")) is not None:
                copy[NameObject("/StructParents")] = NumberObject(offset + number)
            copy[NameObject("/Tabs")] = NameObject("/S")
            for reference in copy.get("/Annots") or ():
                annotation = reference.get_object()
                if "/StructParent" in annotation:
                    annotation[NameObject("/StructParent")] = NumberObject(annotation["/StructParent"] + offset)
        self._next_number = offset + highest + 1

    def _remove_numbers(self, first: int) -> None:
        """Remove the numbers of the last part, whose pages begin at `first`: other parts have the same ones."""
        for index in range(first, len(self._writer.pages)):
            page: Any = self._writer.pages[index]
            page.pop("/StructParents", None)
            for reference in page.get("/Annots") or ():
                reference.get_object().pop("/StructParent", None)

    def write(self) -> None:
        """Put the tree into the catalogue; nothing where no part has tags."""
        if not self._parts:
            return
        self._root[NameObject("/K")] = ArrayObject([self._document])
        self._root[NameObject("/ParentTree")] = DictionaryObject({NameObject("/Nums"): self._numbers})
        if self._elements_by_id:
            pairs = sorted(self._elements_by_id.items())
            names = ArrayObject(item for name, element in pairs for item in (TextStringObject(name), element))
            self._root[NameObject("/IDTree")] = DictionaryObject({NameObject("/Names"): names})
        self._root[NameObject("/ParentTreeNextKey")] = NumberObject(self._next_number)
        catalogue = self._writer.root_object
        catalogue[NameObject("/StructTreeRoot")] = self._root_reference
        marks = {NameObject("/Marked"): BooleanObject(True)}
        marks |= {} if self.is_complete else {NameObject("/Suspects"): BooleanObject(True)}
        catalogue[NameObject("/MarkInfo")] = DictionaryObject(marks)


def _read_tree(node: Any, entries: str, depth: int = 0) -> Iterator[tuple[Any, Any]]:
    """Yield the entries of a number tree ("/Nums") or name tree ("/Names"; ISO 32000-1, 7.9.6 and 7.9.7)."""
    pairs = list(node.get(entries, ArrayObject()).get_object())
    yield from zip(pairs[::2], pairs[1::2], strict=False)
    if depth < DEEPEST_TREE:
        for child in node.get("/Kids", ArrayObject()).get_object():
            yield from _read_tree(child.get_object(), entries, depth + 1)


MOST_PAGES = 1_000
"""Pages of one paper."""
XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title><pdfuaid:part>1</pdfuaid:part>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""
ACTIVE_CONTENT = ("/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Rendition")
"""Actions of a page that run a program or script, or open another file; links to addresses stay."""


@dataclass(frozen=True, slots=True)
class PdfPart:
    """A PDF file and the title of its bookmark."""

    title: str
    file: Path
    paper: str = ""
    """Number of a paper, which is printed on each of its pages."""


@dataclass(frozen=True, slots=True)
class PdfProperties:
    """Properties of the joined file."""

    title: str
    subject: str
    keywords: str
    language: Language


def count_pages(path: Path) -> int:
    """Return the number of pages. Raises BadFile for a file that cannot be read, or that has a password."""
    return len(_open_reader(path).pages)


def _open_reader(path: Path) -> PdfReader:
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it repairs in a file is not for the person
    try:
        reader = PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            raise BadFile(_("it has a password"))
        pages = len(reader.pages)
    except BadFile:
        raise
    except Exception as error:  # pypdf raises many types for damaged files
        raise BadFile(_("it is not a readable PDF file")) from error
    if not 0 < pages <= MOST_PAGES:
        raise BadFile(_("it has no pages, or more than {n}").format(n=MOST_PAGES))
    return reader


def join_parts(target: Path, parts: Sequence[PdfPart], properties: PdfProperties) -> None:
    """Write the pages of the parts to one file. Raises BadFile for a part that cannot be read."""
    from pypdf import PdfWriter

    writer = PdfWriter()
    tree = StructureTree(writer)
    papers: list[str] = []
    claims = True
    for part in parts:
        first = len(writer.pages)
        try:
            reader = _open_reader(part.file)
            writer.append(reader, import_outline=False)
            tree.add_part(reader, part.title, first)
            claims = claims and _claims_accessibility(reader)
        except BadFile:
            raise
        except Exception as error:  # as above: damage that is met when pages are copied
            raise BadFile(_("it is not a readable PDF file")) from error
        papers += [part.paper] * (len(writer.pages) - first)
        writer.add_outline_item(title=part.title, page_number=first)
    for page in writer.pages:
        _remove_active_content(page)
    add_page_numbers(writer, papers)
    tree.write()
    _set_properties(writer, properties)
    if claims and tree.is_complete:
        _claim_accessibility(writer, properties.title)
    with target.open("wb") as file:
        writer.write(file)


def _claims_accessibility(reader: PdfReader) -> bool:
    """Return whether a part has the identifier of PDF/UA (ISO 14289-1, 5)."""
    metadata: Any = reader.root_object.get("/Metadata")
    return metadata is not None and b"pdfuaid" in metadata.get_object().get_data()


def _claim_accessibility(writer: PdfWriter, title: str) -> None:
    """Add title and identifier of PDF/UA-1 to a file all of whose parts are tagged and have it; it is PDF 1.7 (6.1)."""

    packet = DecodedStreamObject()
    packet.set_data(XMP.format(title=escape(title)).encode())
    packet[NameObject("/Type")], packet[NameObject("/Subtype")] = NameObject("/Metadata"), NameObject("/XML")
    root: Any = writer.root_object
    root[NameObject("/Metadata")] = writer._add_object(packet)
    writer.pdf_header = "%PDF-1.7"


def _remove_active_content(page: PageObject) -> None:
    page.pop("/AA", None)
    for reference in page.get("/Annots") or ():
        annotation = reference.get_object()
        annotation.pop("/AA", None)
        action = annotation.get("/A")
        if action is not None and action.get_object().get("/S") in ACTIVE_CONTENT:
            annotation.pop("/A")


def _set_properties(writer: PdfWriter, properties: PdfProperties) -> None:
    writer.add_metadata(
        {
            "/Title": properties.title,
            "/Author": format_author(),
            "/Subject": properties.subject,
            "/Keywords": properties.keywords,
        }
    )
    root: Any = writer.root_object
    root[NameObject("/Lang")] = TextStringObject(LANGUAGE_TAGS[properties.language.languages[0]])
    root[NameObject("/ViewerPreferences")] = DictionaryObject({NameObject("/DisplayDocTitle"): BooleanObject(True)})
    writer.page_mode = "/UseOutlines"


FONT_FILE = "page_numbers.ttf"
FIRST, LAST = ord(" "), ord("z")
CHARACTERS = {
    216: " ", 233: "j", 238: "i", 247: "l", 290: "f", 303: "/", 313: "t", 330: "r", 459: "s", 462: "z", 482: "x",
    513: "y", 514: "v", 522: "k", 529: "c", 531: "a", 549: "e", 580: "0123456789", 586: "o", 592: "u", 593: "hn",
    598: "P", 611: "bp", 612: "T", 615: "dgq", 785: "w", 855: "m",
}  # fmt: skip
"""Characters of the font by width, in thousandths of the size of the type."""
WIDTHS = {character: width for width, characters in CHARACTERS.items() for character in characters}
POINTS, LINE = 9, 11
RIGHT, TOP = 32, 26
"""Distance of the number from the right and the upper edge of the page, in points."""
NONSYMBOLIC = 32
"""Flag of a font with Latin characters (ISO 32000-1, table 123)."""


def add_page_numbers(writer: PdfWriter, papers: Sequence[str]) -> None:
    """Print "Pack page 3 of 12" in the upper right corner of each page, in each language of the file on a line.

    `papers` has the number of the paper of each page, printed in the upper left corner, or "".
    """
    font = _add_font(writer)
    for number, (page, paper) in enumerate(zip(writer.pages, papers, strict=True), start=1):
        labels = format_paper_number(paper).splitlines() if paper else []
        _add_page_number(page, format_page_number(number, len(writer.pages)).splitlines(), labels, font)


def format_page_number(number: int, pages: int) -> str:
    """Return the number of a page in words, each language on a line."""
    return render_lines(lambda: _("Pack page {n} of {pages}").format(n=number, pages=pages))


def format_paper_number(paper: str) -> str:
    """Return the number of a paper in words, each language on a line."""
    return render_lines(lambda: _("Paper {n}").format(n=paper))


def _add_font(writer: PdfWriter) -> Any:
    """Embed the font; return the reference of its object."""

    data = (resources.files("ahtc_tui.formats.pdf") / FONT_FILE).read_bytes()
    stream = DecodedStreamObject()
    stream.set_data(data)
    stream[NameObject("/Length1")] = NumberObject(len(data))
    name, box = NameObject("/AHTCNO+Aileron-Regular"), (-150, -210, 945, 800)
    numbers = {
        "/Flags": NONSYMBOLIC,
        "/ItalicAngle": 0,
        "/Ascent": 970,
        "/Descent": -230,
        "/CapHeight": 690,
        "/StemV": 80,
    }
    descriptor = DictionaryObject({NameObject(key): NumberObject(value) for key, value in numbers.items()})
    descriptor[NameObject("/Type")], descriptor[NameObject("/FontName")] = NameObject("/FontDescriptor"), name
    descriptor[NameObject("/FontBBox")] = ArrayObject(map(NumberObject, box))
    descriptor[NameObject("/FontFile2")] = writer._add_object(stream)
    widths = (NumberObject(WIDTHS.get(chr(code), 0)) for code in range(FIRST, LAST + 1))
    names = {"/Type": "/Font", "/Subtype": "/TrueType", "/Encoding": "/WinAnsiEncoding"}
    font = DictionaryObject({NameObject(key): NameObject(value) for key, value in names.items()})
    font[NameObject("/BaseFont")], font[NameObject("/Widths")] = name, ArrayObject(widths)
    font[NameObject("/FirstChar")], font[NameObject("/LastChar")] = NumberObject(FIRST), NumberObject(LAST)
    font[NameObject("/FontDescriptor")] = writer._add_object(descriptor)
    return writer._add_object(font)


def _add_page_number(page: PageObject, lines: Sequence[str], labels: Sequence[str], font: Any) -> None:
    from pypdf import PageObject

    if page.rotation:
        page.transfer_rotation_to_content()
    box = page.mediabox
    overlay = PageObject.create_blank_page(width=float(box.right), height=float(box.top))
    fonts = DictionaryObject({NameObject("/PackFont"): font})
    overlay[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    texts = []
    rows = [(number, text, True) for number, text in enumerate(lines)]
    for number, text, is_right in rows + [(number, text, False) for number, text in enumerate(labels)]:
        known = "".join(character for character in text if character in WIDTHS)
        width = sum(WIDTHS[character] for character in known) * POINTS / 1_000
        left = float(box.right) - RIGHT - width if is_right else float(box.left) + RIGHT
        bottom = float(box.top) - TOP - number * LINE
        texts.append(f"BT /PackFont {POINTS} Tf {left:.1f} {bottom:.1f} Td ({known}) Tj ET")
    stream = DecodedStreamObject()
    stream.set_data(f"/Artifact BMC {' '.join(texts)} EMC".encode("ascii"))
    overlay[NameObject("/Contents")] = stream
    page.merge_page(overlay)
