"""Questions about what is read of a log: its text column and its sheets. Answers are remembered where they can be."""

from __future__ import annotations

from pathlib import Path

import pytest

from ahtc_tui.domain.drafts.actions import build_action_draft
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.imports.report import FileReport, ImportOptions, UnknownColumns
from ahtc_tui.services.actions.service import add_action, list_actions
from ahtc_tui.services.imports.actions.service import apply_actions_import, plan_actions_import
from ahtc_tui.services.workspace import Workspace
from tests.services.exports.return_files import write_workbook
from tests.services.imports.import_reports import build_filter_for_all, list_questions, read_title

ROWS = ("Ring the harbour about the rota,Bawso,31/01/2014", "Book a room for the forum,AHTC,28/02/2014")


def write_log(folder: Path, *lines: str, name: str = "log.csv") -> Path:
    """Write lines as a CSV file."""
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def answer_question(workspace: Workspace, file: Path, answer: str, field: str = "column") -> FileReport:
    """Import a file with an answer to its only question about a field."""
    (report,) = plan_actions_import(workspace, [file]).files
    (question,) = [question for question in report.questions if question.field == field]
    return apply_actions_import(workspace, [file], ImportOptions(answers={question.id: answer})).files[0]


def test_nothing_is_read_until_the_text_column_is_known_and_the_answer_is_remembered(
    wales: Workspace, tmp_path: Path
) -> None:
    file = write_log(tmp_path, "Zyx of it,Who,By when", *ROWS)
    (report,) = apply_actions_import(wales, [file]).files
    assert (report.read, report.added) == (0, ())
    assert [column.heading for column in report.columns] == ["Zyx of it", "Who", "By when"]
    assert answer_question(wales, file, "theirs").read == 2
    other_file = write_log(tmp_path, "Zyx of it,Who,By when", "Write to the ports again,Bawso,", name="second.csv")
    (report,) = plan_actions_import(wales, [other_file]).files
    assert [added.values["title"] for added in report.added] == ["Write to the ports again"]
    assert not report.questions


def test_a_heading_that_is_not_in_the_table_is_no_answer(wales: Workspace, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match='has no column "Another"'):
        answer_question(wales, write_log(tmp_path, "Zyx of it,Who,By when", *ROWS), "Another")


def test_a_mapping_by_letter_is_not_remembered(wales: Workspace, tmp_path: Path) -> None:
    file = write_log(tmp_path, *ROWS)
    (report,) = apply_actions_import(wales, [file], columns={"Column A": "title"}).files
    assert len(report.added) == 2
    with pytest.raises(UnknownColumns, match='"Column A=title"'):
        plan_actions_import(wales, [write_log(tmp_path, *ROWS, name="second.csv")])


def test_a_question_about_equal_tables_is_asked_once(wales: Workspace, tmp_path: Path) -> None:
    rows = [("Ring the harbour about the rota", "Bawso", None)]
    file = write_workbook(tmp_path / "log.xlsx", rows, ("Zyx of it", "Who", "By when"), South=rows)
    assert list(list_questions(plan_actions_import(wales, [file]).files[0])) == [(None, "column")]
    assert answer_question(wales, file, "theirs").read == 2


def test_a_sheet_that_is_refused_is_left_out(wales: Workspace, tmp_path: Path) -> None:
    file = write_log(tmp_path, "Code,Description", "1,The north of the region", "2,The south of the region")
    before = len(list_actions(wales, build_filter_for_all()))
    report = answer_question(wales, file, "ours", "sheet")
    assert (report.added, report.questions) == ((), ())
    assert len(list_actions(wales, build_filter_for_all())) == before


def test_a_hidden_sheet_with_known_references_is_read(wales: Workspace, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    rows = {ref: [(ref, read_title(wales, ref), "Met twice")] for ref in ("DP-17", "DP-18")}
    file = write_workbook(tmp_path / "log.xlsx", rows["DP-17"], ("Ref", "Action", "Progress"), Old=rows["DP-18"])
    book = load_workbook(file)
    book["Old"].sheet_state = "hidden"
    book.save(file)
    (report,) = plan_actions_import(wales, [file]).files
    assert [(change.ref, change.now) for change in report.changed] == [("DP-17", "Met twice"), ("DP-18", "Met twice")]


def test_a_row_that_is_here_is_never_a_line_of_a_template(wales: Workspace, tmp_path: Path) -> None:
    title = "Notes: do not delete the rows of the register"
    add_action(wales, build_action_draft({"title": title}, wales.today()))
    lines = [f'"{title}",,'] + [f"{read_title(wales, ref)},Bawso," for ref in ("DP-17", "DP-18", "DP-20")]
    (report,) = plan_actions_import(wales, [write_log(tmp_path, "Action,Support,Status", *lines)]).files
    assert report.read == 4


def test_columns_are_as_sure_as_their_heading_and_values(wales: Workspace, tmp_path: Path) -> None:
    lines = ("Action needed from them,Owners,By when,Zyx", f"{ROWS[0]},x", f"{ROWS[1]},y")
    columns = {"By when": "due"}
    (report,) = plan_actions_import(wales, [write_log(tmp_path, *lines)], columns=columns).files
    assert [(column.field, column.confidence) for column in report.columns] == [
        ("title", 60),
        ("lead", 95),
        ("due", 100),
        (None, 0),
    ]


@pytest.mark.parametrize(("value", "status"), [(1, "done"), (0.5, "in_progress")])
def test_a_number_that_may_be_a_percentage_is_asked_about(
    wales: Workspace, tmp_path: Path, value: float, status: str
) -> None:
    file = write_workbook(tmp_path / "log.xlsx", [("F-1", "Ring the harbour", value)], ("Ref", "Action", "Status"))
    (report,) = plan_actions_import(wales, [file]).files
    assert [(question.field, question.proposed) for question in report.questions] == [("status", status)]
