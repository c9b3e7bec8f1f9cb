"""Import of old action logs: new actions with the references of the file, and one question for each unknown name."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from ahtc_tui.domain.imports.report import ImportOptions, TakeMode
from ahtc_tui.services.actions.service import list_actions, show_action
from ahtc_tui.services.history import undo_step
from ahtc_tui.services.imports.actions.service import apply_actions_import, plan_actions_import
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.engine.integrity_check import find_faults
from tests.builders import make_action, query_rows, read_live_rows
from tests.services.exports.return_files import StyledValue, write_workbook
from tests.services.imports.import_reports import build_filter_for_all, list_questions


def test_an_old_log_is_imported_into_an_empty_workspace(workspace: Workspace, tmp_path: Path) -> None:
    headings = (
        "Ref", "Objective", "Action", "Lead", "Due", "Status", "Progress", "Date closed", "Priority", "Original due",
        "Source",
    )  # fmt: skip
    master, first, nothing = "Harbour Master", ["High", "1 May 2013", "LG 3"], [None] * 5
    rows: list[list[Any]] = [
        ["A1", "1. Training", "Train the forces", master, "Spring 2014", "Ongoing", "Two courses.", None, *first],
        ["A2", "1. Training", "Print the leaflet", master, "end Jan", "in flux", None, None, "x", None, None],
        ["A3", "Data", "Count the referrals", f"{master} / Port Police", "ongoing", None, *nothing],
        ["A4", "Data", "Close the old forum", "tbc", "when asked", None, None, "3 May 2013", None, "soon", None],
        ["A4", "Data", "Open the new forum", None, "?", StyledValue(fill="blue"), *nothing],
        ["A6", None, "x" * 1200, None, "ASAP", "in flux", *nothing],
    ]
    file = write_workbook(tmp_path / "old.xlsx", rows, headings)
    before = read_live_rows(workspace)
    planned = plan_actions_import(workspace, [file])
    assert [added.ref for added in planned.files[0].added] == ["A1", "A2", "A3", "A4", "A6"]
    ids = {(question.field, question.theirs): question.id for question in planned.files[0].questions}
    assert set(ids) == {
        ("objective", "1. Training"), ("objective", "Data"), ("lead", "Harbour Master"), ("lead_text", "tbc"),
        ("lead", "Port Police"), ("status", "in flux"), ("new_action", "Open the new forum"),
    }  # fmt: skip
    answers = {ids["status", "in flux"]: "in progress", ids["lead", "Port Police"]: "nobody"}
    (final_report,) = apply_actions_import(workspace, [file], ImportOptions(TakeMode.ALL, answers)).files
    by_ref = {row.ref: row for row in list_actions(workspace, build_filter_for_all())}
    action = by_ref["A1"]
    assert (action.objective, action.lead, str(action.due), action.status) == (
        "1",
        "Harbour Master",
        "Spring 2014",
        "continuing",
    )
    assert (str(action.original_due), action.source, action.priority) == ("1 May 2013", "LG 3", "high")
    assert (str(by_ref["A2"].due), by_ref["A2"].status) == ("end Jan", "in_progress")
    assert (by_ref["A3"].objective, by_ref["A3"].status, by_ref["A3"].lead) == ("2", "continuing", "Harbour Master")
    assert (by_ref["A4"].status, str(by_ref["A4"].closed_on)) == ("done", "3 May 2013")
    assert len(by_ref["A6"].title) == 1000
    assert len(show_action(workspace, "A6").detail or "") == 1200
    assert {question.field for question in final_report.questions} == {"lead_text"}
    assert not find_faults(workspace.database)
    second_report = apply_actions_import(workspace, [file])
    assert not any(file.changed or file.added for file in second_report.files)
    undo_step(workspace)
    assert read_live_rows(workspace) == before
    apply_actions_import(workspace, [file], ImportOptions(TakeMode.ALL, answers))
    restored = {(row.title, row.status, row.lead, row.due) for row in list_actions(workspace, build_filter_for_all())}
    assert restored == {(row.title, row.status, row.lead, row.due) for row in by_ref.values()}
    assert not find_faults(workspace.database)


def test_new_rows_get_references_and_repeated_rows_are_asked_about(wales: Workspace, tmp_path: Path) -> None:
    headings = ("No.", "Action", "Lead", "BRAG", "Objective")
    rows = [
        (1, "Print the bilingual leaflet", "Bawso, AHTC", StyledValue(fill="amber"), "4"),
        (2, "Print the bilingual leaflet", None, None, None),
    ]
    file = write_workbook(tmp_path / "log.xlsx", rows, headings)
    (report,) = apply_actions_import(wales, [file], ImportOptions(answers={})).files
    assert [added.ref for added in report.added] == ["DP-45"]
    assert {question.field for question in report.questions} == {"new_action", "status_from_colour"}
    row = show_action(wales, "DP-45").row
    assert (row.lead, row.support, row.objective) == ("Bawso", ("Anti Human Trafficking Co-ordinator",), "4")
    assert "This was done" in report.warnings[0].reason


def test_an_update_has_the_day_of_the_file_unless_it_is_in_the_future(workspace: Workspace, tmp_path: Path) -> None:
    rows = [
        ("A1", "Train the forces", "Two courses.", date(2013, 5, 3)),
        ("A2", "Print the leaflet", "Printed.", date(2033, 5, 3)),
    ]
    file = write_workbook(tmp_path / "old.xlsx", rows, ("Ref", "Action", "Update", "Update date"))
    apply_actions_import(workspace, [file])
    assert [day for (day,) in query_rows(workspace, "SELECT said_on FROM updates ORDER BY said_on")] == [
        "2013-05-03",
        "2013-12-31",
    ]


def test_an_ambiguous_reference_is_asked_about(workspace: Workspace, tmp_path: Path) -> None:
    make_action(workspace, title="Train the forces")
    with workspace.database.write("add") as ledger:
        ledger.add("actions", {"ref": "DP 1", "title": "Print the leaflet"})
    file = write_workbook(tmp_path / "log.xlsx", [("dp1", "Something else", None, None, "Complete", None)])
    (report,) = apply_actions_import(workspace, [file]).files
    assert list_questions(report) == {("dp1", "new_action"): "Something else"}


def test_words_under_last_update_are_the_updates(workspace: Workspace, tmp_path: Path) -> None:
    rows = [
        ["Brief the new points of contact", "Met the four forces in November"],
        ["Write the leaflet for health boards", "The draft is with the printer"],
    ]
    file = write_workbook(tmp_path / "log.xlsx", rows, ("Action", "Last update"))
    apply_actions_import(workspace, [file])
    updates = {row.latest_update for row in list_actions(workspace, build_filter_for_all())}
    assert updates == {"Met the four forces in November", "The draft is with the printer"}


def test_an_answer_may_name_a_post_that_an_earlier_answer_adds(workspace: Workspace, tmp_path: Path) -> None:
    rows = [["Train the forces", "Harbour Master"], ["Print the leaflet", "tbc"]]
    file = write_workbook(tmp_path / "log.xlsx", rows, ("Action", "Lead"))
    ids = {question.theirs: question.id for question in plan_actions_import(workspace, [file]).files[0].questions}
    answers = {ids["Harbour Master"]: "theirs", ids["tbc"]: "harbour master"}
    apply_actions_import(workspace, [file], ImportOptions(answers=answers))
    leads = [row.lead for row in list_actions(workspace, build_filter_for_all())]
    assert leads == ["Harbour Master", "Harbour Master"]
    assert query_rows(workspace, "SELECT count(*) FROM parties WHERE name = 'Harbour Master'") == [(1,)]


def test_words_in_every_date_column_are_planned_shown_and_kept(workspace: Workspace, tmp_path: Path) -> None:
    headings = ("Ref", "Action", "Due", "Status", "Progress", "Date of update", "Date closed", "Original due")
    rows: list[list[Any]] = [
        ["A1", "Train the forces", "after the audit", "Done", "Two courses.", "early May", "with Gwent", "30 Nov"],
        ["A2", "Print the leaflet", None, "Done", None, "by telephone", "4 March 2031", "soon"],
    ]
    file = write_workbook(tmp_path / "old.xlsx", rows, headings)
    (planned,) = plan_actions_import(workspace, [file]).files
    assert [added.values["progress"] for added in planned.added] == [
        "Date closed: with Gwent; early May: Two courses.",
        "Date closed: 4 March 2031; Date of update: by telephone",
    ]
    apply_actions_import(workspace, [file])
    first, second = show_action(workspace, "A1"), show_action(workspace, "A2")
    assert {update.text for update in first.updates} == {"Date closed: with Gwent", "early May: Two courses."}
    assert {update.text for update in second.updates} == {"Date closed: 4 March 2031", "Date of update: by telephone"}
    assert (str(first.row.due), str(first.row.original_due)) == ("after the audit", "30 Nov")
    assert str(second.row.original_due) == "soon"
    (again,) = apply_actions_import(workspace, [file]).files
    assert (again.changed, again.added) == ((), ())


def test_an_update_of_an_action_that_is_here_has_the_day_of_its_row(wales: Workspace, tmp_path: Path) -> None:
    headings = ("Ref", "Progress", "Date of update")
    rows = [["DP-13", "Two courses held.", "14/11/2013"], ["DP-17", "One course held.", "May 2013"]]
    apply_actions_import(wales, [write_workbook(tmp_path / "log.xlsx", rows, headings)])
    days = {update.text: update.said_on for ref in ("DP-13", "DP-17") for update in show_action(wales, ref).updates}
    assert days["Two courses held."] == date(2013, 11, 14)
    assert days["May 2013: One course held."] == wales.today()


def test_words_under_closed_on_become_an_update_of_the_action_that_is_here(wales: Workspace, tmp_path: Path) -> None:
    file = write_workbook(tmp_path / "log.xlsx", [["DP-13", "at the May meeting"]], ("Ref", "Closed on"))
    (planned,) = plan_actions_import(wales, [file]).files
    assert [(change.field, change.now) for change in planned.changed] == [("progress", "Closed on: at the May meeting")]
    apply_actions_import(wales, [file])
    assert "Closed on: at the May meeting" in {update.text for update in show_action(wales, "DP-13").updates}
