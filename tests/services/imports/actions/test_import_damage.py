"""Logs as people hand them in: rows split and joined, dates turned round, headings of their own. Nothing unasked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ahtc_tui.domain.actions.filters import ActionFilter
from ahtc_tui.domain.imports.report import FileReport, Wishes
from ahtc_tui.services.actions.service import show_action
from ahtc_tui.services.exports.returns import write_returns
from ahtc_tui.services.imports.actions.service import apply_actions_import, plan_actions_import
from ahtc_tui.services.workspace import Workspace
from tests.services.exports.return_files import a_workbook, edit


def title(workspace: Workspace, ref: str) -> str:
    return show_action(workspace, ref).row.title


def planned(workspace: Workspace, path: Path, rows: Sequence[Sequence[Any]], *head: str) -> FileReport:
    """The plan for a log of these rows."""
    return plan_actions_import(workspace, [a_workbook(path / "log.xlsx", rows, head)]).files[0]


def asked(report: FileReport) -> set[tuple[str | None, str, str | None]]:
    return {(one.ref, one.field, one.proposed or one.theirs) for one in report.questions}


def changed(report: FileReport) -> set[tuple[str, str, str | None]]:
    return {(one.ref, one.field, one.now) for one in report.changed}


def test_words_in_a_row_of_their_own_are_asked_of_the_action_above(wales: Workspace, tmp_path: Path) -> None:
    rows = [("DP-25", title(wales, "DP-25"), "Met the forces"), (None, None, "and the Home Office"), (None, None, "–")]
    report = planned(wales, tmp_path, rows, "Ref", "Action", "Progress")
    assert changed(report) == {("DP-25", "progress", "Met the forces")}
    assert asked(report) == {("DP-25", "progress", "and the Home Office")}


def test_the_second_half_of_a_title_is_no_new_action(wales: Workspace, tmp_path: Path) -> None:
    first, _sign, second = title(wales, "DP-30").partition(" conference ")
    rows = [("DP-30", first, "Begun"), (None, f"conference {second}", "Three areas"), (None, "(see the minutes)", None)]
    report = planned(wales, tmp_path, rows, "Ref", "Action", "Progress")
    assert not report.added
    assert changed(report) == {("DP-30", "progress", "Begun")}
    assert asked(report) == {("DP-30", "progress", "Three areas"), (None, "new_action", "(see the minutes)")}


def test_a_row_about_two_actions_is_asked_and_an_answer_says_which(wales: Workspace, tmp_path: Path) -> None:
    rows = [("DP-10 / 39", f"{title(wales, 'DP-10')} / {title(wales, 'DP-39')}", "Raised with both")]
    file = a_workbook(tmp_path / "log.xlsx", rows, ("Ref", "Action", "Progress"))
    (report,) = apply_actions_import(wales, [file]).files
    (question,) = report.questions
    assert (report.added, report.changed) == ((), ())
    assert (question.field, question.theirs) == ("reference", "Raised with both")
    assert "DP-10, DP-39" in question.reason
    answers = {question.id: "DP-39"}
    (report,) = apply_actions_import(wales, [file], Wishes(answers=answers)).files
    assert ("DP-39", "progress", "Raised with both") in changed(report)


@pytest.mark.parametrize("typed", ["Action 42", "42", "dp-042", "DP42", "DP-42 (AHTC)", "DP-42*"])
def test_a_reference_is_known_however_it_is_typed(wales: Workspace, tmp_path: Path, typed: str) -> None:
    report = planned(wales, tmp_path, [(typed, title(wales, "DP-42"), "Six courses")], "Ref", "Action", "Update")
    assert changed(report) == {("DP-42", "progress", "Six courses")}
    assert not report.questions


def test_another_reference_beside_the_words_of_nobody_is_asked(wales: Workspace, tmp_path: Path) -> None:
    report = planned(wales, tmp_path, [("DP-42 (AHTC)", "Something else", "x y")], "Ref", "Action", "Update")
    assert (report.changed, report.added) == ((), ())
    assert [one.field for one in report.questions] == ["new_action"]


def test_where_the_month_stands_first_once_every_date_of_the_file_is_asked(wales: Workspace, tmp_path: Path) -> None:
    said = {"DP-05": "03/04/2014", "DP-06": "02/13/2014", "DP-17": "04/04/2014", "DP-18": date(2014, 5, 6)}
    rows = [(ref, title(wales, ref), due) for ref, due in said.items()]
    report = planned(wales, tmp_path, rows, "Ref", "Action", "Due date")
    assert changed(report) == {("DP-17", "due", "2014-04-04")}
    assert asked(report) == {
        ("DP-05", "due_text", "2014-03-04"),
        ("DP-06", "due_text", "2014-02-13"),
        ("DP-18", "due_text", "2014-06-05"),
    }


def test_a_number_in_a_workbook_of_an_old_mac_is_the_day_that_it_shows(wales: Workspace, tmp_path: Path) -> None:
    from openpyxl import load_workbook
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    file = a_workbook(tmp_path / "log.xlsx", [("DP-05", title(wales, "DP-05"), 40267)], ("Ref", "Action", "Due"))
    book = load_workbook(file)
    book.epoch = CALENDAR_MAC_1904
    book.save(file)
    assert changed(plan_actions_import(wales, [file]).files[0]) == {("DP-05", "due", "2014-03-31")}


def test_headings_of_their_own_are_read_by_their_head_word(wales: Workspace, tmp_path: Path) -> None:
    row = ("DP-05", title(wales, "DP-05"), "AHTC", "31/01/2014", "A", "Two forces have sent their figures")
    head = ("DP #", "Delivery Plan action", "Who is leading?", "When will it be done by?", "BRAG Q3 2013/14")
    report = planned(wales, tmp_path, [row], *head, "Position at 31 December 2013")
    assert changed(report) == {("DP-05", "due", "2014-01-31"), ("DP-05", "brag", "A"), ("DP-05", "progress", row[-1])}


def test_a_column_that_nobody_can_tell_is_said_with_its_name(wales: Workspace, tmp_path: Path) -> None:
    rows = [("DP-05", title(wales, "DP-05"), "Something said", None)]
    report = planned(wales, tmp_path, rows, "Ref", "Action", "Zyx of wvu", "Empty one")
    (warning,) = report.warnings
    assert "Zyx of wvu" in warning.reason
    assert "Empty one" not in warning.reason


def test_an_update_that_only_says_done_asks_for_the_status(wales: Workspace, tmp_path: Path) -> None:
    report = planned(wales, tmp_path, [("DP-17", title(wales, "DP-17"), "Completed")], "Ref", "Action", "Progress")
    assert changed(report) == {("DP-17", "progress", "Completed")}
    assert asked(report) == {("DP-17", "status", "done")}


def test_a_title_that_was_cut_off_is_never_taken(wales: Workspace, tmp_path: Path) -> None:
    sent = {one.lead: one.file for one in write_returns(wales, tmp_path / "out", ActionFilter()).files}
    file = edit(next(iter(sent.values())), {})
    ref = next(row[0] for row in read(file) if str(row[0]).startswith("DP-"))
    edit(file, {(ref, "Action"): title(wales, ref)[:-12]})
    report = plan_actions_import(wales, [file]).files[0]
    assert not report.changed
    assert {(one.ref, one.field) for one in report.questions} == {(ref, "title")}


def test_rows_sorted_without_their_hidden_cells_are_known_by_reference_and_words(
    wales: Workspace, tmp_path: Path
) -> None:
    file = turned(wales, tmp_path, ("Ref", "Action"))
    edit(file, {("DP-05", "Your update"): "Figures sent"})
    report = plan_actions_import(wales, [file]).files[0]
    assert changed(report) == {("DP-05", "progress", "Figures sent")}
    assert not report.questions


def test_without_words_a_hidden_key_and_a_reference_that_differ_are_asked(wales: Workspace, tmp_path: Path) -> None:
    report = plan_actions_import(wales, [turned(wales, tmp_path, ("Ref",), cleared=("Action",))]).files[0]
    assert (report.changed, report.added) == ((), ())
    assert {one.field for one in report.questions} == {"reference"}


def test_without_a_reference_the_words_of_another_action_go_before_the_hidden_key(
    wales: Workspace, tmp_path: Path
) -> None:
    file = turned(wales, tmp_path, ("Action",), cleared=("Ref",))
    report = plan_actions_import(wales, [file]).files[0]
    assert (report.changed, report.added) == ((), ())


def turned(workspace: Workspace, folder: Path, moved: Sequence[str], cleared: Sequence[str] = ()) -> Path:
    """A return of the co-ordinator whose rows were turned round but for all that `moved` does not name."""
    from openpyxl import load_workbook

    file = next(one.file for one in write_returns(workspace, folder, ActionFilter()).files if "ahtc" in one.file.name)
    book = load_workbook(file)
    sheet: Any = book.worksheets[0]
    top = next(row for row in range(1, 10) if sheet.cell(row, 1).value == "Ref")
    rows = [row for row in range(top + 1, sheet.max_row + 1) if sheet.cell(row, 1).value]
    for column in range(1, sheet.max_column + 1):
        heading = str(sheet.cell(top, column).value)
        values = [sheet.cell(row, column).value for row in rows]
        whole = len(moved) > 1 and not heading.startswith("row_")
        for row, value in zip(rows, values[::-1] if whole or heading in moved else values, strict=True):
            sheet.cell(row, column).value = None if heading in cleared else value
    book.save(file)
    return file


def read(path: Path) -> list[list[Any]]:
    """The rows of the first sheet."""
    from python_calamine import CalamineWorkbook

    return CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()


NOTHING_SAID = ("–", "n/a", "N/A", "None", "dim")


@pytest.mark.parametrize("filler", NOTHING_SAID)
def test_a_cell_filled_so_as_not_to_be_empty_says_nothing(wales: Workspace, tmp_path: Path, filler: str) -> None:
    row = ("DP-33", title(wales, "DP-33"), filler, filler, filler, filler)
    report = planned(wales, tmp_path, [row], "Ref", "Action", "Due", "Status", "BRAG", "Update")
    assert (report.changed, report.questions, report.unchanged) == ((), (), 1)


def test_a_row_under_a_heading_of_closed_actions_is_asked(wales: Workspace, tmp_path: Path) -> None:
    rows = [
        ("OPEN",),
        ("DP-33", title(wales, "DP-33")),
        ("Completed since last time",),
        ("DP-07", title(wales, "DP-07")),
    ]
    report = planned(wales, tmp_path, rows, "Ref", "Action")
    assert asked(report) == {("DP-07", "status_from_sheet", "done")}
    assert "Completed since last time" in report.questions[0].reason


@pytest.mark.parametrize(("value", "now"), [(1, "done"), (0.5, None), (0, None), (100, "done"), (40, None)])
def test_a_number_under_a_heading_of_percent_is_a_part(
    wales: Workspace, tmp_path: Path, value: float, now: str | None
) -> None:
    report = planned(wales, tmp_path, [("DP-17", title(wales, "DP-17"), value)], "Ref", "Action", "% complete")
    assert [one.now for one in report.changed] == ([now] if now else [])
    assert not report.questions


def test_a_column_headed_by_a_quarter_alone_is_an_update(wales: Workspace, tmp_path: Path) -> None:
    row = ("DP-17", title(wales, "DP-17"), "Met twice", 5)
    report = planned(wales, tmp_path, [row], "Ref", "Action", "Q3 2013/14", "2012")
    assert changed(report) == {("DP-17", "progress", "Met twice")}


def test_a_name_with_more_said_after_it_is_proposed(wales: Workspace, tmp_path: Path) -> None:
    said = {"DP-17": "Jeff Farrar (Gwent Police)", "DP-18": "AHTC <ahtc@example.invalid>"}
    rows = [(ref, title(wales, ref), name) for ref, name in said.items()]
    report = planned(wales, tmp_path, rows, "Ref", "Action", "Owner")
    assert asked(report) == {
        ("DP-17", "lead", "Jeff Farrar"),
        ("DP-18", "lead", "Anti Human Trafficking Co-ordinator"),
    }


def test_the_reference_of_one_action_beside_the_very_words_of_another_is_asked(
    wales: Workspace, tmp_path: Path
) -> None:
    report = planned(wales, tmp_path, [("DP-33", title(wales, "DP-34"), "Seen")], "Ref", "Action", "Update")
    assert not report.changed
    assert [(one.field, one.proposed) for one in report.questions] == [("reference", "DP-34")]


def test_what_is_written_where_a_reference_is_still_to_be_given_is_none(wales: Workspace, tmp_path: Path) -> None:
    rows = [("NEW", "Agree a protocol for ports"), ("tbc", "Visit the harbour at Holyhead"), ("Newydd", "Write it up")]
    report = planned(wales, tmp_path, [*rows, ("DP-33", title(wales, "DP-33"))], "Ref", "Action")
    assert [(one.ref, one.values["title"]) for one in report.added] == [(None, words) for _ref, words in rows]


def test_words_that_only_point_to_another_row_are_asked(wales: Workspace, tmp_path: Path) -> None:
    report = planned(wales, tmp_path, [("DP-33", title(wales, "DP-33"), "As above")], "Ref", "Action", "Update")
    assert (report.changed, asked(report)) == ((), {("DP-33", "progress", "As above")})
