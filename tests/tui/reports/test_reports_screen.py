"""Backup and full export from the mode Reports and the palette, and automatic backups."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import Mock

import pytest

from ahtc_tui.domain.drafts.contacts import build_engagement_draft
from ahtc_tui.services import backup
from ahtc_tui.services.backup import list_backups
from ahtc_tui.services.contacts.engagement import add_engagement
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.tui.reports.screen import ReportsScreen
from ahtc_tui.tui.shell import app
from ahtc_tui.tui.shell.app import AhtcApp
from tests.builders import edit_database_directly, make_action
from tests.journeys.hands import Hands
from tests.tui.conftest import OpenDesk


def list_archives(office: Workspace) -> list[Path]:
    return sorted(office.exports.glob("*.zip"))


async def test_a_screen_of_40_lines_shows_every_entry_until_something_was_written(
    wales: Workspace, wide: OpenDesk
) -> None:
    async with wide(wales) as hands:
        await hands.press_keys("8")
        assert "IN OTHER MODES" not in hands.text
        await hands.press_keys("end", "enter")
        assert "IN OTHER MODES" in hands.text
        assert "the handover of a post" in hands.text
        assert "LAST RESULT" not in hands.text
        await hands.press_keys(".", "b")
        assert "LAST RESULT" in hands.text


async def test_backup_and_full_export_keys(wales: Workspace, either: OpenDesk) -> None:
    async with either(wales) as hands:
        await hands.press_keys("8", ".", "b")
        [row] = list_backups(wales)
        assert row.whole
        assert f"{row.records} records, complete, in data/backups/{row.file.name}" in hands.toasts[-1]
        await hands.press_keys(".", "E")
        assert [path.name for path in list_archives(wales)] == ["everything-2013-12-31.zip"]
        assert "exports/everything-2013-12-31.zip" in hands.text
        await hands.press_keys(".", "E")
        assert len(list_archives(wales)) == 2


async def test_a_key_writes_the_external_meetings_of_the_last_whole_quarter(wales: Workspace, either: OpenDesk) -> None:
    for on, subject in (("2013-09-30", "Visit to the shelter"), ("2013-10-01", "Briefing on referrals")):
        draft = {"kind": "meeting", "on": on, "subject": subject}
        add_engagement(wales, ["Bawso"], build_engagement_draft(draft, wales.today()))
    async with either(wales) as hands:
        await hands.press_keys("8", ".", "T")
        (path,) = wales.exports.glob("transparency-*.csv")
        text = path.read_text(encoding="utf-8-sig")
        assert "Visit to the shelter" in text
        assert "Briefing on referrals" not in text
        assert "1 external meeting" in hands.toasts[-1]


@pytest.mark.long
async def test_palette_runs_backup_and_full_export(wales: Workspace, narrow: OpenDesk) -> None:
    async with narrow(wales) as hands:
        for words in ("back up", "export everything"):
            await hands.press_keys("2", "ctrl+p")
            await hands.type_text(words)
            await hands.press_keys("enter")
            assert isinstance(hands.screen, ReportsScreen)
        assert len(list_backups(wales)) == len(list_archives(wales)) == 1


async def test_failed_backup_shows_toast(wales: Workspace, narrow: OpenDesk) -> None:
    edit_database_directly(wales.database.path, "UPDATE actions SET title = 'x' WHERE ref = 'DP-01'")
    async with narrow(wales) as hands:
        await hands.press_keys("8", ".", "b")
        assert "The database is damaged" in hands.toasts[-1]
    assert list_backups(wales) == []


async def test_a_backup_is_made_after_startup_and_during_work(
    wales: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_action(wales)
    monkeypatch.setattr(app, "BACKUP_DELAY_SECONDS", 0.01)
    monkeypatch.setattr(AhtcApp, "set_interval", intervals := Mock())
    for _opening in range(2):
        async with AhtcApp(wales, schedule_gc=True).run_test() as pilot:
            while not list_backups(wales):
                await pilot.pause(0.01)
            await pilot.pause(0.1)
            await Hands(pilot).wait_until_idle()
    assert [row.what for row in list_backups(wales)] == ["automatic"]
    [(seconds, back_up), *_further] = [call.args for call in intervals.call_args_list if call.args[0] == 1800]
    make_action(wales)
    async with AhtcApp(wales).run_test() as pilot:
        back_up.__func__(pilot.app)
        await Hands(pilot).wait_until_idle()
    assert (seconds, len(list_backups(wales))) == (1800, 2)


@pytest.mark.long
async def test_the_list_of_backups_restores_one_after_a_question(
    wales: Workspace, narrow: OpenDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(AhtcApp, "exit", leave := Mock())
    first = backup.make_backup(wales).file
    make_action(wales)
    damaged = backup.make_backup(wales).file
    damaged.write_bytes(damaged.read_bytes()[:8192])
    async with narrow(wales) as hands:
        await hands.press_keys("8", ".", "B")
        assert "DAMAGED" in hands.text
        await hands.press_keys(".", "r")
        assert "damaged" in hands.toasts[-1]
        await hands.press_keys("down", ".", "r")
        assert "Restore the backup of" in hands.text
        await hands.press_keys("enter")
        assert hands.app.backup_to_restore is None, "enter leaves it"
        await hands.press_keys(".", "r", "y")
        assert hands.app.backup_to_restore == first
        leave.assert_called_once()
