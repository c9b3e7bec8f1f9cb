"""Scenario 4, the quarterly return: a workbook to each lead, damaged copies back, counted in keys."""

from __future__ import annotations

from pathlib import Path

from python_calamine import CalamineWorkbook

from ahtc_tui.services.actions.service import edit_action, show_action
from ahtc_tui.services.history import list_steps
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.engine.integrity_check import faults
from tests.builders import a_draft, live_rows
from tests.journeys.returned import damage
from tests.tui.conftest import Sitting

DAY = "2013-12-31"


def folder_of(workspace: Workspace) -> Path:
    return workspace.root / "exports" / f"returns-{DAY}"


async def test_a_workbook_and_a_note_for_each_lead_go_out_in_six_keys(wales: Workspace, wide: Sitting) -> None:
    async with wide(wales) as hands:
        await hands.press("8", "r")
        assert hands.keys <= 6
        assert "28 actions in 10 workbooks" in hands.toasts[-1]
        assert "u undoes it" in hands.toasts[-1]
        made = str(hands.screen.made_pane.text.content)
        assert "No address, so no note: " in made
        assert "Bawso" in made
        await hands.press("u")
        assert "Undone: send returns" in hands.toasts[-1]
    books = sorted(folder_of(wales).glob("*.xlsx"))
    sent = [
        line[0] for book in books for line in CalamineWorkbook.from_path(str(book)).get_sheet_by_index(0).to_python()
    ]
    assert len(books) == 10
    assert sum(str(ref).startswith("DP-") for ref in sent) == 28
    assert b"X-Unsent: 1" in (folder_of(wales) / f"ahtc-{DAY}.eml").read_bytes()


async def test_only_the_marked_actions_go_out(wales: Workspace, narrow: Sitting) -> None:
    async with narrow(wales) as hands:
        await hands.press("2", "space", "down", "space")
        refs = sorted(hands.refs[:2])
        await hands.press("X")
        assert hands.keys <= 6
        assert "2 actions in" in hands.toasts[-1]
        await hands.press("escape")
        await hands.press("/")
        await hands.type("@bawso")
        await hands.press("enter", "X")
        assert "in 1 workbook in exports/returns-2013-12-31-2" in hands.toasts[-1]
    sheets = [CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0) for path in folder_of(wales).glob("*.xlsx")]
    assert refs == sorted(line[0] for sheet in sheets for line in sheet.to_python() if str(line[0]).startswith("DP-"))


async def test_damaged_returns_come_back_with_every_finding_and_nothing_unasked(
    wales: Workspace, wide: Sitting
) -> None:
    async with wide(wales) as hands:
        await hands.press("8", "r")
        gold = damage(folder_of(wales))
        before, hands.keys = live_rows(wales), 0
        await hands.press("i", "enter")
        await hands.press("space", "down", "space", "down", "space", "enter")
        report = hands.screen._report
        assert {(one.ref, one.field) for file in report.files for one in file.changed} == gold.changed
        assert {(one.ref, one.field) for file in report.files for one in file.questions} == gold.asked
        assert any("speak to the SPOCs" in one.reason for file in report.files for one in file.warnings)
        assert live_rows(wales) == before
        await hands.press("enter")
        for number in range(len(gold.asked)):
            assert f"question {number + 1} of {len(gold.asked)}" in hands.text
            await hands.press("o")
        await hands.press("a")
        assert f"{len(gold.changed)} changes and 0 new" in hands.toasts[-1]
        assert hands.keys <= 3 * 8 + len(gold.asked)
        assert list_steps(wales)[0].label.startswith("import actions")
        for ref, field in gold.asked:
            row = show_action(wales, ref).row
            assert {"due_text": row.due, "status": row.closed_on}.get(field) is None
        await hands.press("u")
    assert live_rows(wales) == before
    assert not faults(wales.database)


async def test_one_file_takes_eight_keys_and_one_for_each_answer(wales: Workspace, narrow: Sitting) -> None:
    async with narrow(wales) as hands:
        await hands.press("8", "r")
        gold = damage(folder_of(wales))
        clash = next(ref for ref, field in gold.changed if field == "status")
        edit_action(wales, clash, a_draft(status="proposed_complete"))
        hands.app.changed.publish(None)
        hands.keys = 0
        await hands.press("i", "enter", "down", "down", "enter")
        asked = [(one.ref, one.field) for file in hands.screen._report.files for one in file.questions]
        assert (clash, "status") in asked
        await hands.press("enter")
        for ref, field in asked:
            if (ref, field) == (clash, "status"):
                shown = hands.text
                assert all(words in shown for words in ("changed here and there", "Proposed complete", "On hold"))
            await hands.press("t" if ref == clash else "o")
        await hands.press("a")
        assert hands.keys <= 8 + len(asked)
    assert show_action(wales, clash).row.status == "on_hold"
