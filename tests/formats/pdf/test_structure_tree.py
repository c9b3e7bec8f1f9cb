"""The tags of a joined PDF: those of every part, under one root, with pages that name them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pypdf
import pytest
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from ahtc_tui.domain.i18n import Language
from ahtc_tui.formats.pdf.assembly import PdfPart, PdfProperties, join_parts

PROPERTIES = PdfProperties("Pack", "LG-2014-01", "OFFICIAL", Language.EN)


def name_keys(**values: Any) -> DictionaryObject:
    return DictionaryObject({NameObject(f"/{key}"): value for key, value in values.items()})


def write_tagged_pdf(path: Path, tag: str, language: str = "en-GB", pages: int = 1) -> None:
    """Write a PDF with one tagged line a page, whose elements have the identifiers "e0", "e1" ..."""
    writer = pypdf.PdfWriter()
    root = name_keys(Type=NameObject("/StructTreeRoot"))
    root_reference = writer._add_object(root)
    document = name_keys(S=NameObject("/Document"), P=root_reference, K=ArrayObject())
    document_reference = writer._add_object(document)
    numbers, names = ArrayObject(), ArrayObject()
    for number in range(pages):
        page = writer.add_blank_page(width=595, height=842)
        stream = DecodedStreamObject()
        stream.set_data(b"/P <</MCID 0>> BDC EMC")
        page[NameObject("/Contents")] = writer._add_object(stream)
        page[NameObject("/StructParents")] = NumberObject(number)
        element = name_keys(S=NameObject(tag), P=document_reference, K=NumberObject(0), Pg=page.indirect_reference)
        element[NameObject("/ID")] = TextStringObject(f"e{number}")
        reference = writer._add_object(element)
        document["/K"].append(reference)  # type: ignore[attr-defined]
        numbers.extend((NumberObject(number), ArrayObject([reference])))
        names.extend((TextStringObject(f"e{number}"), reference))
    root[NameObject("/K")] = document_reference
    root[NameObject("/ParentTree")] = name_keys(Kids=ArrayObject([writer._add_object(name_keys(Nums=numbers))]))
    root[NameObject("/IDTree")] = name_keys(Names=names)
    root[NameObject("/RoleMap")] = name_keys(Minute=NameObject("/P"))
    catalogue = writer.root_object
    catalogue[NameObject("/StructTreeRoot")] = root_reference
    catalogue[NameObject("/MarkInfo")] = name_keys(Marked=BooleanObject(True))
    catalogue[NameObject("/Lang")] = TextStringObject(language)
    writer.write(str(path))


def join(folder: Path, *names: str) -> pypdf.PdfReader:
    target = folder / "pack.pdf"
    join_parts(target, [PdfPart(name, folder / name) for name in names], PROPERTIES)
    return pypdf.PdfReader(target)


def read_page_tags(reader: pypdf.PdfReader) -> list[list[str] | None]:
    """Return the tags of each page through its number in the parent tree; None for a page without tags."""
    root: Any = reader.trailer["/Root"]
    numbers = root["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    tree = {int(number): value for number, value in zip(numbers[::2], list(numbers)[1::2], strict=True)}
    tags: list[list[str] | None] = []
    for page in reader.pages:
        if "/StructParents" not in page:
            tags.append(None)
            continue
        elements = [element.get_object() for element in tree[int(page["/StructParents"])].get_object()]  # type: ignore[call-overload]
        assert all(element.raw_get("/Pg").idnum == page.indirect_reference.idnum for element in elements)  # type: ignore[union-attr]
        tags.append([element["/S"] for element in elements])
    return tags


def count_pages(reader: Any) -> int:
    """Return the number of page objects in the file, used or not."""
    objects = (reader.get_object(number) for number in range(1, reader.trailer["/Size"]))
    return sum(isinstance(item, DictionaryObject) and item.get("/Type") == "/Page" for item in objects)


def test_the_tags_of_every_part_are_under_one_root(tmp_path: Path) -> None:
    write_tagged_pdf(tmp_path / "agenda.pdf", "/H1", pages=2)
    write_tagged_pdf(tmp_path / "papur.pdf", "/Minute", "cy-GB", pages=2)
    reader = join(tmp_path, "agenda.pdf", "papur.pdf")
    assert read_page_tags(reader) == [["/H1"], ["/H1"], ["/Minute"], ["/Minute"]]
    root: Any = reader.trailer["/Root"]
    tree = root["/StructTreeRoot"]
    assert dict(root["/MarkInfo"]) == {"/Marked": True}
    assert tree["/RoleMap"]["/Minute"] == "/P"
    parts = [part.get_object() for part in tree["/K"][0]["/K"]]
    assert [(part["/S"], part["/T"], part["/Lang"]) for part in parts] == [
        ("/Part", "agenda.pdf", "en-GB"),
        ("/Part", "papur.pdf", "cy-GB"),
    ]
    assert count_pages(reader) == 4, "no page is there twice"


def test_identifiers_that_two_parts_have_stay_unique(tmp_path: Path) -> None:
    write_tagged_pdf(tmp_path / "a.pdf", "/P")
    write_tagged_pdf(tmp_path / "b.pdf", "/P")
    root: Any = join(tmp_path, "a.pdf", "b.pdf").trailer["/Root"]
    names = root["/StructTreeRoot"]["/IDTree"]["/Names"]
    assert names[::2] == ["e0", "e0-2"]
    assert [element.get_object()["/ID"] for element in names[1::2]] == ["e0", "e0-2"]


@pytest.mark.parametrize("broken", ["untagged", "damaged"])
def test_a_part_without_tags_that_can_be_read_is_joined_and_marks_the_tags_as_suspect(
    tmp_path: Path, broken: str
) -> None:
    write_tagged_pdf(tmp_path / "a.pdf", "/P")
    writer = pypdf.PdfWriter()
    writer.add_blank_page(width=595, height=842)
    if broken == "damaged":
        writer.root_object[NameObject("/MarkInfo")] = name_keys(Marked=BooleanObject(True))
        writer.root_object[NameObject("/StructTreeRoot")] = name_keys(K=ArrayObject([NumberObject(3)]))
    writer.write(str(tmp_path / "scan.pdf"))
    reader = join(tmp_path, "a.pdf", "scan.pdf")
    assert read_page_tags(reader) == [["/P"], None]
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Suspects"] == True  # noqa: E712
    assert len(root["/StructTreeRoot"]["/K"][0]["/K"]) == 1


@pytest.mark.parametrize("is_marked", [False, True])
def test_pages_of_a_part_without_tags_do_not_name_the_tags_of_another(tmp_path: Path, is_marked: bool) -> None:
    write_tagged_pdf(tmp_path / "a.pdf", "/P")
    write_tagged_pdf(tmp_path / "c.pdf", "/H1")
    writer = pypdf.PdfWriter()
    page = writer.add_blank_page(width=595, height=842)
    page[NameObject("/StructParents")] = NumberObject(0)
    page[NameObject("/Annots")] = ArrayObject([writer._add_object(name_keys(StructParent=NumberObject(1)))])
    numbers = ArrayObject([NumberObject(0), ArrayObject(), TextStringObject("damaged"), ArrayObject()])
    tree = name_keys(K=ArrayObject(), ParentTree=name_keys(Nums=numbers))
    writer.root_object[NameObject("/StructTreeRoot")] = writer._add_object(tree)
    writer.root_object[NameObject("/MarkInfo")] = name_keys(Marked=BooleanObject(is_marked))
    writer.write(str(tmp_path / "b.pdf"))
    reader = join(tmp_path, "a.pdf", "b.pdf", "c.pdf")
    assert read_page_tags(reader) == [["/P"], None, ["/H1"]]
    root: Any = reader.trailer["/Root"]
    assert root["/StructTreeRoot"]["/ParentTree"]["/Nums"][::2] == [0, 1]
    annotations: Any = reader.pages[1].get("/Annots", ())
    assert not [item for item in annotations if "/StructParent" in item.get_object()]


def test_a_file_without_tagged_parts_does_not_claim_tags(tmp_path: Path) -> None:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(width=595, height=842)
    writer.write(str(tmp_path / "scan.pdf"))
    assert not {"/StructTreeRoot", "/MarkInfo"} & set(join(tmp_path, "scan.pdf").trailer["/Root"])  # type: ignore[call-overload]


@pytest.mark.parametrize("claiming", [("a", "b"), ("a",)])
def test_a_file_is_pdf_ua_where_every_part_says_so(tmp_path: Path, claiming: tuple[str, ...]) -> None:
    for name in ("a", "b"):
        write_tagged_pdf(tmp_path / f"{name}.pdf", "/P")
        writer = pypdf.PdfWriter(clone_from=tmp_path / f"{name}.pdf")
        packet = DecodedStreamObject()
        packet.set_data(b"<pdfuaid:part>1</pdfuaid:part>" if name in claiming else b"<dc:title/>")
        writer.root_object[NameObject("/Metadata")] = writer._add_object(packet)
        writer.write(str(tmp_path / f"{name}.pdf"))
    metadata = join(tmp_path, "a.pdf", "b.pdf").root_object.get("/Metadata")
    claims = metadata is not None and b"<pdfuaid:part>1</pdfuaid:part>" in metadata.get_object().get_data()
    assert claims == (claiming == ("a", "b"))
