"""Joins PDF files into one, with a bookmark for each, running page numbers, and the properties of a document."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from ahtc_tui.domain.documents.author import format_author
from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.i18n import Language, _
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
        raise BadFile(_("it is not a PDF file that can be read")) from error
    if not 0 < pages <= MOST_PAGES:
        raise BadFile(_("it has no pages, or more than {n}").format(n=MOST_PAGES))
    return reader


def join_parts(target: Path, parts: Sequence[PdfPart], properties: PdfProperties) -> None:
    """Write the pages of the parts to one file. Raises BadFile for a part that cannot be read."""
    from pypdf import PdfWriter

    from ahtc_tui.formats.pdf.page_numbers import add_page_numbers
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
            raise BadFile(_("it is not a PDF file that can be read")) from error
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
