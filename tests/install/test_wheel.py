"""The wheel works with the newest libraries that pyproject.toml allows, without the locks."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tests.install.conftest import run_in

pytestmark = pytest.mark.long

EXTRAS = {
    "hub": "sync postgresql+psycopg://clerk@hub.example.org/ahtc",
    "slides": "export highlight highlight.pptx",
}
"""Commands that need an extra, by its name."""
EXPORTS = (
    "actions actions.xlsx",
    "actions actions.csv",
    "actions actions.json",
    "returns returns",
    "agenda MEETING agenda.docx",
    "minutes MEETING minutes.docx",
    "minutes MEETING minutes.md",
    "invites invites.ics --all",
    "deadlines deadlines.ics",
    "contacts contacts.vcf",
    "contacts contacts.csv",
    "contacts contacts.xlsx",
    "plan plan.xlsx",
    "matrix matrix.xlsx",
    "evidence evidence.xlsx",
    "attendance attendance.xlsx",
    "decisions decisions.xlsx",
    "dashboard dashboard.html",
    "brief leadership-group brief.docx",
    "since since.docx --from 2013-12-01",
    "paper celg-4-31-13 paper.docx",
    "handover ahtc handover.docx",
    "chasers chasers",
    "pack MEETING pack",
    "after MEETING after",
    "foi Bawso foi.zip",
    "everything everything.zip",
)


INSTALLERS = {
    "uv": ("uv tool install --quiet", "uv tool uninstall", {"UV_TOOL_DIR": "tools", "UV_TOOL_BIN_DIR": "bin"}),
    "pipx": ("pipx install", "pipx uninstall", {"PIPX_HOME": "tools", "PIPX_BIN_DIR": "bin"}),
}
"""Programs that install a command for one user: how each installs and removes it, and where to."""


@pytest.mark.parametrize("installer", INSTALLERS)
def test_an_installed_command_is_removed_without_a_trace_beside_the_office(
    installer: str, checkout: Path, tmp_path: Path
) -> None:
    install, uninstall, folders = INSTALLERS[installer]
    run_in(checkout, "make", ".venv/.venv")
    python = checkout / ".venv/bin/python"
    run_in(checkout, str(python), "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", "dist", ".")
    (wheel,) = (checkout / "dist").glob("*.whl")
    run_in(checkout, str(python), "-m", "pip", "install", "--quiet", installer)

    user = tmp_path / "user"
    user.mkdir()
    places = {name: str(user / folder) for name, folder in folders.items()}
    program = str(checkout / ".venv/bin")
    run_in(user, f"{program}/{install.split()[0]}", *install.split()[1:], str(wheel), environment=places)
    ahtc = (str(user / "bin/ahtc"), "--workspace", str(user / "office"))
    run_in(user, *ahtc, "init")
    run_in(user, *ahtc, "actions", "add", "Write to the health boards")
    run_in(user, f"{program}/{uninstall.split()[0]}", *uninstall.split()[1:], "ahtc", environment=places)
    assert not (user / "bin/ahtc").exists()
    assert not list((user / "tools").rglob("ahtc*"))
    assert (user / "office/data/ahtc.db").is_file()


def test_the_wheel_runs_every_export_with_the_newest_libraries(checkout: Path, tmp_path: Path) -> None:
    run_in(checkout, "make", ".venv/.venv")
    python = ".venv/bin/python"
    run_in(checkout, python, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", "dist", ".")
    (wheel,) = (checkout / "dist").glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        assert "ahtc_tui/locale/cy/LC_MESSAGES/ahtc.mo" in archive.namelist()
    run_in(checkout, python, "-m", "pip", "install", "--quiet", str(wheel))

    office = tmp_path / "office"
    ahtc = (str(checkout / ".venv/bin/ahtc"), "--workspace", "office", "--as-at", "2014-01-28")
    assert run_in(tmp_path, ahtc[0], "--version").startswith("ahtc ")
    run_in(tmp_path, ahtc[0], "demo", "--into", "office", "--no-screen")
    assert office.is_dir()
    assert "DP-07" in run_in(tmp_path, *ahtc, "actions", "list")
    for extra, command in EXTRAS.items():
        assert f"ahtc[{extra}]" in run_in(tmp_path, *ahtc, *command.split(), accepted=(5,))
    meeting = run_in(
        tmp_path,
        *ahtc,
        "meetings",
        "add",
        "Leadership Group",
        "--group",
        "leadership-group",
        "--starts",
        "2014-01-28 10:00",
    ).split()[0]
    files = tmp_path / "files"
    files.mkdir()
    for export in EXPORTS:
        words = export.replace("MEETING", meeting).split()
        # 1 is "done, and something is left for a person", such as a meeting without a day that no calendar can hold.
        run_in(files, ahtc[0], "--workspace", str(office), *ahtc[3:], "export", *words, accepted=(0, 1))
        assert any((files / word).exists() for word in words), f"{export} wrote nothing"
