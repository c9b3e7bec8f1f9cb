"""Tests of the files of papers: stored, replaced, undone, in copies of the workspace and in packs."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Callable
from io import BytesIO
from itertools import chain
from pathlib import Path
from random import Random
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import openpyxl
import pypdf
import pytest
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from ahtc_tui.domain.case_data.reporter import CaseDataReporter, report_case_data_to
from ahtc_tui.domain.drafts.meetings import build_meeting_draft, build_paper_draft
from ahtc_tui.domain.errors import AhtcError, BadFile, BadInput, NotFound
from ahtc_tui.formats.files.text_extraction import extract_text
from ahtc_tui.formats.pdf.page_texts import read_page_texts
from ahtc_tui.services.exports.meeting_pack import write_meeting_pack
from ahtc_tui.services.history import list_steps, redo_step, undo_step
from ahtc_tui.services.meetings.paper_files import attach_file, detach_file, list_files, save_file
from ahtc_tui.services.meetings.papers import add_paper, list_papers, remove_paper
from ahtc_tui.services.meetings.service import add_meeting
from ahtc_tui.services.privacy.data_protection import answer_request
from ahtc_tui.services.privacy.erasure import erase_person, preview_erasure
from ahtc_tui.services.privacy.subject_access import answer_subject_request
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.engine.integrity_check import find_faults
from ahtc_tui.store.records.rows import select_column
from tests.builders import TODAY

WORD = "Courses held.docx"


def pack(content: bytes) -> bytes:
    """Return an archive with one part."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", content)
    return buffer.getvalue()


DAMAGED = pack(Random(7).randbytes(1000)).replace(bytes(Random(7).randbytes(1000)[400:500]), bytes(100))
"""An archive whose part does not match its checksum."""
BOMB = pack(bytes(60_000_000))
"""A small archive that expands to 60 MB."""


@pytest.fixture
def meeting(wales: Workspace) -> str:
    """A meeting to come with one paper."""
    ref = add_meeting(wales, build_meeting_draft({"group": "LG", "starts": "2014-01-21 10:00"}, TODAY)).ref
    add_paper(wales, ref, build_paper_draft({"title": "Courses held"}, TODAY))
    return ref


@pytest.fixture
def word_file(tmp_path: Path) -> Path:
    document = docx.Document()
    document.add_paragraph("Courses held in 2013")
    document.save(str(tmp_path / WORD))
    return tmp_path / WORD


def test_the_stored_file_is_the_attached_one(wales: Workspace, meeting: str, word_file: Path, tmp_path: Path) -> None:
    row = attach_file(wales, meeting, "P1", word_file)
    assert (row.file, row.file_size) == (WORD, word_file.stat().st_size)
    save_file(wales, meeting, "1", tmp_path / "copy.docx")
    assert (tmp_path / "copy.docx").read_bytes() == word_file.read_bytes()
    assert find_faults(wales.database) == []


def test_another_file_replaces_the_first_and_the_same_is_not_stored_again(
    wales: Workspace, meeting: str, word_file: Path, tmp_path: Path
) -> None:
    attach_file(wales, meeting, "P1", word_file)
    steps = len(list_steps(wales, 100))
    attach_file(wales, meeting, "P1", word_file)
    assert len(list_steps(wales, 100)) == steps
    (tmp_path / "final.pdf").write_bytes(b"%PDF-1.7\n")
    attach_file(wales, meeting, "P1", tmp_path / "final.pdf")
    assert {ref: file.name for ref, file in list_files(wales, meeting).items()} == {f"{meeting}/P1": "final.pdf"}


def test_attaching_and_removing_are_undone_in_one_step(wales: Workspace, meeting: str, word_file: Path) -> None:
    attach_file(wales, meeting, "P1", word_file)
    undo_step(wales)
    assert list_papers(wales, meeting)[0].file is None
    redo_step(wales)
    detach_file(wales, meeting, "P1")
    assert list_papers(wales, meeting)[0].file is None
    undo_step(wales)
    remove_paper(wales, meeting, "P1")
    assert list_files(wales, meeting) == {}
    undo_step(wales)
    assert list_files(wales, meeting)[f"{meeting}/P1"].content == word_file.read_bytes()


def test_the_pack_has_the_attached_files_under_the_number_of_their_paper(
    wales: Workspace, meeting: str, word_file: Path, tmp_path: Path
) -> None:
    attach_file(wales, meeting, "P1", word_file)
    report = write_meeting_pack(wales, meeting, tmp_path / "pack")
    path = tmp_path / "pack" / f"P1 {WORD}"
    assert path in report.files
    assert path.read_bytes() == word_file.read_bytes()


