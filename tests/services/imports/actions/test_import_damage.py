"""Import of damaged action logs: split and joined rows, month-first dates, unusual headings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ahtc_tui.domain.actions.filters import ActionFilter
from ahtc_tui.domain.drafts.actions import build_action_draft
from ahtc_tui.domain.imports.report import FileReport, ImportOptions
from ahtc_tui.services.actions.service import edit_action, show_action
from ahtc_tui.services.exports.returns import write_returns
from ahtc_tui.services.imports.actions.service import apply_actions_import, plan_actions_import
from ahtc_tui.services.workspace import Workspace
from tests.builders import make_action_draft, make_update
from tests.services.exports.return_files import edit_workbook, use_old_layout, write_return, write_workbook


def read_title(workspace: Workspace, ref: str) -> str:
    return show_action(workspace, ref).row.title


def plan_import_of(workspace: Workspace, path: Path, rows: Sequence[Sequence[Any]], *headings: str) -> FileReport:
    """Return the plan for a log with these rows."""
    return plan_actions_import(workspace, [write_workbook(path / "log.xlsx", rows, headings)]).files[0]


def list_questions(report: FileReport) -> set[tuple[str | None, str, str | None]]:
    return {(question.ref, question.field, question.proposed or question.theirs) for question in report.questions}


def list_changes(report: FileReport) -> set[tuple[str, str, str | None]]:
    return {(change.ref, change.field, change.now) for change in report.changed}


def test_an_update_in_a_row_of_its_own_is_asked_about(wales: Workspace, tmp_path: Path) -> None:
    rows = [
        ("DP-25", read_title(wales, "DP-25"), "Met the forces"),
        (None, None, "and the Home Office"),
        (None, None, "–"),
    ]
    report = plan_import_of(wales, tmp_path, rows, "Ref", "Action", "Progress")
    assert list_changes(report) == {("DP-25", "progress", "Met the forces")}
    assert list_questions(report) == {("DP-25", "progress", "and the Home Office")}


def test_a_title_split_over_two_rows_is_one_action(wales: Workspace, tmp_path: Path) -> None:
    first, _sign, second = read_title(wales, "DP-30").partition(" conference ")
    rows = [("DP-30", first, "Begun"), (None, f"conference {second}", "Three areas"), (None, "(see the minutes)", None)]
    report = plan_import_of(wales, tmp_path, rows, "Ref", "Action", "Progress")
    assert not report.added
    assert list_changes(report) == {("DP-30", "progress", "Begun")}
    assert list_questions(report) == {("DP-30", "progress", "Three areas"), (None, "new_action", "(see the minutes)")}


def test_a_row_about_two_actions_is_asked_about(wales: Workspace, tmp_path: Path) -> None:
    rows = [("DP-10 / 39", f"{read_title(wales, 'DP-10')} / {read_title(wales, 'DP-39')}", "Raised with both")]
    file = write_workbook(tmp_path / "log.xlsx", rows, ("Ref", "Action", "Progress"))
    (report,) = apply_actions_import(wales, [file]).files
    (question,) = report.questions
    assert (report.added, report.changed) == ((), ())
    assert (question.field, question.theirs) == ("reference", "Raised with both")
    assert "DP-10, DP-39" in question.reason
    answers = {question.id: "DP-39"}
    (report,) = apply_actions_import(wales, [file], ImportOptions(answers=answers)).files
    assert ("DP-39", "progress", "Raised with both") in list_changes(report)


@pytest.mark.sample(3)
@pytest.mark.parametrize("typed", ["Action 42", "42", "dp-042", "DP42", "DP-42 (AHTC)", "DP-42*"])
def test_references_match_in_every_spelling(wales: Workspace, tmp_path: Path, typed: str) -> None:
    report = plan_import_of(
        wales, tmp_path, [(typed, read_title(wales, "DP-42"), "Six courses")], "Ref", "Action", "Update"
    )
    assert list_changes(report) == {("DP-42", "progress", "Six courses")}
    assert not report.questions


def test_a_known_reference_with_an_unknown_title_is_asked_about(wales: Workspace, tmp_path: Path) -> None:
    report = plan_import_of(wales, tmp_path, [("DP-42 (AHTC)", "Something else", "x y")], "Ref", "Action", "Update")
    assert (report.changed, report.added) == ((), ())
    assert [question.field for question in report.questions] == ["new_action"]


def test_one_month_first_date_makes_all_dates_of_a_file_doubtful(wales: Workspace, tmp_path: Path) -> None:
    dues = {"DP-05": "03/04/2014", "DP-06": "02/13/2014", "DP-17": "04/04/2014", "DP-18": date(2014, 5, 6)}
    rows = [(ref, read_title(wales, ref), due) for ref, due in dues.items()]
    report = plan_import_of(wales, tmp_path, rows, "Ref", "Action", "Due date")
    assert not report.changed
    assert list_questions(report) == {
        ("DP-17", "due", "2014-04-04"),
        ("DP-05", "due_text", "2014-03-04"),
        ("DP-06", "due_text", "2014-02-13"),
        ("DP-18", "due_text", "2014-06-05"),
    }


def test_a_return_saved_with_american_dates_keeps_the_sent_ones_and_asks_about_the_others(
    wales: Workspace, tmp_path: Path
) -> None:
    for ref in ("DP-05", "DP-06"):
        edit_action(wales, ref, make_action_draft(due="2014-04-03"))
    rows = [(ref, read_title(wales, ref), due) for ref, due in (("DP-05", "04/03/2014"), ("DP-06", "05/06/2014"))]
    file = tmp_path / "return.csv"
    file.write_text("\n".join(["Ref,Action,Due date", *(",".join(row) for row in rows)]), encoding="utf-8")
    (report,) = plan_actions_import(wales, [file]).files
    assert not report.changed
    assert list_questions(report) == {("DP-06", "due_text", "2014-05-06")}


def test_an_update_that_is_known_stays_known_where_its_date_cannot_be_read(wales: Workspace, tmp_path: Path) -> None:
    make_update(wales, "DP-05", "One force has still to answer.")
    rows = [
        ("DP-05", read_title(wales, "DP-05"), "One force has still to answer.", "12/20/2013"),
        ("DP-06", read_title(wales, "DP-06"), "Two forces have answered.", "mid December"),
    ]
    report = plan_import_of(wales, tmp_path, rows, "Ref", "Action", "Latest update", "Update date")
    assert list_changes(report) == {("DP-06", "progress", "mid December: Two forces have answered.")}


def test_a_return_with_the_day_first_is_read_so(wales: Workspace, tmp_path: Path) -> None:
    for ref in ("DP-05", "DP-06"):
        edit_action(wales, ref, make_action_draft(due="2014-04-03"))
    rows = [(ref, read_title(wales, ref), due) for ref, due in (("DP-05", "03/04/2014"), ("DP-06", "04/03/2014"))]
    report = plan_import_of(wales, tmp_path, rows, "Ref", "Action", "Due date")
    assert list_questions(report) == {("DP-06", "due", "2014-03-04")}


def test_serial_dates_count_from_1904_in_mac_workbooks(wales: Workspace, tmp_path: Path) -> None:
    from openpyxl import load_workbook
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    file = write_workbook(
        tmp_path / "log.xlsx", [("DP-05", read_title(wales, "DP-05"), 40267)], ("Ref", "Action", "Due")
    )
    book = load_workbook(file)
    book.epoch = CALENDAR_MAC_1904
    book.save(file)
    assert list_questions(plan_actions_import(wales, [file]).files[0]) == {("DP-05", "due", "2014-03-31")}


def test_composed_headings_are_read_by_their_head_word(wales: Workspace, tmp_path: Path) -> None:
    row = ("DP-05", read_title(wales, "DP-05"), "AHTC", "31/01/2014", "A", "Two forces have sent their figures")
    headings = ("DP #", "Delivery Plan action", "Who is leading?", "When will it be done by?", "BRAG Q3 2013/14")
    report = plan_import_of(wales, tmp_path, [row], *headings, "Position at 31 December 2013")
    assert list_changes(report) == {
        ("DP-05", "brag", "A"),
        ("DP-05", "progress", row[-1]),
    }
    assert list_questions(report) == {("DP-05", "due", "2014-01-31")}


def test_unknown_columns_are_named_in_a_warning(wales: Workspace, tmp_path: Path) -> None:
    rows = [("DP-05", read_title(wales, "DP-05"), "Something said", None)]
    report = plan_import_of(wales, tmp_path, rows, "Ref", "Action", "Zyx of wvu", "Empty one")
    (warning,) = report.warnings
    assert "Zyx of wvu" in warning.reason
    assert "Empty one" not in warning.reason


def test_an_update_that_only_says_done_asks_about_the_status(wales: Workspace, tmp_path: Path) -> None:
    report = plan_import_of(
        wales, tmp_path, [("DP-17", read_title(wales, "DP-17"), "Completed")], "Ref", "Action", "Progress"
    )
    assert list_changes(report) == {("DP-17", "progress", "Completed")}
    assert list_questions(report) == {("DP-17", "status", "done")}


def test_a_truncated_title_is_asked_about(wales: Workspace, tmp_path: Path) -> None:
    file = edit_workbook(write_return(wales, tmp_path / "out", "DP-03"), {})
    ref = next(row[0] for row in read_sheet(file) if str(row[0]).startswith("DP-"))
    edit_workbook(file, {(ref, "Action"): read_title(wales, ref)[:-12]})
    report = plan_actions_import(wales, [file]).files[0]
    assert not report.changed
    assert {(question.ref, question.field) for question in report.questions} == {(ref, "title")}


def test_a_rating_whose_reason_was_written_after_it_was_sent_is_asked_about(wales: Workspace, tmp_path: Path) -> None:
    edit_action(wales, "DP-05", build_action_draft({"brag": "R", "reason": "No reply"}, wales.today()))
    files = write_returns(wales, tmp_path / "out", ActionFilter(), refs=["DP-05"]).files
    file = edit_workbook(files[0].file, {("DP-05", "BRAG"): "A"})
    assert list_changes(plan_actions_import(wales, [file]).files[0]) == {("DP-05", "brag", "A")}
    edit_action(wales, "DP-05", build_action_draft({"brag": "R", "reason": "The grant ended"}, wales.today()))
    report = apply_actions_import(wales, [file]).files[0]
    assert list_questions(report) == {("DP-05", "brag", "A")}
    assert show_action(wales, "DP-05").brag_reason == "The grant ended"


def test_rows_sorted_without_hidden_cells_match_by_reference(wales: Workspace, tmp_path: Path) -> None:
    file = write_reversed_return(wales, tmp_path, ("Ref", "Action"))
    edit_workbook(file, {("DP-05", "Your update"): "Figures sent"})
    report = plan_actions_import(wales, [file]).files[0]
    assert list_changes(report) == {("DP-05", "progress", "Figures sent")}
    assert not report.questions


def test_a_key_and_a_reference_that_differ_are_asked_about(wales: Workspace, tmp_path: Path) -> None:
    report = plan_actions_import(
        wales, [write_reversed_return(wales, tmp_path, ("Ref",), cleared_headings=("Action",))]
    ).files[0]
    assert (report.changed, report.added) == ((), ())
    assert {question.field for question in report.questions} == {"reference"}


def test_the_title_outweighs_the_hidden_key(wales: Workspace, tmp_path: Path) -> None:
    file = write_reversed_return(wales, tmp_path, ("Action",), cleared_headings=("Ref",))
    report = plan_actions_import(wales, [file]).files[0]
    assert (report.changed, report.added) == ((), ())


def write_reversed_return(
    workspace: Workspace, folder: Path, moved_headings: Sequence[str], cleared_headings: Sequence[str] = ()
) -> Path:
    """Write a return of the old layout: `moved_headings` have reversed columns, `cleared_headings` empty ones."""
    from openpyxl import load_workbook

    file = use_old_layout(workspace, write_return(workspace, folder, "DP-03"))
    book = load_workbook(file)
    sheet: Any = book.worksheets[0]
    top = next(row for row in range(1, 10) if sheet.cell(row, 1).value == "Ref")
    rows = [row for row in range(top + 1, sheet.max_row + 1) if sheet.cell(row, 1).value]
    for column in range(1, sheet.max_column + 1):
        heading = str(sheet.cell(top, column).value)
        values = [sheet.cell(row, column).value for row in rows]
        is_reversed = len(moved_headings) > 1 and not heading.startswith("row_")
        for row, value in zip(rows, values[::-1] if is_reversed or heading in moved_headings else values, strict=True):
            sheet.cell(row, column).value = None if heading in cleared_headings else value
    book.save(file)
    return file


def read_sheet(path: Path) -> list[list[Any]]:
    """Return the rows of the first sheet."""
    from python_calamine import CalamineWorkbook

    return CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()


FILLERS = ("–", "n/a", "N/A", "None", "dim")


@pytest.mark.sample(5)
@pytest.mark.parametrize("filler", FILLERS)
def test_filler_cells_count_as_empty(wales: Workspace, tmp_path: Path, filler: str) -> None:
    row = ("DP-33", read_title(wales, "DP-33"), filler, filler, filler, filler)
    report = plan_import_of(wales, tmp_path, [row], "Ref", "Action", "Due", "Status", "BRAG", "Update")
    assert (report.changed, report.questions, report.unchanged) == ((), (), 1)


def test_a_row_under_a_closed_heading_is_asked_about(wales: Workspace, tmp_path: Path) -> None:
    rows = [
        ("OPEN",),
        ("DP-33", read_title(wales, "DP-33")),
        ("Completed since last time",),
        ("DP-07", read_title(wales, "DP-07")),
    ]
    report = plan_import_of(wales, tmp_path, rows, "Ref", "Action")
    assert list_questions(report) == {("DP-07", "status_from_sheet", "done")}
    assert "Completed since last time" in report.questions[0].reason


@pytest.mark.parametrize(
    ("value", "now"), [(1, "proposed_complete"), (0.5, None), (0, None), (100, "proposed_complete"), (40, None)]
)
def test_a_number_under_a_percent_heading_is_a_percentage(
    wales: Workspace, tmp_path: Path, value: float, now: str | None
) -> None:
    report = plan_import_of(
        wales, tmp_path, [("DP-17", read_title(wales, "DP-17"), value)], "Ref", "Action", "% complete"
    )
    assert [change.now for change in report.changed] == ([now] if now else [])
    assert not report.questions


def test_a_column_headed_by_a_quarter_is_an_update(wales: Workspace, tmp_path: Path) -> None:
    row = ("DP-17", read_title(wales, "DP-17"), "Met twice", 5)
    report = plan_import_of(wales, tmp_path, [row], "Ref", "Action", "Q3 2013/14", "2012")
    assert list_changes(report) == {("DP-17", "progress", "Met twice")}


def test_a_name_with_trailing_detail_is_proposed(wales: Workspace, tmp_path: Path) -> None:
    leads = {"DP-17": "Jeff Farrar (Gwent Police)", "DP-18": "AHTC <ahtc@example.invalid>"}
    rows = [(ref, read_title(wales, ref), name) for ref, name in leads.items()]
    report = plan_import_of(wales, tmp_path, rows, "Ref", "Action", "Owner")
    assert list_questions(report) == {
        ("DP-17", "lead", "Jeff Farrar"),
        ("DP-18", "lead", "Anti Human Trafficking Co-ordinator"),
    }


def test_a_reference_with_the_title_of_another_action_is_asked(wales: Workspace, tmp_path: Path) -> None:
    report = plan_import_of(wales, tmp_path, [("DP-33", read_title(wales, "DP-34"), "Seen")], "Ref", "Action", "Update")
    assert not report.changed
    assert [(question.field, question.proposed) for question in report.questions] == [("reference", "DP-34")]


def test_new_and_tbc_are_no_references(wales: Workspace, tmp_path: Path) -> None:
    rows = [("NEW", "Agree a protocol for ports"), ("tbc", "Visit the harbour at Holyhead"), ("Newydd", "Write it up")]
    report = plan_import_of(wales, tmp_path, [*rows, ("DP-33", read_title(wales, "DP-33"))], "Ref", "Action")
    assert not report.added
    assert list_questions(report) == {(None, "new_action", words) for _ref, words in rows}


def test_ditto_updates_are_asked_about(wales: Workspace, tmp_path: Path) -> None:
    report = plan_import_of(
        wales, tmp_path, [("DP-33", read_title(wales, "DP-33"), "As above")], "Ref", "Action", "Update"
    )
    assert (report.changed, list_questions(report)) == ((), {("DP-33", "progress", "As above")})
