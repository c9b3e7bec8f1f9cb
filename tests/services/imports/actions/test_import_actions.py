"""Import of returned workbooks: what is matched, what is written, and what is a question."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.imports.report import ImportOptions, TakeMode
from ahtc_tui.services.actions.service import edit_action, show_action
from ahtc_tui.services.history import list_steps, undo_step
from ahtc_tui.services.imports.actions.service import apply_actions_import, plan_actions_import
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.engine.integrity_check import find_faults
from tests.builders import make_action_draft, query_rows, read_live_rows
from tests.services.exports.return_files import StyledValue, write_workbook
from tests.services.imports.import_reports import find_question_id, list_changes, list_questions, read_title


@pytest.fixture
def returns(wales: Workspace, tmp_path: Path) -> list[Path]:
    """Four damaged returns, with one kind of damage in each row."""

    def title_of(ref: str) -> str:
        return read_title(wales, ref)

    first = write_workbook(
        tmp_path / "first.xlsx",
        [
            ("DP-10", title_of("DP-10"), "Mohammed Mehmet", None, "Ongoing", "Raised at two meetings."),
            ("DP-39", title_of("DP-39"), "Mohammed Mehmet", "ASAP", "In progress", None),
            ("DP-44", title_of("DP-44"), "Mohammed Mehmet", "31/01/14", "Complete", None),
            (None, "Total", None, None, None, 3),
        ],
        title=("Delivery Plan return", "quarter 3", "Completed by: a council"),
        first_column=2,
    )
    second = write_workbook(
        tmp_path / "second.xlsx",
        [
            (title_of("DP-25"), "dp 25", "AHTC / Gwent Police", "ongoing", None, StyledValue(fill="green")),
            (
                title_of("DP-36"),
                "DP-36",
                "Jeff Farrar & SPOCs",
                date(2014, 3, 31),
                StyledValue(comment="speak to JF"),
                StyledValue(fill="amber"),
            ),
            (title_of("DP-38"), "DP-38", "AHTC", "end Jan", "Four leads met.", StyledValue(fill="blue")),
            (title_of("DP-21"), " DP-21", "tbc", "Spring 2014", None, StyledValue(fill="red")),
            (title_of("DP-24"), "DP-24", None, 41729, None, None),
            ("Share the referral form of the force with the others", None, "SPOC Gwent", "5.11.13", None, None),
        ],
        ("What", "No.", "By whom", "Due", "Progress since last meeting", "BRAG"),
        hidden=(5,),
        Closed=[(title_of("DP-13"), "DP-13"), (title_of("DP-38"), "DP-38")],
    )
    third = tmp_path / "third.csv"
    third.write_text(
        "Ref,Action,Lead,Due date,Status,Update\r\n"
        f'DP-29,"{title_of("DP-29")}",Bawso,,Ongoing,"\u2018no change\u2019\nsee last quarter"\r\n'
        f'DP-30,{title_of("DP-30")},"Bawso, AHTC",03/02/2014,In Progress,two areas \u2013 visited\r\n,Total,,,,2\r\n',
        encoding="cp1252",
        newline="",
    )
    welsh = write_workbook(
        tmp_path / "welsh.xlsx",
        [
            ("DP-17", title_of("DP-17"), None, "28 Chwefror 2014", "Ar y gweill", "Diweddariad"),
            ("DP-38", title_of("DP-38"), "AHTC", None, "Parhaus", "Diweddariad: ŵ ŷ"),
            ("DP-41", title_of("DP-41"), None, None, "Wedi’i gwblhau", None),
        ],
        ("Cyf.", "Cam gweithredu", "Arweinydd", "Erbyn", "Statws", "Cynnydd"),
    )
    return [first, second, third, welsh]


def test_four_damaged_returns_are_applied_or_asked_about(wales: Workspace, returns: list[Path]) -> None:
    first, second, third, welsh = apply_actions_import(wales, returns).files
    assert (first.read, second.read, third.read, welsh.read) == (3, 8, 2, 3)
    assert list_changes(first) == {
        ("DP-10", "progress", "Raised at two meetings."),
        ("DP-44", "status", "proposed_complete"),
    }
    assert list_questions(first) == {("DP-39", "due_text"): "ASAP", ("DP-44", "due"): "2014-01-31"}
    assert list_changes(second) == {("DP-38", "progress", "Four leads met.")}
    new_title = "Share the referral form of the force with the others"
    assert list_questions(second) == {
        ("DP-25", "leads"): "AHTC; Gwent Police",
        ("DP-25", "status_from_colour"): "continuing",
        ("DP-36", "leads"): "Jeff Farrar; SPOCs",
        ("DP-36", "due"): "2014-03-31",
        ("DP-24", "due"): "2014-03-31",
        (None, "new_action"): new_title,
        ("DP-36", "status_from_colour"): "at risk",
        ("DP-38", "due_text"): "end Jan",
        ("DP-38", "status_from_colour"): "done",
        ("DP-38", "sheet_conflict"): "on Open and on Closed",
        ("DP-21", "lead_text"): "tbc",
        ("DP-21", "due_text"): "Spring 2014",
        ("DP-21", "status_from_colour"): "late or stuck",
    }
    assert [(warning.ref, warning.field) for warning in second.warnings] == [("DP-36", "comment"), ("DP-21", "hidden")]
    assert "speak to JF" in second.warnings[0].reason
    assert not second.added
    assert list_changes(third) == {
        ("DP-29", "progress", "‘no change’\nsee last quarter"),
        ("DP-30", "progress", "two areas – visited"),
    }
    assert list_questions(third) == {("DP-30", "leads"): "Bawso; AHTC", ("DP-30", "due"): "2014-02-03"}
    assert list_changes(welsh) == {
        ("DP-17", "progress", "Diweddariad"),
        ("DP-38", "progress", "Diweddariad: ŵ ŷ"),
    }
    assert list_questions(welsh) == {("DP-17", "due"): "2014-02-28", ("DP-38", "status"): "continuing"}
    assert "second.xlsx" in welsh.questions[1].reason
    assert welsh.unchanged == 1


def test_importing_twice_writes_nothing_and_undo_reverts_the_first(wales: Workspace, returns: list[Path]) -> None:
    before = read_live_rows(wales)
    planned = plan_actions_import(wales, returns)
    assert read_live_rows(wales) == before
    assert not planned.applied
    applied = apply_actions_import(wales, returns)
    assert [file.changed for file in applied.files] == [file.changed for file in planned.files]
    steps = len(list_steps(wales))
    second_report = apply_actions_import(wales, returns)
    assert not any(file.changed or file.added for file in second_report.files)
    assert second_report.open_question_count == applied.open_question_count
    assert len(list_steps(wales)) == steps
    undo_step(wales)
    assert read_live_rows(wales) == before
    assert not find_faults(wales.database)


def test_an_update_names_its_file_and_cell(wales: Workspace, returns: list[Path]) -> None:
    apply_actions_import(wales, returns)
    sources = [source for (source,) in query_rows(wales, "SELECT source FROM updates ORDER BY source")]
    assert sources == [
        "first.xlsx, Open!G6", "second.xlsx, Open!E4", "third.csv, F2", "third.csv, F3", "welsh.xlsx, Open!F2",
        "welsh.xlsx, Open!F3",
    ]  # fmt: skip
    texts = {update.text for update in show_action(wales, "DP-38").updates}
    assert texts == {"Four leads met.", "Diweddariad: ŵ ŷ"}


ANSWERS: list[tuple[str, str, str, str, Any]] = [
    ("DP-25", "leads", "theirs", "support", "Gwent Police"),
    ("DP-36", "status_from_colour", "theirs", "brag", "A"),
    ("DP-21", "lead_text", "bawso", "lead_ref", "bawso"),
    ("DP-21", "due_text", "theirs", "due", "Spring 2014"),
    ("DP-38", "due_text", "3 Feb 2014", "due", "3 February 2014"),
    ("DP-38", "sheet_conflict", "on hold", "status", "on_hold"),
    ("DP-38", "status_from_colour", "theirs", "status", "proposed_complete"),
    ("DP-39", "due_text", "theirs", "due", "ASAP"),
    ("DP-39", "due_text", "ours", "due", "None"),
    ("DP-30", "leads", "theirs", "lead_ref", "bawso"),
]


@pytest.mark.sample(5)
@pytest.mark.parametrize(("ref", "field", "answer", "attribute", "value"), ANSWERS)
def test_each_answer_settles_one_question(
    wales: Workspace, returns: list[Path], ref: str, field: str, answer: str, attribute: str, value: str
) -> None:
    planned = plan_actions_import(wales, returns)
    question_id = next(
        question.id
        for file in planned.files
        for question in file.questions
        if (question.ref, question.field) == (ref, field)
    )
    report = apply_actions_import(wales, returns, ImportOptions(answers={question_id: answer}))
    assert report.open_question_count == planned.open_question_count - 1
    stored_value = getattr(show_action(wales, ref).row, attribute)
    assert value in (", ".join(stored_value) if isinstance(stored_value, tuple) else str(stored_value))


def test_skipped_questions_stay_and_placeholders_cannot_be_taken(wales: Workspace, returns: list[Path]) -> None:
    planned = plan_actions_import(wales, returns)
    question_id = find_question_id(planned, "lead_text")
    assert (
        plan_actions_import(wales, returns, ImportOptions(answers={question_id: "skip"})).open_question_count
        == planned.open_question_count
    )
    with pytest.raises(BadInput, match="no value to take"):
        apply_actions_import(wales, returns, ImportOptions(answers={question_id: "theirs"}))
    with pytest.raises(BadInput, match="the register has no"):
        apply_actions_import(wales, returns, ImportOptions(answers={question_id: "Nobody at all"}))


def test_take_all_answers_theirs_wherever_there_is_a_value(wales: Workspace, returns: list[Path]) -> None:
    report = apply_actions_import(wales, returns, ImportOptions(TakeMode.ALL))
    left = {(question.ref, question.field) for file in report.files for question in file.questions}
    assert left == {("DP-21", "lead_text"), ("DP-38", "sheet_conflict")}
    assert show_action(wales, "DP-21").row.brag == "R"
    assert not find_faults(wales.database)


def test_take_none_writes_nothing(wales: Workspace, returns: list[Path]) -> None:
    before = read_live_rows(wales)
    assert not apply_actions_import(wales, returns, ImportOptions(TakeMode.NONE)).applied
    assert read_live_rows(wales) == before


def test_local_changes_without_a_base_are_asked_about(wales: Workspace, tmp_path: Path) -> None:
    edit_action(wales, "DP-17", make_action_draft(status="on_hold"))
    edit_action(wales, "DP-18", make_action_draft(due="2014-05-01", reason="later"))
    file = write_workbook(
        tmp_path / "log.xlsx",
        [
            ("DP-17", None, None, None, "Complete", None),
            ("DP-18", None, None, "1 June 2014", None, None),
            ("DP-22", None, "Bawso", None, None, None),
            ("DP-07", None, None, "1 June 2014", None, None),
        ],
    )
    (report,) = apply_actions_import(wales, [file]).files
    assert not report.changed
    assert set(list_questions(report)) == {("DP-17", "status"), ("DP-18", "due"), ("DP-22", "lead"), ("DP-07", "due")}
