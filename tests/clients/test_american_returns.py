"""LibreOffice in the language of America saves a return as CSV with the month first: the sent dates are known again."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from ahtc_tui.services.imports.actions.service import plan_actions_import
from ahtc_tui.services.workspace import Workspace
from tests.builders import make_action_draft, make_update
from tests.clients.programs import find_program
from tests.services.exports.return_files import write_return

pytestmark = [pytest.mark.clients, pytest.mark.long]

DATE_OF_THE_LANGUAGE = "mm-dd-yy"
"""Number format 14, which a program shows in the order of its own language."""
AMERICAN_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,1033,false,true"


def save_as_american_csv(book_file: Path, folder: Path) -> Path:
    """Save a workbook as CSV with American dates."""
    from openpyxl import load_workbook

    soffice = find_program("soffice", "apt-get install libreoffice-calc")
    book = load_workbook(book_file)
    for cell in (cell for sheet in book for row in sheet.iter_rows() for cell in row):
        if getattr(cell, "is_date", False):
            cell.number_format = DATE_OF_THE_LANGUAGE
    book.save(folder / "return.xlsx")
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [soffice, "--headless", profile, "--convert-to", AMERICAN_CSV, "--outdir", str(folder)]
    subprocess.run([*command, str(folder / "return.xlsx")], check=True, capture_output=True, timeout=180)
    return folder / "return.csv"


def test_sent_dates_are_known_and_another_one_is_asked_about(wales: Workspace, tmp_path: Path) -> None:
    from ahtc_tui.services.actions.service import edit_action

    for ref, due in (("DP-05", "2013-12-08"), ("DP-06", "2014-02-07")):
        edit_action(wales, ref, make_action_draft(due=due))
    make_update(wales, "DP-05", "One force has still to answer.")
    file = save_as_american_csv(write_return(wales, tmp_path / "out", "DP-05"), tmp_path)
    text = file.read_text(encoding="utf-8")
    assert "12/8/2013" in text
    (report,) = plan_actions_import(wales, [file]).files
    assert (report.added, report.changed, report.questions) == ((), (), ())
    file.write_text(text.replace("2/7/2014", "3/9/2014"), encoding="utf-8")
    (report,) = plan_actions_import(wales, [file]).files
    assert report.changed == ()
    assert [(question.ref, question.proposed) for question in report.questions] == [("DP-06", "2014-03-09")]
