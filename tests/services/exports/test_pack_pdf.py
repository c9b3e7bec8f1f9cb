"""The meeting pack as one PDF: its order, its page numbers, and papers that are not in it.

LibreOffice is replaced by a conversion that gives a blank page.
"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pypdf
import pytest

from ahtc_tui.cli.main import run
from ahtc_tui.domain.drafts.meetings import build_meeting_draft, build_paper_draft
from ahtc_tui.domain.errors import BadFile, BadInput, ProgramError, Refused
from ahtc_tui.domain.i18n import Language, use_language
from ahtc_tui.formats.libreoffice import conversion
from ahtc_tui.services.exports.pack_pdf import LARGEST_PAPER, PackPdfReport, find_paper_file, write_pack_pdf
from ahtc_tui.services.meetings.agenda_template import apply_template
from ahtc_tui.services.meetings.papers import add_paper, withhold_paper
from ahtc_tui.services.meetings.service import add_meeting, cancel_meeting
from ahtc_tui.services.workspace import Workspace
from tests.builders import make_line


def write_blank_pdf(target: Path, pages: int = 1) -> None:
    writer = pypdf.PdfWriter()
    for _page in range(pages):
        writer.add_blank_page(width=595, height=842)
    writer.write(str(target))


@pytest.fixture
def sources(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> dict[str, str]:
    """Texts of the Word documents that were converted, by the name of the PDF."""
    import docx

    texts: dict[str, str] = {}

    def convert(source: Path, target: Path, name: str = "") -> None:
        page = docx.Document(str(source))
        cells = (cell.text for table in page.tables for row in table.rows for cell in row.cells)
        feet = (p.text for section in page.sections for p in section.footer.paragraphs)
        texts[name or target.name] = "\n".join([*(p.text for p in page.paragraphs), *cells, *feet])
        write_blank_pdf(target)

    monkeypatch.setattr(conversion, "convert_file", convert)
    monkeypatch.setattr(conversion, "find_libreoffice", lambda: "soffice")
    return texts


@pytest.fixture
def meeting(wales: Workspace) -> str:
    """A meeting to come with two papers, after one with minutes."""
    last = add_meeting(wales, build_meeting_draft({"group": "LG", "starts": "2013-11-12 10:00"}, wales.today())).ref
    make_line(wales, last, "a: Agree dates for Gwent @ahtc")
    ref = add_meeting(wales, build_meeting_draft({"group": "LG", "starts": "2014-02-11 10:00"}, wales.today())).ref
    for title in ("Courses held", "Costs"):
        add_paper(wales, ref, build_paper_draft({"title": title, "author": "AHTC"}, wales.today()))
    apply_template(wales, ref)
    return ref


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """A folder with a PDF of three pages for the first paper."""
    folder = tmp_path / "papers"
    folder.mkdir()
    write_blank_pdf(folder / "P1 Courses.pdf", 3)
    return folder


def write(workspace: Workspace, ref: str, tmp_path: Path, papers: Path | None = None) -> PackPdfReport:
    return write_pack_pdf(workspace, ref, tmp_path / "pack.pdf", papers)


def test_a_pack_has_cover_agenda_minutes_papers_and_actions_with_their_pages(
    wales: Workspace, meeting: str, papers: Path, tmp_path: Path, sources: dict[str, str]
) -> None:
    report = write(wales, meeting, tmp_path, papers)
    assert [(part.title, part.page, part.pages) for part in report.parts] == [
        ("Cover and contents", 1, 1),
        ("Agenda", 2, 1),
        ("Minutes, 12 November 2013", 3, 1),
        (f"{meeting}/P1 Courses held", 4, 3),
        (f"{meeting}/P2 Costs (not in this pack)", 7, 1),
        ("Open actions", 8, 1),
    ]
    assert (report.pages, len(pypdf.PdfReader(report.file).pages)) == (8, 8)
    assert "Courses held\n4\n" in sources["cover.pdf"]
    assert "Agree dates for Gwent" in sources["actions.pdf"]


def test_each_page_of_a_paper_has_its_number_and_a_withheld_one_has_a_sheet(
    wales: Workspace, meeting: str, papers: Path, tmp_path: Path, sources: dict[str, str]
) -> None:
    withhold_paper(wales, meeting, "2", "legal", "Counsel wrote on Monday")
    report = write(wales, meeting, tmp_path, papers)
    texts = [page.extract_text() for page in pypdf.PdfReader(report.file).pages]
    assert [number for number, text in enumerate(texts, 1) if "Paper 1" in text] == [4, 5, 6]
    assert [number for number, text in enumerate(texts, 1) if "Paper 2" in text] == [7]
    assert (report.parts[4].title, report.missing) == (f"{meeting}/P2 Costs (withheld)", ())
    assert "Reason: " in sources["withheld-2.pdf"]
    assert "Counsel" not in sources["withheld-2.pdf"]


def test_actions_are_under_their_objectives(
    wales: Workspace, meeting: str, tmp_path: Path, sources: dict[str, str]
) -> None:
    write(wales, meeting, tmp_path)
    text = sources["actions.pdf"]
    assert text.index("1. Build an evidence base") < text.index("2. Leadership and co-ordination")


@pytest.mark.long
def test_our_own_papers_have_the_page_numbers_of_the_pack_alone(
    wales: Workspace, meeting: str, papers: Path, tmp_path: Path, sources: dict[str, str]
) -> None:
    with use_language(Language.BOTH):
        write_pack_pdf(wales, meeting, tmp_path / "pack.pdf", papers, force=True)
    assert sorted(sources) == ["actions.pdf", "agenda.pdf", "cover.pdf", "minutes.pdf", "notice-2.pdf"]
    for text in sources.values():
        assert "SWYDDOGOL\n" in text
        assert not re.search("(Page|Tudalen) [0-9]", text)


@pytest.mark.long
def test_a_paper_without_a_file_is_named_on_a_page_and_in_the_report(
    wales: Workspace, meeting: str, papers: Path, tmp_path: Path, sources: dict[str, str]
) -> None:
    report = write(wales, meeting, tmp_path, papers)
    assert report.missing == (f"{meeting}/P2: no file of this paper was given",)
    assert "No file of this paper was given." in sources["notice-2.pdf"]


@pytest.mark.long
def test_each_half_of_a_pack_in_both_languages_is_in_its_own(
    wales: Workspace, meeting: str, papers: Path, tmp_path: Path, sources: dict[str, str]
) -> None:
    with use_language(Language.BOTH):
        write_pack_pdf(wales, meeting, tmp_path / "pack.pdf", papers, force=True)
    halves = {name: sources[name].split("\n") for name in ("cover.pdf", "notice-2.pdf", "actions.pdf")}
    for lines in halves.values():
        assert not [line for line in lines if " | " in line]
        days = [line for line in lines if "11 Chwefror 2014" in line or "11 February 2014" in line]
        assert [day.split(",")[0] for day in days] == ["Dydd Mawrth 11 Chwefror 2014", "Tuesday 11 February 2014"]
    assert f"{meeting}/P2 [Saesneg] Costs (nid yw yn y pecyn hwn)" in halves["cover.pdf"]
    assert f"{meeting}/P2 Costs (not in this pack)" in halves["cover.pdf"]
    assert "Ni roddwyd ffeil ar gyfer y papur hwn." in halves["notice-2.pdf"]
    assert "No file of this paper was given." in halves["notice-2.pdf"]


@pytest.mark.long
def test_a_word_file_is_converted_and_one_that_fails_is_named(
    wales: Workspace,
    meeting: str,
    papers: Path,
    tmp_path: Path,
    sources: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import docx

    docx.Document().save(str(papers / "p2 costs.docx"))
    assert write(wales, meeting, tmp_path, papers).missing == ()
    convert = conversion.convert_file

    def fail(source: Path, target: Path, name: str = "") -> None:
        if name == "p2 costs.docx":
            raise ProgramError("LibreOffice could not write it.")
        convert(source, target, name)

    monkeypatch.setattr(conversion, "convert_file", fail)
    report = write_pack_pdf(wales, meeting, tmp_path / "second.pdf", papers)
    reason = "p2 costs.docx cannot be used: LibreOffice could not write it."
    assert report.missing == (f"{meeting}/P2: {reason}",)


@pytest.mark.long
def test_a_file_that_is_damaged_or_too_large_is_named(
    wales: Workspace, meeting: str, papers: Path, tmp_path: Path, sources: dict[str, str]
) -> None:
    (papers / "P1 Courses.pdf").write_bytes(b"damaged")
    with (papers / "P2.pdf").open("wb") as file:
        file.truncate(LARGEST_PAPER + 1)
    damaged, large = write(wales, meeting, tmp_path, papers).missing
    assert "P1 Courses.pdf cannot be used: it is not a readable PDF file" in damaged
    assert "P2.pdf has 50.0 MB; a paper may have 50.0 MB" in large


def test_a_file_belongs_to_a_paper_by_the_number_at_the_begin_of_its_name(tmp_path: Path) -> None:
    for name in ("P1.docx", "p1 final.PDF", "P10.pdf", "LG-2014-01-P3 Costs.odt", "P4.pptx"):
        (tmp_path / name).touch()
    files = {number: find_paper_file(tmp_path, f"LG-2014-01/P{number}") for number in (1, 2, 3, 10)}
    assert {number: path and path.name for number, path in files.items()} == {
        1: "p1 final.PDF",
        2: None,
        3: "LG-2014-01-P3 Costs.odt",
        10: "P10.pdf",
    }
    with pytest.raises(BadFile, match=r"P4\.pptx cannot be put"):
        find_paper_file(tmp_path, "LG-2014-01/P4")


def test_a_pack_is_refused_before_anything_is_written(
    wales: Workspace, meeting: str, tmp_path: Path, sources: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(BadInput, match="not a folder"):
        write(wales, meeting, tmp_path, tmp_path / "absent")
    cancel_meeting(wales, meeting)
    with pytest.raises(Refused, match="cancelled"):
        write(wales, meeting, tmp_path)
    monkeypatch.setattr(conversion, "find_libreoffice", lambda: None)
    with pytest.raises(ProgramError, match="not installed"):
        write(wales, meeting, tmp_path)
    assert not (tmp_path / "pack.pdf").exists()


@pytest.mark.long
def test_the_command_writes_a_pack_as_pdf_and_returns_1_while_papers_are_missing(
    wales: Workspace,
    meeting: str,
    papers: Path,
    tmp_path: Path,
    sources: dict[str, str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    desk = ["--workspace", str(wales.root), "--as-at", "2013-12-31"]
    command = [*desk, "export", "pack", meeting, str(tmp_path / "pack.pdf"), "--papers", str(papers), "--json"]
    assert run(command) == 1
    report = json.loads(capsys.readouterr().out)
    assert (report["pages"], len(report["missing"]), report["marking"]) == (8, 1, "official")
    shutil.copy(papers / "P1 Courses.pdf", papers / "P2.pdf")
    assert run([*command, "--force"]) == 0
    assert run([*desk, "export", "pack", meeting, str(tmp_path / "folder"), "--papers", str(papers)]) == 2
