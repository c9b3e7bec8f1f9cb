"""Joining PDF files: bookmarks, page numbers, properties, and files that cannot be read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pypdf
import pytest
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.i18n import Language, use_language
from ahtc_tui.formats.pdf.assembly import WIDTHS, PdfPart, PdfProperties, count_pages, format_page_number, join_parts

PROPERTIES = PdfProperties("Papers for the meeting", "LG-2014-01", "OFFICIAL", Language.BOTH)


def make_pdf(path: Path, pages: int = 1, *, password: str = "", width: float = 595, rotation: int = 0) -> Path:
    writer = pypdf.PdfWriter()
    for _page in range(pages):
        writer.add_blank_page(width=width, height=842).rotate(rotation)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    writer.write(str(path))
    return path


def join(tmp_path: Path, *parts: tuple[str, Path]) -> Any:
    target = tmp_path / "pack.pdf"
    join_parts(target, [PdfPart(title, file) for title, file in parts], PROPERTIES)
    return pypdf.PdfReader(target)


def test_each_part_has_a_bookmark_on_its_first_page(tmp_path: Path) -> None:
    agenda, paper = make_pdf(tmp_path / "agenda.pdf", 2), make_pdf(tmp_path / "paper.pdf", 3)
    pack = join(tmp_path, ("Agenda", agenda), ("P1 Tŷ Hywel, ŵ", paper))
    assert len(pack.pages) == 5
    places = [(item.title, pack.get_destination_page_number(item)) for item in pack.outline]
    assert places == [("Agenda", 0), ("P1 Tŷ Hywel, ŵ", 2)]


def test_pages_are_numbered_through_the_whole_file_also_on_turned_and_wide_pages(tmp_path: Path) -> None:
    turned = make_pdf(tmp_path / "turned.pdf", rotation=90)
    wide = make_pdf(tmp_path / "wide.pdf", width=1200)
    pack = join(tmp_path, ("Turned", turned), ("Wide", wide))
    assert [page.extract_text().strip() for page in pack.pages] == ["Pack page 1 of 2", "Pack page 2 of 2"]


def test_a_number_is_in_each_language_of_the_file_in_letters_of_the_font(tmp_path: Path) -> None:
    with use_language(Language.BOTH):
        pack = join(tmp_path, ("Agenda", make_pdf(tmp_path / "agenda.pdf")))
        lines = format_page_number(1_234_567_890, 1_234_567_890).splitlines()
    assert pack.pages[0].extract_text().split("\n") == ["Tudalen 1 o 1 yn y pecyn", "Pack page 1 of 1"]
    assert set("".join(lines)) <= set(WIDTHS)


def test_the_numbers_are_in_one_embedded_font(tmp_path: Path) -> None:
    pack = join(tmp_path, ("Agenda", make_pdf(tmp_path / "agenda.pdf", 3)))
    fonts = [page["/Resources"]["/Font"].raw_get("/PackFont") for page in pack.pages]
    assert len({font.idnum for font in fonts}) == 1
    font = fonts[0].get_object()
    assert font["/FontDescriptor"]["/FontFile2"].get_data().startswith(b"\x00\x01\x00\x00")
    assert len(font["/Widths"]) == font["/LastChar"] - font["/FirstChar"] + 1


def test_the_file_has_the_properties_of_a_document(tmp_path: Path) -> None:
    pack = join(tmp_path, ("Agenda", make_pdf(tmp_path / "agenda.pdf")))
    assert (pack.metadata.title, pack.metadata.subject) == ("Papers for the meeting", "LG-2014-01")
    assert pack.metadata.author == "Office of the Wales Anti Human Trafficking Co-ordinator"
    assert pack.root_object["/Lang"] == "cy-GB"
    assert pack.root_object["/ViewerPreferences"]["/DisplayDocTitle"]


def test_scripts_and_programs_in_a_paper_are_removed_and_its_links_stay(tmp_path: Path) -> None:
    writer = pypdf.PdfWriter()
    page = writer.add_blank_page(width=595, height=842)
    actions = {"/JavaScript": "app.alert(1)", "/URI": "https://example.org"}
    annotations = ArrayObject()
    for kind, text in actions.items():
        action = DictionaryObject({NameObject("/S"): NameObject(kind), NameObject("/JS"): TextStringObject(text)})
        link = {NameObject("/Type"): NameObject("/Annot"), NameObject("/Subtype"): NameObject("/Link")}
        annotations.append(DictionaryObject({**link, NameObject("/A"): action}))
    page[NameObject("/Annots")] = annotations
    page[NameObject("/AA")] = DictionaryObject()
    writer.write(str(tmp_path / "paper.pdf"))
    pack = join(tmp_path, ("Paper", tmp_path / "paper.pdf"))
    kept = [note.get_object().get("/A", {}).get("/S") for note in pack.pages[0]["/Annots"]]
    assert kept == [None, "/URI"]
    assert "/AA" not in pack.pages[0]


@pytest.mark.parametrize("content", [b"", b"not a PDF file", b"%PDF-1.7\n%%EOF\n"])
def test_a_damaged_file_has_one_sentence(tmp_path: Path, content: bytes, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(content)
    with pytest.raises(BadFile, match="not a readable PDF file"):
        count_pages(path)
    assert not caplog.records


def test_a_file_with_a_password_or_without_pages_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="password"):
        count_pages(make_pdf(tmp_path / "locked.pdf", password="secret"))
    with pytest.raises(BadFile, match="no pages"):
        count_pages(make_pdf(tmp_path / "empty.pdf", 0))
