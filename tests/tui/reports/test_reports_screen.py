"""Reports makes a backup and an archive of everything with one key each, and the screen makes one a day by itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from ahtc_tui.services import backup
from ahtc_tui.services.backup import list_backups
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.tui.reports.screen import ReportsScreen
from ahtc_tui.tui.shell import navigation
from ahtc_tui.tui.shell.app import AhtcApp
from tests.builders import an_action, foreign_hand
from tests.journeys.hands import Hands
from tests.tui.conftest import Sitting


def archives(office: Workspace) -> list[Path]:
    """What was exported."""
    return sorted(office.exports.glob("*.zip"))


async def test_one_key_backs_up_and_one_exports_everything(wales: Workspace, either: Sitting) -> None:
    async with either(wales) as hands:
        await hands.press("8", "b")
        [row] = list_backups(wales)
        assert row.whole
        assert f"{row.records} records, whole, in data/backups/{row.file.name}" in hands.toasts[-1]
        await hands.press("e")
        assert [path.name for path in archives(wales)] == ["everything-2013-12-31.zip"]
        assert "exports/everything-2013-12-31.zip" in hands.text
        await hands.press("e")
        assert len(archives(wales)) == 2


async def test_the_palette_backs_up_and_exports_from_anywhere(wales: Workspace, narrow: Sitting) -> None:
    async with narrow(wales) as hands:
        for words in ("back up", "export everything"):
            await hands.press("2", "ctrl+p")
            await hands.type(words)
            await hands.press("enter")
            assert isinstance(hands.screen, ReportsScreen)
        assert len(list_backups(wales)) == len(archives(wales)) == 1


async def test_a_backup_that_cannot_be_made_is_one_sentence(wales: Workspace, narrow: Sitting) -> None:
    foreign_hand(wales.database.path, "UPDATE actions SET title = 'x' WHERE ref = 'DP-01'")
    async with narrow(wales) as hands:
        await hands.press("8", "b")
        assert "The database is not whole" in hands.toasts[-1]
    assert list_backups(wales) == []


async def test_the_backup_of_the_day_comes_soon_after_the_first_screen(
    wales: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    an_action(wales)
    monkeypatch.setattr(navigation, "BACKUP_AFTER", 0.01)
    for _opening in range(2):
        async with AhtcApp(wales, tidy=True).run_test() as pilot:
            await pilot.pause(0.1)
            await Hands(pilot).rest()
    assert [row.what for row in list_backups(wales)] == ["daily"]
    assert backup.daily(wales) is None
