"""Free text around the table of a return: it is named, or a question; never dropped without a word."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ahtc_tui.domain.actions.filters import ActionFilter, ActionScope
from ahtc_tui.domain.i18n import Language, use_language
from ahtc_tui.services.exports.action_log import export_actions
from ahtc_tui.services.imports.actions.service import plan_actions_import
from ahtc_tui.services.workspace import Workspace
from tests.services.exports.return_files import write_return, write_workbook
from tests.services.imports.import_reports import read_title

NOTE = "Please call me about the leaflet"
COLUMNS = range(1, 12)


@pytest.fixture
def sent(wales: Workspace, tmp_path: Path) -> Path:
    """The workbook of a lead."""
    return write_return(wales, tmp_path / "out", "DP-03")


def write_note(file: Path, row_offset: int, column: int, text: str = NOTE) -> None:
    """Write a text to a column, in a row below the last one of the first sheet."""
    from openpyxl import load_workbook

    book = load_workbook(file)
    sheet = book.worksheets[0]
    sheet.cell(sheet.max_row + row_offset, column).value = text
    book.save(file)


def edit_sheet(file: Path, position: int, edit: Callable[[Any], None]) -> None:
    """Change a sheet of a workbook, counted from 0."""
    from openpyxl import load_workbook

    book = load_workbook(file)
    edit(book.worksheets[position])
    book.save(file)


def write_text(cell: Any, text: str) -> None:
    """Write a text to a cell."""
    cell.value = text


@pytest.mark.sample(33)
@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("row_offset", [1, 2, 5])
def test_a_note_below_the_table_is_named_or_asked_about(
    wales: Workspace, sent: Path, row_offset: int, column: int
) -> None:
    write_note(sent, row_offset, column)
    (report,) = plan_actions_import(wales, [sent]).files
    texts = [warning.reason for warning in report.warnings] + [str(question.theirs) for question in report.questions]
    assert sum(NOTE in text for text in texts) == 1
    assert (report.changed, report.added) == ((), ())


@pytest.mark.sample(3)
@pytest.mark.parametrize("text", ["Notes:", "Key:", "Nodiadau:"])
def test_a_block_below_the_table_is_named(wales: Workspace, sent: Path, text: str) -> None:
    write_note(sent, 3, 1, text)
    write_note(sent, 1, 1, NOTE)
    (report,) = plan_actions_import(wales, [sent]).files
    assert [NOTE in warning.reason for warning in report.warnings] == [False, True]


def test_a_note_between_the_rows_of_a_sent_workbook_is_named(wales: Workspace, sent: Path) -> None:
    from openpyxl import load_workbook

    book = load_workbook(sent)
    sheet = book.worksheets[0]
    sheet.insert_rows(6)
    sheet.cell(6, 1).value = NOTE
    book.save(sent)
    (report,) = plan_actions_import(wales, [sent]).files
    assert [NOTE in warning.reason for warning in report.warnings] == [True]


@pytest.mark.parametrize("value", [date(2014, 3, 31), "Spring term", "2014-03-31"])
def test_an_unknown_column_with_words_or_dates_is_named(wales: Workspace, tmp_path: Path, value: Any) -> None:
    rows = [("DP-17", read_title(wales, "DP-17"), value)]
    file = write_workbook(tmp_path / "log.xlsx", rows, ("Ref", "Action", "Zzyx"))
    (warning,) = plan_actions_import(wales, [file]).files[0].warnings
    assert "Zzyx" in warning.reason


@pytest.mark.sample(9)
@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("cell", ["A25", "E6", "A1"])
def test_a_note_on_the_guidance_sheet_is_named(wales: Workspace, tmp_path: Path, language: Language, cell: str) -> None:
    with use_language(language):
        sent = write_return(wales, tmp_path / "out", "DP-03")
    edit_sheet(sent, 1, lambda sheet: write_text(sheet[cell], f"{sheet[cell].value or ''} {NOTE}"))
    (warning,) = plan_actions_import(wales, [sent]).files[0].warnings
    assert (warning.cell.rpartition("!")[2], NOTE in warning.reason) == (cell, True)


def test_a_note_in_the_title_of_a_return_is_named(wales: Workspace, sent: Path) -> None:
    edit_sheet(sent, 0, lambda sheet: write_text(sheet["A2"], NOTE))
    (warning,) = plan_actions_import(wales, [sent]).files[0].warnings
    assert (warning.cell, NOTE in warning.reason) == ("Return!A2", True)


def test_a_note_on_the_summary_of_an_action_log_is_named(wales: Workspace, tmp_path: Path) -> None:
    log = tmp_path / "log.xlsx"
    export_actions(wales, log, ActionFilter(which=ActionScope.ALL))
    edit_sheet(log, 1, lambda sheet: write_text(sheet["M3"], NOTE))
    (warning,) = plan_actions_import(wales, [log]).files[0].warnings
    assert (warning.cell, NOTE in warning.reason) == ("Summary!M3", True)


def test_a_note_on_a_new_sheet_of_a_return_is_named(wales: Workspace, sent: Path) -> None:
    edit_sheet(sent, 0, lambda sheet: write_text(sheet.parent.create_sheet("My notes")["B2"], NOTE))
    reasons = [warning.reason for warning in plan_actions_import(wales, [sent]).files[0].warnings]
    assert [NOTE in reason for reason in reasons] == [False, True]


@pytest.mark.sample(5)
@pytest.mark.parametrize(("sheet", "cell"), [(0, "C4"), (0, "A1"), (0, "C40"), (0, "N6"), (1, "B6")])
def test_a_comment_on_any_cell_of_a_return_is_named_once(wales: Workspace, sent: Path, sheet: int, cell: str) -> None:
    from openpyxl.comments import Comment

    edit_sheet(sent, sheet, lambda target: setattr(target[cell], "comment", Comment(NOTE, "")))
    (warning,) = plan_actions_import(wales, [sent]).files[0].warnings
    assert (warning.cell.rpartition("!")[2], NOTE in warning.reason) == (cell, True)


def test_text_above_and_beside_a_return_without_its_hidden_sheet_is_named(wales: Workspace, tmp_path: Path) -> None:
    rows = [
        ("Delivery Plan return",),
        ("Ref", "Action", "Status"),
        ("DP-17", read_title(wales, "DP-17"), None, None, NOTE),
    ]
    file = tmp_path / "return.csv"
    file.write_text("\n".join(",".join(f'"{cell or ""}"' for cell in row) for row in rows))
    (warning,) = plan_actions_import(wales, [file]).files[0].warnings
    assert (warning.cell, NOTE in warning.reason) == ("E3", True)


def test_the_rows_of_two_lists_on_a_sheet_are_not_notes_of_each_other(wales: Workspace, tmp_path: Path) -> None:
    head, titles = ("Ref", "Action", "Status"), {ref: read_title(wales, ref) for ref in ("DP-17", "DP-18")}
    rows = [("DP-17", titles["DP-17"], "In progress"), (), ("Closed actions",), head, ("DP-18", titles["DP-18"], None)]
    file = write_workbook(tmp_path / "log.xlsx", rows, head)
    (report,) = plan_actions_import(wales, [file]).files
    assert (report.read, report.warnings) == (2, ())


def test_files_without_notes_have_no_warnings(wales: Workspace, sent: Path, tmp_path: Path) -> None:
    export_actions(wales, tmp_path / "log.xlsx", ActionFilter(which=ActionScope.ALL))
    for file in (sent, tmp_path / "log.xlsx"):
        (report,) = plan_actions_import(wales, [file]).files
        assert report.warnings == ()


def test_totals_and_prepared_rows_are_no_notes(wales: Workspace, tmp_path: Path) -> None:
    rows = [("DP-17", read_title(wales, "DP-17"), None), (None, None, "Not started"), ("Total", None, 1)]
    file = write_workbook(tmp_path / "log.xlsx", rows, ("Ref", "Action", "Status"))
    assert plan_actions_import(wales, [file]).files[0].warnings == ()


def test_many_notes_are_limited_and_counted(wales: Workspace, tmp_path: Path) -> None:
    rows = [("DP-17", read_title(wales, "DP-17"), None), *[(None, None, f"see page {n} there") for n in range(30)]]
    file = write_workbook(tmp_path / "log.xlsx", rows, ("Ref", "Action", "Support"))
    warnings = plan_actions_import(wales, [file]).files[0].warnings
    assert (len(warnings), warnings[-1].reason[-4:]) == (21, ": 10")
