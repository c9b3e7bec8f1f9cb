"""LibreOffice prints minutes and an agenda."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from ahtc_tui.domain.documents.meeting_document import Cut, DocumentKind, Edition
from ahtc_tui.domain.drafts.meetings import build_meeting_draft
from ahtc_tui.domain.drafts.minutes import build_agenda_draft, build_attendance_draft
from ahtc_tui.services.documents.meeting_documents import DocumentReport, export_document
from ahtc_tui.services.meetings import service as meetings
from ahtc_tui.services.meetings.agenda import add_item
from ahtc_tui.services.meetings.attendance import set_attendance
from ahtc_tui.services.opening import make_workspace, open_workspace
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY, make_line
from tests.clients.programs import find_program

pytestmark = pytest.mark.clients

TITLES = ("Welcome", "Matters arising", "Training & {{ tests }} <all forces>", "Any other business")


def make_long_meeting(office: Workspace) -> str:
    """Add a meeting with 40 notes and actions; return its reference."""
    draft = build_meeting_draft({"group": "LG", "starts": "2013-12-10 10:00", "minutes": "90"}, TODAY)
    ref = meetings.add_meeting(office, draft).ref
    for title in TITLES:
        add_item(office, ref, build_agenda_draft({"title": title, "minutes": 30, "presenter": "Jeff Farrar"}))
    set_attendance(office, ref, "Jeff Farrar", build_attendance_draft({"state": "present"}))
    for number in range(1, 41):
        make_line(office, ref, f"The group heard of course {number} and thanked those who held it.", 3)
        make_line(office, ref, f"a: report on course {number} @jeff due end jan", 3)
    make_line(office, ref, "d: adopt the course", 3)
    return ref


@pytest.fixture(scope="module")
def document_reports(tmp_path_factory: pytest.TempPathFactory) -> dict[DocumentKind, DocumentReport]:
    """Agenda and minutes of a long meeting."""
    folder = tmp_path_factory.mktemp("papers")
    make_workspace(folder, "wales-2013")
    office = open_workspace(folder, TODAY)
    ref = make_long_meeting(office)
    exported = {
        kind: export_document(office, kind, ref, folder / f"{kind}.docx", Edition(Cut.CHAIR)) for kind in DocumentKind
    }
    office.close()
    return exported


@pytest.fixture(scope="module")
def pdf_files(document_reports: dict[DocumentKind, DocumentReport]) -> dict[DocumentKind, Path]:
    """Each document as a PDF."""
    soffice = find_program("soffice", "apt-get install libreoffice-writer")
    files = {kind: report.file for kind, report in document_reports.items()}
    folder = next(iter(files.values())).parent
    profile = f"-env:UserInstallation=file://{folder}/profile"
    convert = [
        soffice,
        "--headless",
        profile,
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
        *map(str, files.values()),
    ]
    subprocess.run(convert, check=True, capture_output=True, timeout=180)
    return {kind: file.with_suffix(".pdf") for kind, file in files.items()}


def read_pages(pdf: Path) -> list[str]:
    """Return the text of each page."""
    pdftotext = find_program("pdftotext", "apt-get install poppler-utils")
    read = subprocess.run([pdftotext, "-layout", str(pdf), "-"], check=True, capture_output=True, text=True, timeout=60)
    return read.stdout.removesuffix("\f").split("\f")


@pytest.mark.long
@pytest.mark.parametrize("kind", DocumentKind)
def test_every_page_has_the_marking_and_its_number(kind: DocumentKind, pdf_files: dict[DocumentKind, Path]) -> None:
    printed_pages = read_pages(pdf_files[kind])
    for number, page in enumerate(printed_pages, start=1):
        assert len(re.findall(r"^ *OFFICIAL$", page, re.MULTILINE)) == 2
        assert f"Page {number} of {len(printed_pages)}" in page


@pytest.mark.long
def test_the_minutes_show_every_heading_and_reference(
    document_reports: dict[DocumentKind, DocumentReport], pdf_files: dict[DocumentKind, Path]
) -> None:
    text = " ".join(" ".join(read_pages(pdf_files[DocumentKind.MINUTES])).split())
    for number, title in enumerate(TITLES, start=1):
        assert f"{number}. {title}" in text
    for heading in ("Wales Anti Human Trafficking Leadership Group", "Attendance", "Decisions", "Summary of actions"):
        assert heading in text
    assert "Tuesday 10 December 2013" in text
    report = document_reports[DocumentKind.MINUTES]
    assert len(report.actions) == 40
    for ref in (*report.actions, *report.decisions):
        assert text.count(ref) >= 2, f"{ref} stands in the text and in the table at the end"


@pytest.mark.long
def test_a_continued_table_repeats_its_header_row(pdf_files: dict[DocumentKind, Path]) -> None:
    minutes_pages = read_pages(pdf_files[DocumentKind.MINUTES])
    assert len(minutes_pages) >= 3
    assert sum(bool(re.search(r"No. +Action +Lead +Due", page)) for page in minutes_pages) == 2


@pytest.mark.long
def test_the_agenda_shows_times_and_the_overrun(pdf_files: dict[DocumentKind, Path]) -> None:
    words = " ".join(read_pages(pdf_files[DocumentKind.AGENDA])).split()
    assert {"10am", "10:30am", "11am", "11:30am"} <= set(words)
    assert "The agenda is 30 minutes longer than the meeting." in " ".join(words)


@pytest.mark.long
def test_headings_and_tables_are_tagged_for_a_screen_reader(pdf_files: dict[DocumentKind, Path]) -> None:
    pdfinfo = find_program("pdfinfo", "apt-get install poppler-utils")
    tags = subprocess.run(
        [pdfinfo, "-struct", str(pdf_files[DocumentKind.MINUTES])],
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    ).stdout
    for tag in ("H1", "H2", "Table", "TH", "TD"):
        assert re.search(rf"^ *{tag}\b", tags, re.MULTILINE), tag
