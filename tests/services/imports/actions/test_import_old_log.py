"""Logs from before: new actions under their own references, and each unknown name asked once."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from ahtc_tui.domain.imports.report import Take, Wishes
from ahtc_tui.services.actions.service import list_actions, show_action
from ahtc_tui.services.history import undo
from ahtc_tui.services.imports.actions.service import apply_actions_import, plan_actions_import
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.engine.integrity_check import faults
from tests.builders import an_action, ask, live_rows
from tests.services.exports.return_files import Look, a_workbook
from tests.services.imports.import_reports import asked, every_action


def test_an_old_log_comes_into_an_empty_office_with_each_name_asked_once(workspace: Workspace, tmp_path: Path) -> None:
    head = (
        "Ref", "Objective", "Action", "Lead", "Due", "Status", "Progress", "Date closed", "Priority", "Original due",
        "Source",
    )  # fmt: skip
    master, first, nothing = "Harbour Master", ["High", "1 May 2013", "LG 3"], [None] * 5
    rows: list[list[Any]] = [
        ["A1", "1. Training", "Train the forces", master, "Spring 2014", "Ongoing", "Two courses.", None, *first],
        ["A2", "1. Training", "Print the leaflet", master, "end Jan", "in flux", None, None, "x", None, None],
        ["A3", "Data", "Count the referrals", f"{master} / Port Police", "ongoing", None, *nothing],
        ["A4", "Data", "Close the old forum", "tbc", "when asked", None, None, "3 May 2013", None, "soon", None],
        ["A4", "Data", "Open the new forum", None, "?", Look(fill="blue"), *nothing],
        ["A6", None, "x" * 1200, None, "ASAP", "in flux", *nothing],
    ]
    file = a_workbook(tmp_path / "old.xlsx", rows, head)
    before = live_rows(workspace)
    report = plan_actions_import(workspace, [file])
    assert [one.ref for one in report.files[0].added] == ["A1", "A2", "A3", "A4", "A6"]
    names = {(one.field, one.theirs): one.id for one in report.files[0].questions}
    assert set(names) == {
        ("objective", "1. Training"), ("objective", "Data"), ("lead", "Harbour Master"), ("lead_text", "tbc"),
        ("leads", "Harbour Master; Port Police"), ("status", "in flux"), ("new_action", "Open the new forum"),
    }  # fmt: skip
    answers = {names["status", "in flux"]: "in progress", names["leads", "Harbour Master; Port Police"]: "ours"}
    (done,) = apply_actions_import(workspace, [file], Wishes(Take.ALL, answers)).files
    by_ref = {row.ref: row for row in list_actions(workspace, every_action())}
    one = by_ref["A1"]
    assert (one.objective, one.lead, str(one.due), one.status) == (
        "1",
        "Harbour Master",
        "Spring 2014",
        "continuing",
    )
    assert (str(one.original_due), one.source, one.priority) == ("1 May 2013", "LG 3", "high")
    assert (str(by_ref["A2"].due), by_ref["A2"].status) == ("end Jan", "in_progress")
    assert (by_ref["A3"].objective, by_ref["A3"].status, by_ref["A3"].lead) == ("2", "continuing", None)
    assert (by_ref["A4"].status, str(by_ref["A4"].closed_on)) == ("done", "3 May 2013")
    assert len(by_ref["A6"].title) == 1000
    assert len(show_action(workspace, "A6").detail or "") == 1200
    assert {one.field for one in done.questions} == {"lead_text"}
    assert not faults(workspace.database)
    again = apply_actions_import(workspace, [file])
    assert not any(one.changed or one.added for one in again.files)
    undo(workspace)
    assert live_rows(workspace) == before
    apply_actions_import(workspace, [file], Wishes(Take.ALL, answers))
    back = {(row.title, row.status, row.lead, row.due) for row in list_actions(workspace, every_action())}
    assert back == {(row.title, row.status, row.lead, row.due) for row in by_ref.values()}
    assert not faults(workspace.database)


def test_new_rows_get_numbers_of_the_plan_and_twice_the_same_is_asked(wales: Workspace, tmp_path: Path) -> None:
    head = ("No.", "Action", "Lead", "BRAG", "Objective")
    rows = [
        (1, "Print the bilingual leaflet", "Bawso, AHTC", Look(fill="amber"), "4"),
        (2, "Print the bilingual leaflet", None, None, None),
    ]
    file = a_workbook(tmp_path / "log.xlsx", rows, head)
    (report,) = apply_actions_import(wales, [file], Wishes(answers={})).files
    assert [one.ref for one in report.added] == ["DP-45"]
    assert {one.field for one in report.questions} == {"new_action", "status_from_colour"}
    row = show_action(wales, "DP-45").row
    assert (row.lead, row.support, row.objective) == ("Bawso", ("Anti Human Trafficking Co-ordinator",), "4")
    assert "taken so" in report.warnings[0].reason


def test_the_day_of_an_update_is_the_one_that_the_file_gives_if_it_has_been(
    workspace: Workspace, tmp_path: Path
) -> None:
    rows = [
        ("A1", "Train the forces", "Two courses.", date(2013, 5, 3)),
        ("A2", "Print the leaflet", "Printed.", date(2033, 5, 3)),
    ]
    file = a_workbook(tmp_path / "old.xlsx", rows, ("Ref", "Action", "Update", "Update date"))
    apply_actions_import(workspace, [file])
    assert [day for (day,) in ask(workspace, "SELECT said_on FROM updates ORDER BY said_on")] == [
        "2013-05-03",
        "2013-12-31",
    ]


def test_an_action_with_two_names_for_one_reference_is_never_guessed(workspace: Workspace, tmp_path: Path) -> None:
    an_action(workspace, title="Train the forces")
    with workspace.database.write("add") as ledger:
        ledger.add("actions", {"ref": "DP 1", "title": "Print the leaflet"})
    file = a_workbook(tmp_path / "log.xlsx", [("dp1", "Something else", None, None, "Complete", None)])
    (report,) = apply_actions_import(workspace, [file]).files
    assert asked(report) == {("dp1", "new_action"): "Something else"}
