"""The cover of the screen: by a key and after idle minutes; nothing is shown or lost until the passphrase is typed."""

from __future__ import annotations

import time
from contextlib import closing
from dataclasses import replace

import pytest
from textual.widgets import Input

from ahtc_tui.domain.settings.parser import parse_settings
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.recovery.passphrase import set_passphrase
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.tui.shell import lock
from ahtc_tui.tui.shell.app import AhtcApp
from tests.builders import TODAY
from tests.journeys.hands import Hands
from tests.tui.conftest import OpenDesk

PASSPHRASE = "carreg afon lleuad"


@pytest.fixture
def locked(wales: Workspace, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """The Wales 2013 data under a passphrase."""
    monkeypatch.setattr(lock, "WRONG_DELAY_SECONDS", 0)
    set_passphrase(wales, PASSPHRASE)
    wales.close()
    return open_workspace(wales.root, TODAY, PASSPHRASE)


async def test_the_cover_hides_everything_until_the_passphrase_is_typed(locked: Workspace, narrow: OpenDesk) -> None:
    async with narrow(locked) as desk:
        await desk.press_keys("2", "n")
        await desk.type_text("Half a title")
        desk.app.action_lock()
        await desk.wait_until_idle()
        assert "ahtc is locked" in desk.text
        for key in ("escape", "2", "ctrl+p", "question_mark", "ctrl+q", "full_stop"):
            await desk.press_keys(key)
            assert "ahtc is locked" in desk.text
            assert "DP-" not in desk.text
            assert "Half a title" not in desk.text
        desk.app.screen.query_one(Input).value = ""
        await desk.type_text("something else")
        await desk.press_keys("enter")
        assert "The passphrase is wrong" in desk.text
        await desk.type_text(PASSPHRASE)
        await desk.press_keys("enter")
        assert "ahtc is locked" not in desk.text
        assert "Half a title" in desk.text


@pytest.mark.long
async def test_idle_minutes_cover_the_screen_and_the_key_after_a_sleep_too(
    locked: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with AhtcApp(locked).run_test() as pilot:
        desk, now = Hands(pilot), time.time()
        await desk.press_keys("2")
        monkeypatch.setattr("time.time", lambda: now + 14 * 60)
        desk.app.idle_lock.check()
        assert not desk.app.is_covered
        monkeypatch.setattr("time.time", lambda: now + 16 * 60)
        await desk.press_keys("1")
        assert desk.app.is_covered, "the first key after a sleep comes before the check"


async def test_without_a_passphrase_enter_opens_the_cover(wales: Workspace, narrow: OpenDesk) -> None:
    async with narrow(wales) as desk:
        await desk.press_keys("2", ".", "number_sign")
        assert "ahtc is locked" in desk.text
        await desk.press_keys("x", "escape")
        assert "ahtc is locked" in desk.text
        await desk.press_keys("enter")
        assert "DP-07" in desk.text


@pytest.mark.parametrize(("minutes", "covered"), [(None, False), (0, False), (1, True)])
async def test_the_setting_decides_without_a_passphrase(
    wales: Workspace, monkeypatch: pytest.MonkeyPatch, minutes: int | None, covered: bool
) -> None:
    async with AhtcApp(replace(wales, lock_minutes=minutes)).run_test() as pilot:
        await Hands(pilot).wait_until_idle()
        now = time.time()
        monkeypatch.setattr("time.time", lambda: now + 2 * 60)
        pilot.app.idle_lock.check()  # type: ignore[attr-defined]
        assert pilot.app.is_covered is covered  # type: ignore[attr-defined]


def test_the_setting_is_read_and_checked(wales: Workspace) -> None:
    path = wales.root / "ahtc.toml"
    assert parse_settings("lock_minutes = 5\n", path).lock_minutes == 5
    for wrong in ("-1", "true", '"often"', "100000"):
        settings = parse_settings(f"lock_minutes = {wrong}\n", path)
        assert settings.lock_minutes is None
        assert "line 1: lock_minutes must be" in settings.faults[0]
    path.write_text("lock_minutes = 5\n", encoding="utf-8")
    with closing(open_workspace(wales.root, TODAY)) as office:
        assert office.lock_minutes == 5
