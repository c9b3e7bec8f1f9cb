"""Returns: an owner proposes and the group closes. Each damaged return is generated with the answer that is right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ahtc_tui.domain.actions.filters import ActionFilter, ActionScope
from ahtc_tui.domain.imports.report import FileReport, ImportOptions, TakeMode
from ahtc_tui.services.actions.service import close_action, edit_action, list_actions, show_action
from ahtc_tui.services.exports.action_log import export_actions
from ahtc_tui.services.imports.actions.service import apply_actions_import, plan_actions_import
from ahtc_tui.services.workspace import Workspace
from tests.builders import make_action_draft
from tests.services.exports.return_files import StyledValue, edit_workbook, write_return, write_workbook
from tests.services.imports.import_reports import build_filter_for_all, list_changes, list_questions, read_title

CONTINUING, IN_PROGRESS = "DP-44", "DP-17"
CLOSING_CELLS: list[tuple[str, Any]] = [
    ("Status", "Done"),
    ("Status", "Complete"),
    ("Status", "Closed"),
    ("Status", "100 %"),
    ("Status", "Cancelled"),
    ("Status", "Wedi cwblhau"),
    ("Status", "Wedi’i gau"),
    ("Status", "Wedi'i ganslo"),
    ("Status", "Completed 13/11/2013"),
    ("BRAG", "Complete"),
    ("BRAG", "Wedi'i gwblhau"),
    ("% complete", 1),
    ("Complete?", "Y"),
]


def export_return(workspace: Workspace, folder: Path, ref: str) -> Path:
    """Export the return that has an action."""
    return write_return(workspace, folder / "out", ref)


@pytest.mark.sample(12)
@pytest.mark.parametrize("ref", [CONTINUING, IN_PROGRESS])
@pytest.mark.parametrize(("heading", "value"), CLOSING_CELLS)
def test_a_closed_status_of_an_own_list_proposes_to_close(
    wales: Workspace, tmp_path: Path, heading: str, value: Any, ref: str
) -> None:
    file = write_workbook(tmp_path / "log.xlsx", [(ref, read_title(wales, ref), value)], ("Ref", "Action", heading))
    (report,) = apply_actions_import(wales, [file], ImportOptions(TakeMode.ALL)).files
    assert ("status", "proposed_complete") in {(change.field, change.now) for change in report.changed}
    row = show_action(wales, ref).row
    assert (row.status, row.closed_on) == ("proposed_complete", None)


@pytest.mark.sample(12)
@pytest.mark.parametrize(
    ("heading", "value"), [cell for cell in CLOSING_CELLS if cell[0] in ("Status", "BRAG")] + [("BRAG", "B Blue")]
)
def test_a_closed_status_of_a_sent_workbook_never_closes(
    wales: Workspace, tmp_path: Path, heading: str, value: Any
) -> None:
    file = export_return(wales, tmp_path, CONTINUING)
    edit_workbook(file, {(CONTINUING, heading): value})
    apply_actions_import(wales, [file], ImportOptions(TakeMode.ALL))
    row = show_action(wales, CONTINUING).row
    assert row.is_open
    assert (row.status == "proposed_complete") == (value != "B Blue")


@pytest.mark.parametrize("status", ["done", "cancelled"])
def test_a_first_log_brings_closed_actions_in_as_closed(workspace: Workspace, tmp_path: Path, status: str) -> None:
    rows = [("A1", "Train the forces", status), ("A2", "Print the leaflet", "In progress")]
    file = write_workbook(tmp_path / "log.xlsx", rows, ("Ref", "Action", "Status"))
    apply_actions_import(workspace, [file])
    assert {row.ref: str(row.status) for row in list_actions(workspace, build_filter_for_all())} == {
        "A1": status,
        "A2": "in_progress",
    }
    again = apply_actions_import(workspace, [file]).files[0]
    assert (again.changed, again.questions) == ((), ())


def test_a_cancelled_action_is_named(wales: Workspace, tmp_path: Path) -> None:
    file = write_workbook(tmp_path / "log.xlsx", [("DP-17", None, None, None, "Cancelled", None)])
    (report,) = plan_actions_import(wales, [file]).files
    assert [(warning.ref, warning.reason) for warning in report.warnings] == [
        ("DP-17", "returned as cancelled, and proposed complete until the group decides")
    ]


REOPENING = ("In progress", "Ongoing", "Cancelled", "On hold")


@pytest.mark.sample(4)
@pytest.mark.parametrize("words", REOPENING)
def test_a_closed_action_is_changed_by_an_answer_only(wales: Workspace, tmp_path: Path, words: str) -> None:
    close_action(wales, "DP-17")
    export_actions(wales, tmp_path / "log.xlsx", ActionFilter(which=ActionScope.ALL))
    edit_workbook(tmp_path / "log.xlsx", {("DP-17", "Status"): words})
    (report,) = apply_actions_import(wales, [tmp_path / "log.xlsx"]).files
    assert not report.changed
    assert [(question.ref, question.field) for question in report.questions] == [("DP-17", "status")]


def test_a_closed_status_that_was_sent_and_reopened_here_is_kept(wales: Workspace, tmp_path: Path) -> None:
    close_action(wales, "DP-17")
    export_actions(wales, tmp_path / "log.xlsx", ActionFilter(which=ActionScope.ALL))
    edit_action(wales, "DP-17", make_action_draft(status="in_progress"))
    (report,) = apply_actions_import(wales, [tmp_path / "log.xlsx"]).files
    assert (report.changed, report.questions) == ((), ())
    assert show_action(wales, "DP-17").row.status == "in_progress"


GROUP_CELLS: list[tuple[str, str, Any, str]] = [
    ("returns", "Action", "A title of my own", "title"),
    ("returns", "Objective", "5", "objective"),
    ("returns", "Objective", "Something new", "objective"),
    ("returns", "Support", "Bawso", "support"),
    ("returns", "Due", date(2014, 6, 1), "due"),
    ("returns", "Due", "end of June 2014", "due_text"),
    ("returns", "Proposed date", date(2014, 6, 1), "due"),
    ("returns", "Proposed date", "1 June 2014", "due"),
    ("returns", "Ref", "ZZ-99", "reference"),
    ("returns", "Ref", "my own 7", "reference"),
    ("actions", "Action", "A title of my own", "title"),
    ("actions", "Objective", "5", "objective"),
    ("actions", "Lead", "Bawso", "lead"),
    ("actions", "Due", date(2014, 6, 1), "due"),
    ("actions", "Ref", "ZZ-99", "reference"),
]


@pytest.mark.sample(15)
@pytest.mark.parametrize(("how", "heading", "value", "field"), GROUP_CELLS)
def test_what_the_group_agreed_is_asked_about(
    wales: Workspace, tmp_path: Path, how: str, heading: str, value: Any, field: str
) -> None:
    file = tmp_path / "log.xlsx"
    if how == "returns":
        file = export_return(wales, tmp_path, CONTINUING)
    else:
        export_actions(wales, file, ActionFilter())
    edit_workbook(file, {(CONTINUING, heading): value})
    (report,) = apply_actions_import(wales, [file]).files
    assert report.changed == ()
    assert [(question.ref, question.field) for question in report.questions] == [(CONTINUING, field)]


def test_due_and_proposed_date_are_both_asked_about(wales: Workspace, tmp_path: Path) -> None:
    file = export_return(wales, tmp_path, CONTINUING)
    edit_workbook(file, {(CONTINUING, "Due"): date(2014, 6, 1), (CONTINUING, "Proposed date"): date(2014, 7, 1)})
    (report,) = apply_actions_import(wales, [file]).files
    assert [question.theirs for question in report.questions] == ["2014-07-01", "2014-06-01"]


@pytest.mark.sample(3)
@pytest.mark.parametrize(("colour", "brag"), [("red", "R"), ("amber", "A"), ("green", "G")])
def test_a_colour_on_an_empty_brag_cell_beside_a_status_is_asked_about(
    wales: Workspace, tmp_path: Path, colour: str, brag: str
) -> None:
    file = export_return(wales, tmp_path, CONTINUING)
    edit_workbook(file, {(CONTINUING, "BRAG"): StyledValue(fill=colour)})
    (report,) = apply_actions_import(wales, [file]).files
    assert [(question.ref, question.field) for question in report.questions] == [(CONTINUING, "status_from_colour")]
    apply_actions_import(wales, [file], ImportOptions(TakeMode.ALL))
    assert show_action(wales, CONTINUING).row.brag == brag


@pytest.mark.sample(3)
@pytest.mark.parametrize("heading", ["Status", "BRAG", "Your update"])
def test_the_tint_of_a_cleared_cell_is_no_rating(wales: Workspace, tmp_path: Path, heading: str) -> None:
    file = export_return(wales, tmp_path, CONTINUING)
    edit_workbook(file, {(CONTINUING, heading): None})
    (report,) = apply_actions_import(wales, [file]).files
    assert (report.changed, report.questions) == ((), ())


NEW_ROWS: list[tuple[Any, ...]] = [
    (None, "Visit the harbour at Holyhead", "Planned"),
    ("new", "Share the referral form", "Complete"),
    ("DP-99", "Print the leaflet", "Wedi cwblhau"),
    (99, "Count the referrals", "Cancelled"),
]


@pytest.mark.sample(2)
@pytest.mark.parametrize("row", NEW_ROWS)
def test_a_new_row_of_a_return_is_asked_about_and_not_closed(
    wales: Workspace, tmp_path: Path, row: tuple[Any, ...]
) -> None:
    rows = [("DP-17", read_title(wales, "DP-17"), None), row]
    file = write_workbook(tmp_path / "log.xlsx", rows, ("Ref", "Action", "Status"))
    (report,) = plan_actions_import(wales, [file]).files
    assert report.added == ()
    assert [(question.field, question.theirs) for question in report.questions] == [("new_action", row[1])]
    (taken,) = apply_actions_import(wales, [file], ImportOptions(TakeMode.ALL)).files
    assert [added.values["status"] in ("planned", "proposed_complete") for added in taken.added] == [True]


def test_a_new_row_beside_rows_without_references_is_asked_about(wales: Workspace, tmp_path: Path) -> None:
    rows = [(read_title(wales, ref), None) for ref in ("DP-17", "DP-18")] + [("Visit the harbour", "Planned")]
    file = write_workbook(tmp_path / "log.xlsx", rows, ("Action", "Status"))
    (report,) = plan_actions_import(wales, [file]).files
    assert report.added == ()
    assert [question.field for question in report.questions] == ["new_action"]


def test_a_return_of_another_office_adds_nothing_unasked(
    open_world: Callable[[str], Workspace], tmp_path: Path
) -> None:
    file = export_return(open_world("wales"), tmp_path, CONTINUING)
    (report,) = apply_actions_import(open_world("empty"), [file]).files
    assert (report.added, {question.field for question in report.questions}) == ((), {"new_action"})


NO_UPDATES = (
    "No change", "no change.", "No update", "Nothing to report", "Nil return", "As before", "Unchanged",
    "No change since last quarter", "No further update", "Dim newid", "Dim diweddariad", "Dim i'w adrodd", "Heb newid",
)  # fmt: skip
REAL_UPDATES = (
    "No change to the budget", "Nothing to report to the group until May", "No progress", "The changes were agreed",
)  # fmt: skip


@pytest.mark.sample(15)
@pytest.mark.parametrize("words", [*NO_UPDATES, *REAL_UPDATES])
def test_only_words_that_say_something_are_an_update(wales: Workspace, tmp_path: Path, words: str) -> None:
    file = export_return(wales, tmp_path, CONTINUING)
    edit_workbook(file, {(CONTINUING, "Your update"): words})
    (report,) = plan_actions_import(wales, [file]).files
    assert (not report.changed) == (words in NO_UPDATES)


def import_two(workspace: Workspace, folder: Path, *rows: Sequence[Any]) -> tuple[FileReport, ...]:
    """Send the return with the action of the first row, then import lists of the leads' own with a row each."""
    write_return(workspace, folder / "out", str(rows[0][0]))
    files = [write_workbook(folder / f"list{number}.xlsx", [row]) for number, row in enumerate(rows)]
    return apply_actions_import(workspace, files).files


