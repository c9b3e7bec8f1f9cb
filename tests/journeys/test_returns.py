"""The quarterly return: a workbook to each lead, and damaged copies imported, in few keys."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from ahtc_tui.services.actions.service import edit_action, show_action
from ahtc_tui.services.history import list_steps
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.engine.integrity_check import find_faults
from tests.builders import make_action_draft, read_live_rows
from tests.journeys.conftest import Wording
from tests.journeys.returned import damage_returns
from tests.tui.conftest import OpenDesk

DAY = "2013-12-31"


def find_returns_folder(workspace: Workspace) -> Path:
    return min(path for path in workspace.exports.iterdir() if path.is_dir())


def receive_returns(workspace: Workspace) -> Path:
    """Put the returns into the folder for received files, as they came back, and return it."""
    return Path(shutil.copytree(find_returns_folder(workspace), workspace.root / "returns"))


@pytest.mark.long
async def test_returns_for_each_lead_take_six_keys(wales: Workspace, wide: OpenDesk, wording: Wording) -> None:
    async with wide(wales) as hands:
        await hands.press_keys("8", ".", "r")
        assert hands.keys <= 6
        assert wording("28 actions in 11 workbooks", "28 cam gweithredu mewn 11 llyfr gwaith") in hands.toasts[-1]
        assert wording("u to undo", "u i ddadwneud") in hands.toasts[-1]
        report_text = str(hands.screen.result_pane.content)
        assert wording("No address, so no note: ", "Dim cyfeiriad, felly dim nodyn: ") in report_text
        assert "Bawso" in report_text
        await hands.press_keys("u")
        assert wording("Undone: send returns", "Dadwnaed anfon ffurflenni") in hands.toasts[-1]
    books = sorted(find_returns_folder(wales).glob("*.xlsx"))
    sent = [
        line[0] for book in books for line in CalamineWorkbook.from_path(str(book)).get_sheet_by_index(0).to_python()
    ]
    assert len(books) == 11
    assert sum(str(ref).startswith("DP-") for ref in sent) == 28
    kind = wording("Action return", "Ffurflen camau gweithredu")
    lead = wording("Anti Human Trafficking Co-ordinator", "Cydgysylltydd Atal Masnachu mewn Pobl")
    note = find_returns_folder(wales) / f"{DAY} {kind}, {lead}.eml"
    assert b"X-Unsent: 1" in note.read_bytes()


@pytest.mark.long
async def test_only_marked_actions_are_exported(wales: Workspace, narrow: OpenDesk) -> None:
    async with narrow(wales) as hands:
        await hands.press_keys("2", "space", "down", "space")
        refs = sorted(hands.refs[:2])
        await hands.press_keys(".", "X")
        assert hands.keys <= 6
        assert "2 actions in" in hands.toasts[-1]
        await hands.press_keys("escape")
        await hands.press_keys("/")
        await hands.type_text("@bawso")
        await hands.press_keys("enter", ".", "X")
        assert "in 1 workbook in exports/2013-12-31 Returns-2" in hands.toasts[-1]
    sheets = [
        CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0)
        for path in find_returns_folder(wales).glob("*.xlsx")
    ]
    assert refs == sorted(line[0] for sheet in sheets for line in sheet.to_python() if str(line[0]).startswith("DP-"))


@pytest.mark.long
async def test_damaged_returns_are_imported_without_unconfirmed_changes(
    wales: Workspace, wide: OpenDesk, wording: Wording
) -> None:
    async with wide(wales) as hands:
        await hands.press_keys("8", ".", "r")
        expected = damage_returns(receive_returns(wales))
        before, hands.keys = read_live_rows(wales), 0
        await hands.press_keys("i")
        await hands.press_keys("space", "down", "space", "down", "space", "enter")
        report = hands.screen._report
        assert {
            (report_row.ref, report_row.field) for file in report.files for report_row in file.changed
        } == expected.changed
        assert {
            (report_row.ref, report_row.field) for file in report.files for report_row in file.questions
        } == expected.questions
        assert any("speak to the SPOCs" in report_row.reason for file in report.files for report_row in file.warnings)
        assert read_live_rows(wales) == before
        await hands.press_keys("enter")
        for number in range(len(expected.questions)):
            assert (
                wording("question {n} of {all}", "cwestiwn {n} o {all}").format(
                    n=number + 1, all=len(expected.questions)
                )
                in hands.text
            )
            await hands.press_keys("1")
        await hands.press_keys("y")
        assert wording("{n} changed", "newidiwyd {n}").format(n=len(expected.changed)) in hands.toasts[-1]
        assert hands.keys <= 3 * 8 + len(expected.questions)
        assert list_steps(wales)[0].label.startswith("import actions")
        for ref, field in expected.questions:
            row = show_action(wales, ref).row
            assert {"due_text": row.due, "status": row.closed_on}.get(field) is None
        await hands.press_keys("u")
    assert read_live_rows(wales) == before
    assert not find_faults(wales.database)


async def test_one_file_takes_eight_keys_and_one_for_each_answer(
    wales: Workspace, narrow: OpenDesk, wording: Wording
) -> None:
    async with narrow(wales) as hands:
        await hands.press_keys("8", ".", "r")
        expected = damage_returns(receive_returns(wales))
        clash = next(ref for ref, field in expected.changed if field == "status")
        edit_action(wales, clash, make_action_draft(status="proposed_complete"))
        hands.app.changed.publish(None)
        hands.keys = 0
        await hands.press_keys("i", "down", "down", "enter")
        questions = [
            (question.ref, question.field) for file in hands.screen._report.files for question in file.questions
        ]
        assert (clash, "status") in questions
        await hands.press_keys("enter")
        for ref, field in questions:
            if (ref, field) == (clash, "status"):
                shown = hands.text
                assert (
                    wording("changed on this laptop and in the file", "newidiwyd ar y gliniadur hwn ac yn y ffeil")
                    in shown
                )
                assert wording("Proposed complete", "Cynnig ei gau") in shown
                assert wording("On hold", "Ar saib") in shown
            await hands.press_keys("2" if ref == clash else "1")
        await hands.press_keys("y")
        assert hands.keys <= 8 + len(questions)
    assert show_action(wales, clash).row.status == "on_hold"
