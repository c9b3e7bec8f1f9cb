"""LibreOffice and calamine, which we did not write, open the action log as people would print and read it."""

from __future__ import annotations

import re
import subprocess
from datetime import date
from pathlib import Path

import pytest

from ahtc_tui.formats.xlsx.action_log import write_action_log
from tests.clients.programs import program
from tests.formats.action_rows import a_wales_log

pytestmark = pytest.mark.clients


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("log") / "log.xlsx"
    write_action_log(path, a_wales_log(28))
    return path


@pytest.fixture(scope="module")
def pages(workbook: Path) -> list[str]:
    """The text of each printed page."""
    soffice = program("soffice", "apt-get install libreoffice-calc")
    pdftotext = program("pdftotext", "apt-get install poppler-utils")
    profile = f"-env:UserInstallation=file://{workbook.parent}/profile"
    convert = [soffice, "--headless", profile, "--convert-to", "pdf", "--outdir", str(workbook.parent), str(workbook)]
    subprocess.run(convert, check=True, capture_output=True, timeout=120)
    pdf = str(workbook.with_suffix(".pdf"))
    read = subprocess.run([pdftotext, "-layout", pdf, "-"], check=True, capture_output=True, text=True, timeout=60)
    return read.stdout.removesuffix("\f").split("\f")


def test_every_page_carries_the_marking_and_its_number(pages: list[str]) -> None:
    assert len(pages) >= 3
    for number, page in enumerate(pages, start=1):
        assert page.count("OFFICIAL") >= 2
        assert f"Page {number} of {len(pages)}" in page


def test_the_header_row_is_on_every_page_of_the_table(pages: list[str]) -> None:
    for page in pages[:-1]:
        assert re.search(r"Ref +Source +Objective +Action +Lead", page)
        assert re.search(r"Latest update +Update date +Closed +Evidence", page)


def test_late_actions_are_late_in_words_on_paper(pages: list[str]) -> None:
    assert re.search(r"DP-04.*16 Nov 2013 +45 late", pages[0])


def test_the_summary_is_one_page_with_numbers_and_charts(pages: list[str]) -> None:
    assert re.search(r"All actions +28", pages[-1])
    assert "Rating by objective" in pages[-1]
    assert "Actions opened and closed by month" in pages[-1]


def test_no_page_shows_the_columns_that_only_an_import_reads(pages: list[str]) -> None:
    assert not any("row_id" in page or "Lists" in page for page in pages)


def test_calamine_reads_28_actions_with_days_as_days(workbook: Path) -> None:
    from python_calamine import CalamineWorkbook

    with CalamineWorkbook.from_path(workbook) as book:
        rows = book.get_sheet_by_name("Action log").to_python(skip_empty_area=False)
    headings, actions = rows[2], rows[3:]
    assert len(actions) == 28
    due = [row[headings.index("Due")] for row in actions]
    assert due[0] == date(2013, 11, 1)
    assert due[6] == "by the end of 2013"
    assert sum(isinstance(day, date) for day in due) == 19
    assert actions[3][headings.index("Days")] == -45
