"""LibreOffice writes logs as xls: dates in any number format are read, and percentages are read or asked about."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path

import pytest

from ahtc_tui.domain.imports.report import ImportOptions, TakeMode
from ahtc_tui.services.imports.actions.service import plan_actions_import
from ahtc_tui.services.workspace import Workspace
from tests.clients.programs import find_program

pytestmark = [pytest.mark.clients, pytest.mark.long]

ROWS = (
    ("A-1", "Ring the harbour about the rota", date(2014, 1, 31), "dd/mm/yyyy", 0.5),
    ("A-2", "Print the leaflet in both languages", date(2014, 2, 28), "[$-809]d mmmm yyyy", 1),
    ("A-3", "Book a room for the forum", date(2014, 3, 31), "mmm-yy", 0),
    ("A-4", "Write to the ports about the leaflet", date(2014, 4, 30), "General", 0.25),
)
STATUSES = ["in_progress", "done", "planned", "in_progress"]
HEADINGS = ("% complete", "Progress", "Status")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an xls file for each heading of the percentages, named by its position."""
    from openpyxl import Workbook

    soffice = find_program("soffice", "apt-get install libreoffice-calc")
    folder = tmp_path_factory.mktemp("xls")
    for number, heading in enumerate(HEADINGS):
        book = Workbook()
        sheet = book.worksheets[0]
        sheet.append(("Ref", "Action", "Due date", heading))
        for row, (ref, title, due, number_format, share) in enumerate(ROWS, start=2):
            sheet.append((ref, title, due, share))
            sheet.cell(row, 3).number_format = number_format
            sheet.cell(row, 4).number_format = "0%"
        book.save(folder / f"{number}.xlsx")
    profile = f"-env:UserInstallation=file://{folder}/profile"
    files = [str(path) for path in folder.glob("*.xlsx")]
    command = [soffice, "--headless", profile, "--convert-to", "xls", "--outdir", str(folder), *files]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return folder


@pytest.mark.parametrize("heading", HEADINGS)
def test_dates_and_percentages_of_xls_are_read_or_asked_about(wales: Workspace, folder: Path, heading: str) -> None:
    file = folder / f"{HEADINGS.index(heading)}.xls"
    (report,) = plan_actions_import(wales, [file]).files
    assert [record.values["due"] for record in report.added] == [due.isoformat() for _r, _t, due, _f, _s in ROWS]
    if heading == "Status":
        assert ["a percentage" in question.reason for question in report.questions] == [True] * 3
        assert {record.values["status"] for record in report.added} == {"planned"}
        (report,) = plan_actions_import(wales, [file], ImportOptions(TakeMode.ALL)).files
    assert report.questions == ()
    assert [record.values["status"] for record in report.added] == STATUSES
