"""Files for translators in the programs that translators use: LibreOffice and gettext."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from ahtc_tui.services.welsh import exchange
from ahtc_tui.services.workspace import Workspace
from tests.builders import make_action
from tests.clients.programs import find_program
from tests.services.welsh.test_exchange import fill_workbook

pytestmark = pytest.mark.clients


@pytest.mark.long
def test_a_workbook_saved_by_libreoffice_is_read(wales: Workspace, tmp_path: Path) -> None:
    soffice = find_program("soffice", "apt-get install libreoffice-calc")
    file = tmp_path / "queue.xlsx"
    exchange.export_queue(wales, file)
    fill_workbook(file, {"DP-03 title": "Teitl"})
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    for ending in ("ods", "xlsx"):
        folder = tmp_path / ending
        command = [soffice, "--headless", profile, "--convert-to", ending, "--outdir", str(folder), str(file)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        report = exchange.import_translations(wales, folder / f"queue.{ending}", apply=False).files[0]
        assert [change.now for change in report.changed] == ["Teitl"]


def test_msgfmt_accepts_the_catalogue(workspace: Workspace, tmp_path: Path) -> None:
    msgfmt = find_program("msgfmt", "apt-get install gettext")
    make_action(workspace, 'Reach 50% of "all" {forces}\\', detail="Two\nlines with %s and %(name)d")
    file = tmp_path / "queue.po"
    exchange.export_queue(workspace, file)
    result = subprocess.run([msgfmt, "--check", "-o", "/dev/null", str(file)], capture_output=True, text=True)
    assert (result.returncode, result.stderr) == (0, "")
