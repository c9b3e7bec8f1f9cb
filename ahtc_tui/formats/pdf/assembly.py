"""Joins PDF files into one, with a bookmark for each, running page numbers, and the properties of a document."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.documents.author import format_author
from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.i18n import Language, _

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader, PdfWriter

MOST_PAGES = 1_000
"""Pages of one paper."""
LANGUAGE_TAGS = {Language.EN: "en-GB", Language.CY: "cy-GB"}
ACTIVE_CONTENT = ("/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Rendition")
"""Actions of a page that run a program or script, or open another file; links to addresses stay."""


@dataclass(frozen=True, slots=True)
class PdfPart:
    """A PDF file and the title of its bookmark."""

    title: str
    file: Path


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

    from ahtc_tui.formats.pdf.structure_tree import StructureTree

    writer = PdfWriter()
    tree = StructureTree(writer)
    for part in parts:
        first = len(writer.pages)
        try:
            reader = _open_reader(part.file)
            writer.append(reader, import_outline=False)
            tree.add_part(reader, part.title, first)
        except BadFile:
            raise
        except Exception as error:  # as above: damage that is met when pages are copied
            raise BadFile(_("it is not a PDF file that can be read")) from error
        writer.add_outline_item(title=part.title, page_number=first)
    for number, page in enumerate(writer.pages, start=1):
        _remove_active_content(page)
        _add_page_number(page, f"{number} / {len(writer.pages)}")
    tree.write()
    _set_properties(writer, properties)
    with target.open("wb") as file:
        writer.write(file)


def _remove_active_content(page: PageObject) -> None:
    page.pop("/AA", None)
    for reference in page.get("/Annots") or ():
        annotation = reference.get_object()
        annotation.pop("/AA", None)
        action = annotation.get("/A")
        if action is not None and action.get_object().get("/S") in ACTIVE_CONTENT:
            annotation.pop("/A")


def _add_page_number(page: PageObject, text: str) -> None:
    """Print the number in the upper right corner, above the text of our documents."""
    from pypdf import PageObject
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

    if page.rotation:
        page.transfer_rotation_to_content()
    box = page.mediabox
    overlay = PageObject.create_blank_page(width=float(box.right), height=float(box.top))
    font = {NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1")}
    font[NameObject("/BaseFont")] = NameObject("/Helvetica")
    fonts = DictionaryObject({NameObject("/PackFont"): DictionaryObject(font)})
    overlay[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    left, bottom = float(box.right) - 62, float(box.top) - 26
    stream = DecodedStreamObject()
    stream.set_data(f"/Artifact BMC BT /PackFont 9 Tf {left:.1f} {bottom:.1f} Td ({text}) Tj ET EMC".encode("ascii"))
    overlay[NameObject("/Contents")] = stream
    page.merge_page(overlay)


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
