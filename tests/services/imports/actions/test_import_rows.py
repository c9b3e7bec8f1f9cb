"""Import of single rows and cells of action logs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ahtc_tui.domain.errors import BadFile, BadInput, Cancelled
from ahtc_tui.domain.imports.report import ImportOptions, TakeMode
from ahtc_tui.domain.running_job import RunningJob, run_as_job
from ahtc_tui.services.actions.service import list_actions, show_action
from ahtc_tui.services.history import undo_step
from ahtc_tui.services.imports.actions.service import apply_actions_import, plan_actions_import
from ahtc_tui.services.progress import ProgressHooks
from ahtc_tui.services.workspace import Workspace
from tests.builders import query_rows
from tests.services.exports.return_files import StyledValue, write_workbook
from tests.services.imports.import_reports import (
    build_filter_for_all,
    find_question_id,
    list_changes,
    list_questions,
    read_title,
)

ODD_CELLS: list[tuple[str, str, Any, str, str | None]] = [
    ("Status", "DP-17", "Amber", "changed", "A"),
    ("BRAG", "DP-17", "R Red", "asked", "R"),
    ("BRAG", "DP-17", "Complete", "changed", "proposed_complete"),
    ("Status", "DP-17", "who knows", "asked", "who knows"),
    ("Status", "DP-17", "Open", "same", None),
    ("Status", "DP-13", "Open", "asked", "Open"),
    ("Status", "DP-17", True, "asked", "done"),
    ("Complete?", "DP-17", True, "changed", "proposed_complete"),
    ("Completed (Y/N)", "DP-17", "Y", "changed", "proposed_complete"),
    ("Status", "DP-17", "yes", "asked", "done"),
    ("Status", "DP-17", "Closed?", "asked", "done"),
    ("Status", "DP-17", "slipped", "asked", "slipped"),
    ("Status", "DP-36", "on track", "asked", "on track"),
    ("Status", "DP-13", "on track", "asked", "on track"),
    ("RAG", "DP-17", "on track", "changed", "G"),
    ("Due", "DP-17", "soon, 5 May 2014 or so", "asked", "soon, 5 May 2014 or so"),
    ("Due", "DP-17", "32/13/2014", "asked", "32/13/2014"),
    ("Due", "DP-17", "31 January 1914", "asked", "31 January 1914"),
    ("Closed", "DP-17", "1 January 2015", "asked", "1 January 2015"),
    ("Closed", "DP-13", "1 January 2015", "asked", "1 January 2015"),
    ("Due", "DP-17", "ongoing", "asked", "ongoing"),
    ("Due", "DP-03", "ongoing", "same", None),
    ("Lead", "DP-17", "JF", "asked", "JF"),
    ("Lead", "DP-17", "Gwent SPOC", "asked", "Gwent SPOC"),
    ("Lead", "DP-17", "Mohammed Mehmett", "asked", "Mohammed Mehmett"),
    ("Lead", "DP-17", "Nobody We Know", "asked", "Nobody We Know"),
    ("Lead", "DP-17", "Bawso", "asked", "Bawso"),
    ("Support", "DP-17", "Bawso; Nobody We Know", "asked", "Bawso; Nobody We Know"),
    ("Support", "DP-17", "New Pathways; Bawso", "asked", "New Pathways; Bawso"),
    ("Support", "DP-06", "Senior Research Officer", "same", None),
    ("Evidence", "DP-17", "Minutes of 3 May", "changed", "Minutes of 3 May"),
    ("Objective", "DP-17", "Objective 4", "same", None),
    ("Objective", "DP-17", "5", "asked", "5"),
    ("Objective", "DP-17", "Another one", "asked", "Another one"),
    ("Closed", "DP-17", "3 May 2013", "asked", "2013-05-03"),
    ("Closed", "DP-13", "3 May 2013", "asked", "2013-05-03"),
    ("Closed", "DP-13", "long ago", "changed", "Closed: long ago"),
    ("Progress", "DP-17", StyledValue("Done in May", struck=True), "asked", "Done in May"),
    ("Progress", "DP-17", "–", "same", None),
    ("Comments", "DP-17", "To be raised", "changed", "To be raised"),
]


@pytest.mark.sample(8)
@pytest.mark.parametrize(("heading", "ref", "value", "outcome", "expected"), ODD_CELLS)
def test_each_kind_of_cell_is_taken_asked_about_or_kept(
    wales: Workspace, tmp_path: Path, heading: str, ref: str, value: Any, outcome: str, expected: str | None
) -> None:
    file = write_workbook(tmp_path / "log.xlsx", [(ref, read_title(wales, ref), value)], ("Ref", "Action", heading))
    (report,) = apply_actions_import(wales, [file]).files
    assert [change.now for change in report.changed] == ([expected] if outcome == "changed" else [])
    assert [question.theirs for question in report.questions] == ([expected] if outcome == "asked" else [])
    assert report.unchanged == (outcome == "same")


def test_taking_an_unknown_lead_adds_a_post_to_be_confirmed(wales: Workspace, tmp_path: Path) -> None:
    file = write_workbook(tmp_path / "log.xlsx", [("DP-17", None, "Harbour Master", None, None, None)])
    apply_actions_import(wales, [file], ImportOptions(TakeMode.ALL))
    row = show_action(wales, "DP-17").row
    assert (row.lead, row.lead_kind) == ("Harbour Master", "post")
    assert query_rows(wales, "SELECT note FROM parties WHERE name = 'Harbour Master'") == [
        ("To be confirmed: named in log.xlsx",)
    ]


def test_a_struck_through_row_asks_about_cancelling(wales: Workspace, tmp_path: Path) -> None:
    struck = StyledValue(read_title(wales, "DP-17"), struck=True)
    file = write_workbook(tmp_path / "log.xlsx", [("DP-17", struck, None, None, None, None)])
    (report,) = apply_actions_import(wales, [file]).files
    assert list_questions(report) == {("DP-17", "struck"): "cancelled"}


def test_a_row_on_a_closed_sheet_only_is_asked_about(wales: Workspace, tmp_path: Path) -> None:
    file = write_workbook(
        tmp_path / "log.xlsx",
        [("DP-18", read_title(wales, "DP-18"))],
        Completed=[("DP-17", read_title(wales, "DP-17"))],
    )
    (report,) = apply_actions_import(wales, [file], ImportOptions(TakeMode.ALL)).files
    assert list_changes(report) == {("DP-17", "status_from_sheet", "proposed_complete")}


def test_a_row_matched_by_title_only_is_asked_about(wales: Workspace, tmp_path: Path) -> None:
    file = write_workbook(
        tmp_path / "log.xlsx",
        [
            (None, read_title(wales, "DP-17"), None, None, "Complete", "First meeting held."),
            (7, read_title(wales, "DP-18"), None, None, "In progress", None),
            (None, read_title(wales, "DP-20") + " soon", None, None, None, None),
        ],
    )
    (report,) = plan_actions_import(wales, [file]).files
    assert set(list_questions(report)) == {("DP-17", "status"), ("DP-17", "progress"), (None, "new_action")}
    assert not report.added
    names = {question.field: question.id for question in report.questions}
    answers = {names["new_action"]: "dp 20", names["progress"]: "both"}
    (report,) = apply_actions_import(wales, [file], ImportOptions(answers=answers)).files
    assert list_changes(report) == {("DP-17", "progress", "First meeting held.")}
    assert set(list_questions(report)) == {("DP-17", "status"), ("DP-20", "title")}


def test_a_reference_and_title_of_two_actions_are_asked_about(wales: Workspace, tmp_path: Path) -> None:
    file = write_workbook(
        tmp_path / "log.xlsx", [("DP-17", read_title(wales, "DP-22"), None, None, "Complete", "Agreed.")]
    )
    report = apply_actions_import(wales, [file])
    assert list_questions(report.files[0]) == {("DP-17", "reference"): read_title(wales, "DP-22")}
    assert not report.files[0].changed
    (right,) = apply_actions_import(
        wales, [file], ImportOptions(answers={find_question_id(report, "reference"): "DP-22"})
    ).files
    assert list_changes(right) == {("DP-22", "status", "proposed_complete"), ("DP-22", "progress", "Agreed.")}


def test_an_unknown_reference_is_asked_about(wales: Workspace, tmp_path: Path) -> None:
    rows = [("DP-17", read_title(wales, "DP-17")), ("DP-99", "Print the leaflet"), ("DP-98", None)]
    file = write_workbook(tmp_path / "log.xlsx", rows)
    report = plan_actions_import(wales, [file])
    assert list_questions(report.files[0]) == {("DP-99", "new_action"): "Print the leaflet"}
    assert "DP-98" in report.files[0].warnings[0].reason
    (taken,) = apply_actions_import(
        wales, [file], ImportOptions(answers={find_question_id(report, "new_action"): "theirs"})
    ).files
    assert [added.ref for added in taken.added] == ["DP-99"]


def test_case_data_is_reported_as_a_warning(wales: Workspace, tmp_path: Path) -> None:
    rows = [("DP-17", read_title(wales, "DP-17"), "12/03/1990", "Met; NRM ref 4711 is with the force.")]
    file = write_workbook(tmp_path / "log.xlsx", rows, ("Ref", "Action", "Date of birth", "Progress"))
    (report,) = plan_actions_import(wales, [file]).files
    reasons = " ".join(warning.reason for warning in report.warnings)
    assert "a date of birth" in reasons
    assert "an NRM number" in reasons


@pytest.mark.long
def test_column_mappings_are_remembered(wales: Workspace, tmp_path: Path) -> None:
    headings = ("Ref", "Action", "Where we are with it", "Date")
    rows = [("DP-17", read_title(wales, "DP-17"), "Draft written.", "x")]
    file = write_workbook(tmp_path / "log.xlsx", rows, headings)
    (report,) = plan_actions_import(wales, [file]).files
    assert not report.changed
    assert [(column.field, column.confidence) for column in report.columns][:3] == [
        ("ref", 95),
        ("title", 95),
        (None, 0),
    ]
    columns = {"Where we are with it": "update", "Date": ""}
    (report,) = apply_actions_import(wales, [file], columns=columns).files
    assert list_changes(report) == {("DP-17", "progress", "Draft written.")}
    rows = [("DP-18", read_title(wales, "DP-18"), "Venue found.", "x")]
    later = write_workbook(tmp_path / "later.xlsx", rows, headings)
    (report,) = apply_actions_import(wales, [later]).files
    assert list_changes(report) == {("DP-18", "progress", "Venue found.")}
    assert (report.columns[2].field, report.columns[2].confidence) == ("update", 100)
    apply_actions_import(wales, [later], columns={"Where we are with it": "evidence"})
    undo_step(wales)
    undo_step(wales)
    undo_step(wales)
    apply_actions_import(wales, [later], columns=columns)
    with pytest.raises(BadInput, match="cannot mean"):
        plan_actions_import(wales, [file], columns={"Date": "birthday"})


@pytest.mark.long
def test_a_long_import_reports_progress_and_can_be_cancelled(workspace: Workspace, tmp_path: Path) -> None:
    rows = [(f"A-{n}", f"Synthetic action {n}") for n in range(1200)]
    file = write_workbook(tmp_path / "log.xlsx", rows)
    progress: list[tuple[int, int]] = []
    plan_actions_import(
        workspace, [file], hooks=ProgressHooks(lambda completed, total: progress.append((completed, total)))
    )
    assert (500, 1200) in progress
    assert progress[-1] == (1200, 1200)
    job = RunningJob()
    hooks = ProgressHooks(lambda _completed, _total: setattr(job, "is_stopped", True))
    with run_as_job(job), pytest.raises(Cancelled):
        apply_actions_import(workspace, [file], hooks=hooks)
    assert not list_actions(workspace, build_filter_for_all())


def test_an_import_without_files_or_tables_is_refused(wales: Workspace, tmp_path: Path) -> None:
    with pytest.raises(BadFile):
        plan_actions_import(wales, [])
    empty = tmp_path / "empty.csv"
    empty.write_text("", encoding="utf-8")
    with pytest.raises(BadFile):
        plan_actions_import(wales, [empty])


def test_two_files_that_agree_make_one_change_and_one_update(wales: Workspace, tmp_path: Path) -> None:
    rows = [("DP-17", read_title(wales, "DP-17"), None, None, "Complete", "Launched.")]
    files = [write_workbook(tmp_path / f"{name}.xlsx", rows) for name in ("one", "two")]
    report = apply_actions_import(wales, files)
    assert report.open_question_count == 0
    assert len(show_action(wales, "DP-17").updates) == 1
    assert show_action(wales, "DP-17").row.status == "proposed_complete"


def test_dates_that_a_field_cannot_have_are_never_written(wales: Workspace, tmp_path: Path) -> None:
    rows = [
        ("DP-17", read_title(wales, "DP-17"), "31 January 1914", "", ""),
        ("DP-13", read_title(wales, "DP-13"), "", "Done", "1 January 2015"),
        ("", "Ask for a room", "31 January 1914", "Done", "1 January 2015"),
        ("", "Ask for a speaker", "31/01/1914", "", ""),
    ]
    file = write_workbook(tmp_path / "log.xlsx", rows, ("Ref", "Action", "Due", "Status", "Date closed"))
    before = show_action(wales, "DP-13").row.closed_on
    (report,) = apply_actions_import(wales, [file], ImportOptions(TakeMode.ALL)).files
    assert {warning.cell.rpartition("!")[2] for warning in report.warnings} >= {"C4", "E4", "C5"}
    rows_now = list_actions(wales, build_filter_for_all())
    assert not [row.ref for row in rows_now if row.due and row.due.has_day and row.due.latest.year < 1990]
    assert not [row.ref for row in rows_now if row.closed_on and row.closed_on.latest > wales.today()]
    assert show_action(wales, "DP-13").row.closed_on == before


@pytest.mark.parametrize(
    ("typed", "marking", "warning"),
    [
        ("RESTRICTED", "official-sensitive", '"RESTRICTED" is handled as OFFICIAL-SENSITIVE'),
        ("PROTECT - POLICY", "official-sensitive", '"PROTECT - POLICY" is handled as OFFICIAL-SENSITIVE'),
        ("SECRET", "official-sensitive", '"SECRET" is handled as OFFICIAL-SENSITIVE'),
        ("Unclassified", "official", '"Unclassified" is handled as OFFICIAL'),
        ("OFFICIAL-SENSITIVE", "official-sensitive", None),
        ("Official", "official", None),
    ],
)
def test_a_new_action_has_the_marking_of_its_row(
    wales: Workspace, tmp_path: Path, typed: str, marking: str, warning: str | None
) -> None:
    file = tmp_path / "log.csv"
    file.write_text(f"Action,Lead,Protective marking\nPrint the leaflet,AHTC,{typed}\n")
    report = apply_actions_import(wales, [file])
    assert [entry.reason for entry in report.files[0].warnings] == ([warning] if warning else [])
    assert show_action(wales, "DP-45").row.marking == marking


def test_a_row_marked_higher_than_its_action_is_a_warning(wales: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "log.csv"
    file.write_text(f"Ref,Action,Protective marking\nDP-17,{read_title(wales, 'DP-17')},RESTRICTED\n")
    report = apply_actions_import(wales, [file])
    assert [(entry.ref, entry.reason) for entry in report.files[0].warnings] == [
        ("DP-17", 'the row is marked "RESTRICTED", the action OFFICIAL')
    ]
    assert show_action(wales, "DP-17").row.marking == "official"
