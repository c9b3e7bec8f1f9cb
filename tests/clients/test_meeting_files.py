"""LibreOffice writes the files around a meeting: the pack before it as one PDF, and the minutes after it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
import pypdf
import pytest

from ahtc_tui.domain.drafts.meetings import build_meeting_draft, build_paper_draft
from ahtc_tui.domain.drafts.minutes import build_agenda_draft
from ahtc_tui.services.exports.pack_pdf import write_pack_pdf
from ahtc_tui.services.exports.post_meeting_pack import write_post_meeting_pack
from ahtc_tui.services.meetings.agenda import add_item
from ahtc_tui.services.meetings.papers import add_paper
from ahtc_tui.services.meetings.service import add_meeting
from ahtc_tui.services.workspace import Workspace
from tests.builders import make_line
from tests.clients.programs import find_program

pytestmark = [pytest.mark.clients, pytest.mark.long]


@pytest.fixture(autouse=True)
def soffice() -> str:
    """LibreOffice, which converts the documents."""
    return find_program("soffice", "apt-get install libreoffice-writer")


def add_group_meeting(wales: Workspace, day: str, title: str) -> str:
    """Add a meeting of the Leadership Group with an item; return its reference."""
    ref = add_meeting(wales, build_meeting_draft({"group": "LG", "starts": f"{day} 10:00"}, wales.today())).ref
    add_item(wales, ref, build_agenda_draft({"title": title}))
    return ref


def read_page_texts(path: Path) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(path).pages]


def test_a_pack_has_the_text_of_a_word_paper_at_the_page_of_its_contents(wales: Workspace, tmp_path: Path) -> None:
    ref = add_group_meeting(wales, "2014-02-11", "Training")
    for title in ("Courses held", "Costs"):
        add_paper(wales, ref, build_paper_draft({"title": title, "item": "1"}, wales.today()))
    papers = tmp_path / "papers"
    papers.mkdir()
    for number, text in enumerate(("Two courses were held in Ŵyl.", "Costs rose."), start=1):
        page = docx.Document()
        page.add_paragraph(text)
        page.save(str(papers / f"P{number}.docx"))
    report = write_pack_pdf(wales, ref, tmp_path / "pack.pdf", papers)
    texts = read_page_texts(report.file)
    assert (report.missing, report.pages) == ((), len(texts))
    starts = {part.title: part.page for part in report.parts}
    assert "Two courses were held in Ŵyl." in texts[starts[f"{ref}/P1 Courses held"] - 1]
    assert "Costs rose." in texts[starts[f"{ref}/P2 Costs"] - 1]
    assert [text.count(f"Pack page {n} of {len(texts)}") for n, text in enumerate(texts, start=1)] == [1] * len(texts)
    reader = pypdf.PdfReader(report.file)
    bookmarks = {entry["/Title"]: reader.get_destination_page_number(entry) for entry in reader.outline}  # type: ignore[arg-type,call-overload]
    assert bookmarks == {title: page - 1 for title, page in starts.items()}


def test_minutes_after_a_meeting_are_a_tagged_pdf_with_title_and_language(wales: Workspace, tmp_path: Path) -> None:
    ref = add_group_meeting(wales, "2013-12-31", "Training")
    make_line(wales, ref, "d: The course is adopted.", 1)
    report = write_post_meeting_pack(wales, ref, tmp_path / "after", with_pdf=True)
    path = tmp_path / "after" / "2013-12-31 Minutes, Wales Anti Human Trafficking Leadership Group.pdf"
    assert path in report.files
    reader = pypdf.PdfReader(path)
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert reader.metadata is not None
    assert reader.metadata.title == "Minutes 31 December 2013: Wales Anti Human Trafficking Leadership…"
    assert "The course is adopted." in " ".join(read_page_texts(path))
