"""Settings of a person: theme and keys."""

from __future__ import annotations

from contextlib import closing

import pytest

from ahtc_tui.cli.main import run
from ahtc_tui.services.actions.service import show_action
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY
from tests.journeys.hands import open_desk
from tests.tui.conftest import OpenDesk


@pytest.mark.long
async def test_every_mode_is_drawn_in_the_chosen_theme(wales: Workspace, wide: OpenDesk) -> None:
    async with wide(wales) as desk:
        assert desk.app.theme == "ahtc"
        colours = set()
        for theme in ("ahtc", "ahtc-light", "textual-dark", "gruvbox"):
            desk.app.theme = theme
            for mode in "21":
                await desk.press_keys(mode)
            style = desk.screen.list_pane.render_line(1)._segments[1].style
            colours.add((style.color, style.bgcolor))
        assert len(colours) >= 3


@pytest.mark.long
async def test_settings_change_theme_and_keys(wales: Workspace) -> None:
    (wales.root / "ahtc.toml").write_text('theme = "ahtc-light"\n[keymap]\n"action.done" = "f9"\n', encoding="utf-8")
    with closing(open_workspace(wales.root, TODAY)) as own:
        async with open_desk(own, (120, 40)) as desk:
            assert desk.app.theme == "ahtc-light"
            await desk.press_keys("2")
            ref = desk.refs[0]
            await desk.press_keys("d")
            assert show_action(own, ref).row.is_open
            await desk.press_keys("f9")
            assert not show_action(own, ref).row.is_open
            await desk.press_keys("question_mark")
            assert "f9" in desk.text.lower()


async def test_an_unknown_theme_falls_back_to_the_default(wales: Workspace) -> None:
    (wales.root / "ahtc.toml").write_text('theme = "ahtc-lite"\n[keymap]\n"desk.undoo" = "f9"\n', encoding="utf-8")
    with closing(open_workspace(wales.root, TODAY)) as own:
        async with open_desk(own, (80, 24)) as desk:
            assert desk.app.theme == "ahtc"
            assert desk.toasts == [
                'ahtc.toml: [keymap] has no key "desk.undoo". Did you mean "desk.undo"?',
                'ahtc.toml: no theme is called "ahtc-lite". Did you mean "ahtc-light"?',
            ]


@pytest.mark.parametrize("settings", ["theme = ", "theme = 5", "[keymap]\nundo = 7", "\udcff"])
def test_broken_settings_give_one_sentence_and_stop_no_command(
    wales: Workspace, settings: str, capfd: pytest.CaptureFixture[str]
) -> None:
    (wales.root / "ahtc.toml").write_text(settings, encoding="utf-8", errors="surrogateescape")
    for words in (["actions", "list"], ["actions", "done", "DP-05"], ["undo"]):
        assert run(["--workspace", str(wales.root), "--quiet", *words]) == 0
        [sentence] = capfd.readouterr().err.splitlines()
        assert sentence.startswith(f"ahtc: {wales.root / 'ahtc.toml'}")
        assert sentence.endswith("The default applies until then.")


def test_doctor_names_the_line_of_broken_settings(wales: Workspace, capfd: pytest.CaptureFixture[str]) -> None:
    (wales.root / "ahtc.toml").write_text('smal_counts = 3\n[keymap]\n"desk.undoo" = "z"\n')
    assert run(["--workspace", str(wales.root), "doctor"]) == 1
    printed = capfd.readouterr().out
    assert 'line 1: no setting is called "smal_counts". Did you mean "small_counts"?' in printed
    assert '[keymap] has no key "desk.undoo". Did you mean "desk.undo"?' in printed


async def test_window_opens_with_broken_settings_and_shows_the_fault(wales: Workspace) -> None:
    (wales.root / "ahtc.toml").write_text("theme = ")
    with closing(open_workspace(wales.root, TODAY)) as own:
        async with open_desk(own, (80, 24)) as desk:
            assert "line 1" in desk.toasts[-1]
