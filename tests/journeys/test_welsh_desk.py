"""A week of a co-ordinator who works in Welsh, on the command line and on the screen."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from ahtc_tui.cli.main import run
from ahtc_tui.domain.i18n import use_language
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.settings.language import choose_language
from ahtc_tui.services.workspace import SETTINGS
from tests.builders import TODAY
from tests.journeys.hands import open_desk


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, on a laptop whose system is in Welsh."""
    monkeypatch.setenv("LC_ALL", "cy_GB.UTF-8")
    monkeypatch.setenv("AHTC_WORKSPACE", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.long
async def test_welsh_laptop_speaks_welsh_from_the_first_command_to_the_letter(
    office: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["init", "--reference", "wales-2013"]) == 0
    assert capsys.readouterr().err.startswith("Crëwyd ")
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")  # the workspace remembers the language
    assert run(["actions", "add", "Briffio'r SPOCs", "--lead", "spoc-gwent", "--due", "2013-12-01"]) == 0
    printed = capsys.readouterr()
    assert printed.out == "DP-45\n"
    assert "I ddadwneud" in printed.err
    with closing(open_workspace(office, TODAY)) as workspace, use_language(choose_language(None, None)):
        async with open_desk(workspace, (120, 40)) as desk:
            assert "Dydd Mawrth 31 Rhagfyr 2013" in desk.text
            assert "Briffio'r SPOCs" in desk.text
            await desk.press_keys("2", "/")
            await desk.type_text("spocs")
            await desk.press_keys("enter", "d")
            assert desk.toasts[-1].endswith("u i ddadwneud")
            await desk.press_keys("question_mark")
            assert "Golygu'r cam gweithredu" in desk.text
            await desk.press_keys("escape", "n")
            assert "Blaenoriaeth" in desk.text
            await desk.press_keys("escape")
            await desk.press_keys("u")
            assert "Dadwnaed" in desk.toasts[-1]
    assert run(["--as-at", "2013-12-31", "export", "chasers", "llythyrau"]) in (0, 1)
    letters = [path.read_text(encoding="utf-8") for path in (office / "llythyrau").glob("*.eml")]
    assert letters
    assert all("Annwyl " in letter for letter in letters)


def test_one_file_in_english_leaves_the_messages_welsh(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["init", "--reference", "wales-2013"]) == 0
    assert run(["export", "actions", "log.csv"]) == run(["export", "actions", "cofnod.csv", "--lang", "both"]) == 0
    assert "Cadwyd 28 cam gweithredu." in capsys.readouterr().err
    assert (office / "log.csv").read_text(encoding="utf-8-sig").startswith("Cyf,")
    assert (office / "cofnod.csv").read_text(encoding="utf-8-sig").startswith("Cyf | Ref,")
    assert run(["export", "actions", "english.csv", "--lang", "en"]) == 0
    assert (office / "english.csv").read_text(encoding="utf-8-sig").startswith("Ref,")
    assert (office / SETTINGS).read_text(encoding="utf-8") == 'language = "cy"\n'