OPPOSED = (("Complete", "In progress"), ("On hold", "In progress"), ("Done", "Cancelled"))


@pytest.mark.sample(3)
@pytest.mark.parametrize("words", OPPOSED)
def test_two_returns_that_disagree_are_asked_about_after_an_export(
    wales: Workspace, tmp_path: Path, words: tuple[str, str]
) -> None:
    title = read_title(wales, "DP-17")
    reports = import_two(wales, tmp_path, *[("DP-17", title, None, None, status, None) for status in words])
    assert not [change for report in reports for change in report.changed if change.field == "status"]
    assert [{question.field for question in report.questions} for report in reports] == [{"status"}, {"status"}]


@pytest.mark.sample(3)
@pytest.mark.parametrize("lead", ["AHTC / Bawso", "AHTC / Peter Nobody", "AHTC & Bawso"])
def test_two_owners_are_asked_about_after_an_export(wales: Workspace, tmp_path: Path, lead: str) -> None:
    (report,) = import_two(wales, tmp_path, ("DP-38", read_title(wales, "DP-38"), lead, None, None, None))
    assert list(list_questions(report)) == [("DP-38", "leads")]


@pytest.mark.sample(3)
@pytest.mark.parametrize("sheet", ["Closed", "Completed", "Archive", "Ar gau", "Camau caeedig", "Finished"])
def test_the_status_of_an_action_on_two_sheets_is_not_applied(wales: Workspace, tmp_path: Path, sheet: str) -> None:
    title = read_title(wales, "DP-17")
    more_sheets: Any = {sheet: [("DP-17", title, None, None, "Complete", None)]}
    file = write_workbook(tmp_path / "log.xlsx", [("DP-17", title, None, None, "On hold", None)], **more_sheets)
    (report,) = apply_actions_import(wales, [file]).files
    assert list_changes(report) == set()
    assert {question.field for question in report.questions} == {"sheet_conflict", "status"}


def test_a_struck_row_and_a_closing_day_only_propose(wales: Workspace, tmp_path: Path) -> None:
    struck = StyledValue(read_title(wales, "DP-17"), struck=True)
    headings = ("Ref", "Action", "Status", "Date closed")
    rows = [
        ("DP-17", struck, None, None),
        ("DP-18", read_title(wales, "DP-18"), None, date(2013, 5, 3)),
        ("DP-20", read_title(wales, "DP-20"), "Done", date(2013, 5, 3)),
    ]
    file = write_workbook(tmp_path / "log.xlsx", rows, headings)
    (report,) = apply_actions_import(wales, [file], ImportOptions(TakeMode.ALL)).files
    assert [show_action(wales, ref).row.status for ref in ("DP-17", "DP-18", "DP-20")] == ["proposed_complete"] * 3
    assert ("DP-20", "closed_on") in {(warning.ref, warning.field) for warning in report.warnings}
