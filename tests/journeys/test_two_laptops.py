"""Two note-takers at a forum: the second laptop's work is merged, one key for each conflict."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ahtc_tui.services.actions import service as actions
from ahtc_tui.services.meetings import service as meetings
from ahtc_tui.services.replication.conflicts import list_conflicts
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.engine import integrity_check
from ahtc_tui.tui.imports.screen import ImportScreen
from ahtc_tui.tui.replication.conflicts_screen import ConflictsScreen
from tests.builders import make_action_draft, make_line, make_minuted_meeting, read_live_rows
from tests.journeys.conftest import Wording
from tests.services.replication.merging import leave_office
from tests.services.replication.test_merge_files import write_encrypted
from tests.tui.conftest import OpenDesk

KEY = "wrexham forum"


@pytest.fixture
def forum(wales: Workspace, tmp_path: Path) -> tuple[Workspace, str]:
    """A workspace and, among its returns, the database of a second note-taker: a duplicate action and a conflict."""
    ref = make_minuted_meeting(wales)
    peer = leave_office(wales, "there")
    make_line(wales, ref, "a: send the leaflet to every health board @jeff due end feb", 2)
    make_line(wales, ref, "n: the office heard this", 1)
    make_line(peer, ref, "a: send every health board the leaflets @bawso", 2)
    make_line(peer, ref, "n: the second note-taker heard that", 1)
    actions.edit_action(wales, "DP-13", make_action_draft(title="Two-day course, said in the office"))
    actions.edit_action(peer, "DP-13", make_action_draft(title="Two-day course, said at the forum"))
    (wales.root / "returns").mkdir()
    write_encrypted(peer.database.path, wales.root / "returns" / "wrexham.ahtc", KEY)
    return wales, ref


@pytest.mark.long
async def test_a_merge_takes_six_keys_and_one_for_each_conflict(
    forum: tuple[Workspace, str], either: OpenDesk, wording: Wording
) -> None:
    office, ref = forum
    before = read_live_rows(office)
    async with either(office) as hands:
        await hands.press_keys("8", "i", "enter")
        await hands.type_text("not the words")
        await hands.press_keys("enter")
        assert wording("passphrase is wrong", "cyfrinymadrodd yn anghywir") in hands.screen.error_text
        hands.keys -= 1
        await hands.press_keys("ctrl+u")
        hands.keys -= 1
        await hands.type_text(KEY)
        await hands.press_keys("enter")
        assert isinstance(hands.screen, ImportScreen)
        assert wording("2 questions", "2 gwestiwn") in hands.text
        assert read_live_rows(office) == before
        await hands.press_keys("enter", "2", "5", "y")
        assert hands.keys <= 6 + 2
        assert "wrexham.ahtc: " in hands.toasts[-1]
        await hands.press_keys("1")
    assert actions.show_action(office, "DP-13").row.title == "Two-day course, said at the forum"
    texts = [(line.item, line.text) for line in meetings.show_meeting(office, ref).lines]
    assert {(1, "the office heard this"), (1, "the second note-taker heard that")} <= set(texts)
    assert {"send the leaflet to every health board", "send every health board the leaflets"} <= {
        text for _item, text in texts
    }
    assert list_conflicts(office) == []
    assert integrity_check.find_faults(office.database) == []


@pytest.mark.long
async def test_open_conflicts_are_decided_from_today(forum: tuple[Workspace, str], either: OpenDesk) -> None:
    office, _ref = forum
    async with either(office) as hands:
        await hands.press_keys("8", "i", "enter")
        await hands.type_text(KEY)
        await hands.press_keys("enter", "y")
        assert "2 left to decide" in hands.toasts[-1]
        await hands.press_keys("1")
        assert "CONFLICTS  2" in hands.text
        await hands.press_keys(".", "C")
        assert isinstance(hands.screen, ConflictsScreen)
        await hands.press_keys("/")
        await hands.type_text("DP-13")
        await hands.press_keys("enter", "enter")
        assert "said in the office" in hands.text
        assert "said at the forum" in hands.text
        await hands.press_keys("escape", "e", "ctrl+u")
        await hands.type_text("Two-day course for all four forces")
        await hands.press_keys("enter")
        assert "value replaced" in hands.toasts[-1]
        await hands.press_keys("escape", "5")
        assert "both kept" in hands.toasts[-1]
        assert "0 conflicts to resolve" in hands.text
        await hands.press_keys("u")
        assert "0 conflicts to resolve" not in hands.text
        await hands.press_keys("1")
        assert "kept the value from" in hands.toasts[-1]
        await hands.press_keys("escape")
        assert hands.screen.noun == "today"
        assert "CONFLICTS" not in hands.text
    assert actions.show_action(office, "DP-13").row.title == "Two-day course for all four forces"
    assert list_conflicts(office) == []


@pytest.mark.long
async def test_a_merge_is_undone_on_the_screen(forum: tuple[Workspace, str], narrow: OpenDesk) -> None:
    office, _ref = forum
    before = read_live_rows(office)
    async with narrow(office) as hands:
        await hands.press_keys("8", "i", "enter")
        await hands.type_text(KEY)
        await hands.press_keys("enter", "y", "u", "y")
        assert "Undone: merge wrexham.ahtc" in hands.toasts[-1]
        assert read_live_rows(office) == before
        await hands.press_keys("8", "i", "enter", "escape")
        assert read_live_rows(office) == before
    shutil.rmtree(office.root / "returns")
