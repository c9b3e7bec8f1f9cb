"""Settings of a person: theme and keys."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import closing

import pytest

from ahtc_tui.services.actions.service import show_action
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY
from tests.journeys.hands import open_desk
from tests.tui.conftest import OpenDesk


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
    (wales.root / "ahtc.toml").write_text('theme = "no-such-theme"\n[keymap]\n"no.such.key" = "f9"\n', encoding="utf-8")
    with closing(open_workspace(wales.root, TODAY)) as own:
        async with open_desk(own, (80, 24)) as desk:
            assert desk.app.theme == "ahtc"


@pytest.mark.parametrize("settings", ["theme = ", "theme = 5", "[keymap]\nundo = 7", "\udcff"])
def test_broken_settings_give_one_sentence(wales: Workspace, settings: str) -> None:
    (wales.root / "ahtc.toml").write_text(settings, encoding="utf-8", errors="surrogateescape")
    leader, follower = os.openpty()
    completed = subprocess.run(
        [sys.executable, "-m", "ahtc_tui", "--workspace", str(wales.root)],
        stdin=follower,
        stdout=follower,
        stderr=subprocess.PIPE,
        text=True,
        timeout=30,
    )
    os.close(follower)
    os.close(leader)
    assert completed.returncode == 2
    assert len(completed.stderr.splitlines()) == 1
    assert "ahtc.toml" in completed.stderr