def write_word(path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Jeff Farrar leads the four forces.")
    document.save(str(path))


def write_sheet(path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = "Jeff Farrar"
    book.save(path)


def write_pdf(path: Path) -> None:
    writer = pypdf.PdfWriter()
    page = writer.add_blank_page(width=595, height=842)
    font = DictionaryObject({NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1")})
    font[NameObject("/BaseFont")] = NameObject("/Helvetica")
    page[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/Font"): DictionaryObject({NameObject("/F1"): writer._add_object(font)})}
    )
    content = DecodedStreamObject()
    content.set_data(b"BT /F1 12 Tf 72 720 Td (Jeff Farrar leads the four forces.) Tj ET")
    page[NameObject("/Contents")] = writer._add_object(content.flate_encode())
    writer.write(path)


@pytest.mark.sample(3)
@pytest.mark.parametrize(
    ("name", "write", "kept"),
    [("P1.docx", write_word, True), ("P1.xlsx", write_sheet, False), ("P1.pdf", write_pdf, False)],
)
def test_an_erased_person_is_in_no_stored_file(
    wales: Workspace, meeting: str, tmp_path: Path, name: str, write: Callable[[Path], None], kept: bool
) -> None:
    write(tmp_path / name)
    attach_file(wales, meeting, "P1", tmp_path / name)
    (tmp_path / "other.pdf").write_bytes(b"%PDF-1.7")
    attach_file(wales, meeting, "P1", tmp_path / "other.pdf")
    undo_step(wales)
    assert ("paper_files", 1) in [(count.table, count.words) for count in preview_erasure(wales, "Jeff Farrar").tables]
    erase_person(wales, "Jeff Farrar")
    files = list_files(wales, meeting)
    assert bool(files) == kept
    with wales.database.read() as cursor:
        contents = select_column(
            cursor, "SELECT json_extract(value, '$.content') FROM change WHERE \"table\" = 'paper_files'"
        )
    for content in filter(None, contents):
        data = b64decode(content)
        assert b"Farrar" not in data
        assert not any("Farrar" in text for text in chain(extract_text(Path(name), data), read_page_texts(data)))
    assert find_faults(wales.database) == []


@pytest.mark.parametrize(("name", "write"), [("P1.docx", write_word), ("P1.xlsx", write_sheet), ("P1.pdf", write_pdf)])
def test_requests_for_information_read_the_stored_files_and_removed_ones(
    wales: Workspace, meeting: str, tmp_path: Path, name: str, write: Callable[[Path], None]
) -> None:
    write(tmp_path / name)
    attach_file(wales, meeting, "P1", tmp_path / name)
    detach_file(wales, meeting, "P1")
    answer_subject_request(wales, "Jeff Farrar", tmp_path / "subject.zip")
    answer_request(wales, "Farrar", tmp_path / "request.zip")
    with ZipFile(tmp_path / "subject.zip") as archive:
        (mention,) = json.loads(archive.read("everything.json"))["held"]["mention: paper_files"]
    assert (mention["record"], mention["removed"]) == (f"{meeting}/P1 Courses held", True)
    assert "Jeff Farrar" in mention["content"]
    with ZipFile(tmp_path / "request.zip") as archive:
        assert [row["name"] for row in json.loads(archive.read("everything.json"))["held"]["paper_files"]] == [name]


def test_case_data_are_sought_in_the_text_of_a_file_and_not_in_its_bytes(
    wales: Workspace, meeting: str, tmp_path: Path
) -> None:
    sentences: list[str] = []
    (tmp_path / "noise.pdf").write_bytes(b"%PDF-1.4\n" + Random(7).randbytes(1_000_000))
    with report_case_data_to(CaseDataReporter(sentences.append)):
        attach_file(wales, meeting, "P1", tmp_path / "noise.pdf")
        assert sentences == []
        document = docx.Document()
        document.add_paragraph("The victim, date of birth 3 May 1990, was found in Cardiff.")
        document.save(str(tmp_path / WORD))
        attach_file(wales, meeting, "P1", tmp_path / WORD)
    assert WORD in sentences[0]


@pytest.mark.parametrize(
    ("name", "content", "error", "sentence"),
    [
        ("P1.exe", b"MZ", BadInput, "Use .pdf, .docx, .odt, .xlsx, .ods."),
        ("P1.pdf", b"no PDF at all", BadFile, "is not a .pdf file."),
        ("P1.docx", b"%PDF-1.7", BadFile, "is not a .docx file."),
        ("P1.docx", b"PK no archive", BadFile, "is not a .docx file."),
        ("P1.docx", DAMAGED, BadFile, "is not a .docx file."),
        ("P1.xlsx", BOMB, BadFile, "too large for any document."),
        ("P1.pdf", b"", BadFile, "is empty."),
        ("P1.pdf", b"%PDF-" + bytes(10 * 1024 * 1024), BadFile, "is larger than 10 MB: make it smaller"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_that_no_pack_can_hold_is_refused(
    wales: Workspace, meeting: str, tmp_path: Path, name: str, content: bytes, error: type[AhtcError], sentence: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(error) as refused:
        attach_file(wales, meeting, "P1", tmp_path / name)
    assert sentence in str(refused.value)
    assert list_files(wales, meeting) == {}


def test_a_paper_without_a_file_is_named(wales: Workspace, meeting: str, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=f"{meeting}/P1 has no file"):
        save_file(wales, meeting, "P1", tmp_path / "copy.pdf")
    with pytest.raises(NotFound, match=f"{meeting}/P1 has no file"):
        detach_file(wales, meeting, "P1")
