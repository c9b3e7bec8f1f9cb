"""Wrexham forum, two note-takers: the second laptop's work comes in as a file, clashes are one key each."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ahtc_tui.services.actions import service as actions
from ahtc_tui.services.meetings import service as meetings
from ahtc_tui.services.minutes import service as minutes
from ahtc_tui.services.replication.conflicts import list_conflicts
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.engine import integrity_check
from ahtc_tui.tui.imports.screen import ImportScreen
from ahtc_tui.tui.replication.conflicts_screen import ConflictsScreen
from tests.builders import a_draft, a_minuted_meeting, live_rows
from tests.services.replication.merging import laptop
from tests.services.replication.test_merge_files import encrypted
from tests.tui.conftest import Sitting

KEY = "wrexham forum"


@pytest.fixture
def forum(wales: Workspace, tmp_path: Path) -> tuple[Workspace, str]:
    """The office, with the file of the second note-taker in its inbox: notes, one action twice, one clash."""
    ref = a_minuted_meeting(wales)
    there = laptop(wales, "there")
    minutes.add_line(wales, ref, "a: send the leaflet to every health board @jeff due end feb", 2)
    minutes.add_line(wales, ref, "n: the office heard this", 1)
    minutes.add_line(there, ref, "a: send every health board the leaflets @bawso", 2)
    minutes.add_line(there, ref, "n: the second note-taker heard that", 1)
    actions.edit_action(wales, "DP-13", a_draft(title="Two-day course, said in the office"))
    actions.edit_action(there, "DP-13", a_draft(title="Two-day course, said at the forum"))
    (wales.root / "returns").mkdir()
    encrypted(there.database.path, wales.root / "returns" / "wrexham.ahtc", KEY)
    return wales, ref


async def test_the_second_note_taker_comes_in_within_ten_keys_and_one_a_clash(
    forum: tuple[Workspace, str], either: Sitting
) -> None:
    office, ref = forum
    before = live_rows(office)
    async with either(office) as hands:
        await hands.press("8", "i", "enter")
        await hands.type("not the words")
        await hands.press("enter")
        assert "passphrase is not right" in hands.text
        hands.keys -= 1
        await hands.press("ctrl+u")
        hands.keys -= 1
        await hands.type(KEY)
        await hands.press("enter")
        assert isinstance(hands.screen, ImportScreen)
        assert "2 questions" in hands.text
        assert live_rows(office) == before
        await hands.press("enter", "t", "b", "a")
        assert hands.keys <= 10 + 2
        assert "from wrexham.ahtc" in hands.toasts[-1]
        await hands.press("1")
    assert actions.show_action(office, "DP-13").row.title == "Two-day course, said at the forum"
    texts = [(line.item, line.text) for line in meetings.show_meeting(office, ref).lines]
    assert {(1, "the office heard this"), (1, "the second note-taker heard that")} <= set(texts)
    assert {"send the leaflet to every health board", "send every health board the leaflets"} <= {
        text for _item, text in texts
    }
    assert list_conflicts(office) == []
    assert integrity_check.faults(office.database) == []


async def test_what_is_left_open_waits_on_today_and_is_decided_there(
    forum: tuple[Workspace, str], either: Sitting
) -> None:
    office, _ref = forum
    async with either(office) as hands:
        await hands.press("8", "i", "enter")
        await hands.type(KEY)
        await hands.press("enter", "a")
        assert "2 left to decide" in hands.toasts[-1]
        await hands.press("1")
        assert "CONFLICTS  2" in hands.text
        await hands.press("C")
        assert isinstance(hands.screen, ConflictsScreen)
        await hands.press("/")
        await hands.type("DP-13")
        await hands.press("enter", "enter")
        assert "said in the office" in hands.text
        assert "said at the forum" in hands.text
        await hands.press("escape", "b")
        await hands.press("e", "ctrl+u")
        await hands.type("Two-day course for all four forces")
        await hands.press("enter")
        assert "written anew" in hands.toasts[-1]
        await hands.press("escape", "b")
        assert "both stay" in hands.toasts[-1]
        assert "Nothing is left to decide" in hands.text
        await hands.press("u")
        assert "Nothing is left to decide" not in hands.text
        await hands.press("o")
        assert "ours kept" in hands.toasts[-1]
        await hands.press("escape")
        assert hands.screen.noun == "today"
        assert "CONFLICTS" not in hands.text
    assert actions.show_action(office, "DP-13").row.title == "Two-day course for all four forces"
    assert list_conflicts(office) == []


async def test_one_undo_on_the_screen_takes_a_merge_back(forum: tuple[Workspace, str], narrow: Sitting) -> None:
    office, _ref = forum
    before = live_rows(office)
    async with narrow(office) as hands:
        await hands.press("8", "i", "enter")
        await hands.type(KEY)
        await hands.press("enter", "a", "u")
        assert "Undone: merge wrexham.ahtc" in hands.toasts[-1]
        assert live_rows(office) == before
        await hands.press("8", "i", "enter", "escape")
        assert live_rows(office) == before
    shutil.rmtree(office.root / "returns")
