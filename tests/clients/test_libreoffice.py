"""LibreOffice and calamine open the action log, as people print and read it."""

from __future__ import annotations

import re
import subprocess
from datetime import date
from pathlib import Path

import pytest

from ahtc_tui.formats.xlsx.action_log import write_action_log
from tests.clients.programs import find_program
from tests.formats.action_rows import a_wales_log

pytestmark = pytest.mark.clients


@pytest.fixture(scope="module")
def log_workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("log") / "log.xlsx"
    write_action_log(path, a_wales_log(28))
    return path


@pytest.fixture(scope="module")
def printed_pages(log_workbook: Path) -> list[str]:
    """The text of each printed page."""
    soffice = find_program("soffice", "apt-get install libreoffice-calc")
    pdftotext = find_program("pdftotext", "apt-get install poppler-utils")
    profile = f"-env:UserInstallation=file://{log_workbook.parent}/profile"
    convert = [
        soffice,
        "--headless",
        profile,
        "--convert-to",
        "pdf",
        "--outdir",
        str(log_workbook.parent),
        str(log_workbook),
    ]
    subprocess.run(convert, check=True, capture_output=True, timeout=120)
    pdf = str(log_workbook.with_suffix(".pdf"))
    read = subprocess.run([pdftotext, "-layout", pdf, "-"], check=True, capture_output=True, text=True, timeout=60)
    return read.stdout.removesuffix("\f").split("\f")


@pytest.mark.long
def test_every_page_has_the_marking_and_its_number(printed_pages: list[str]) -> None:
    assert len(printed_pages) >= 3
    for number, page in enumerate(printed_pages, start=1):
        assert page.count("OFFICIAL") >= 2
        assert f"Page {number} of {len(printed_pages)}" in page


def test_the_header_row_is_on_every_page_of_the_table(printed_pages: list[str]) -> None:
    for page in printed_pages[:-1]:
        assert re.search(r"Ref +Source +Objective +Action +Lead", page)
        assert re.search(r"Latest update +Update date +Closed +Evidence", page)


def test_late_actions_are_printed_with_a_word(printed_pages: list[str]) -> None:
    assert re.search(r"DP-04.*16 Nov 2013 +45 late", printed_pages[0])


def test_the_summary_is_one_page_with_charts(printed_pages: list[str]) -> None:
    assert re.search(r"All actions +28", printed_pages[-1])
    assert "Rating by objective" in printed_pages[-1]
    assert "Actions opened and closed by month" in printed_pages[-1]


def test_lists_and_sent_values_are_not_printed(printed_pages: list[str]) -> None:
    assert not any("sent_" in page or "Lists" in page for page in printed_pages)


def test_calamine_reads_all_actions_with_dates(log_workbook: Path) -> None:
    from python_calamine import CalamineWorkbook

    with CalamineWorkbook.from_path(log_workbook) as book:
        rows = book.get_sheet_by_name("Action log").to_python(skip_empty_area=False)
    headings, actions = rows[2], rows[3:]
    assert len(actions) == 28
    due = [row[headings.index("Due")] for row in actions]
    assert due[0] == date(2013, 11, 1)
    assert due[6] == "by the end of 2013"
    assert sum(isinstance(day, date) for day in due) == 19
    assert actions[3][headings.index("Days")] == -45
