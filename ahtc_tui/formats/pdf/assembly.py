"""Joins PDF files into one, with a bookmark for each, running page numbers, and the properties of a document."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from ahtc_tui.domain.documents.author import format_author
from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.i18n import Language, _, render_lines
from ahtc_tui.formats.files.office_container import LANGUAGE_TAGS

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader, PdfWriter

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

    from ahtc_tui.formats.pdf.structure_tree import StructureTree

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
    from pypdf.generic import DecodedStreamObject, NameObject

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
    from pypdf.generic import BooleanObject, DictionaryObject, NameObject, TextStringObject

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
    from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, NumberObject

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
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

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
