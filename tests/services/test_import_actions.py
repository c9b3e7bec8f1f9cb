"""Returned workbooks: what is found in damaged copies, what is written unasked, and what is only ever asked."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ahtc_tui.domain.errors import BadFile, BadInput
from ahtc_tui.domain.imports import Cancelled, FileReport, ImportReport, Take, Wishes
from ahtc_tui.services.actions import edit_action, list_actions, show_action
from ahtc_tui.services.history import list_steps, undo
from ahtc_tui.services.import_actions import apply_actions_import, plan_actions_import
from ahtc_tui.services.import_actions_files import Hooks
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.check import faults
from tests.builders import a_draft, an_action, ask, live_rows
from tests.services.return_files import Look, a_workbook


def title(workspace: Workspace, ref: str) -> str:
    """The title of an action as it stands."""
    return show_action(workspace, ref).row.title


def changed(file: FileReport) -> set[tuple[str, str, str | None]]:
    """Reference, field and new value of all that a file changes."""
    return {(one.ref, one.field, one.now) for one in file.changed}


def asked(file: FileReport) -> dict[tuple[str | None, str], str | None]:
    """What is asked, by reference and field, with what came back."""
    return {(one.ref, one.field): one.theirs for one in file.questions}


def id_of(report: ImportReport, field: str, ref: str | None = None) -> str:
    """The id of the one question about a field."""
    found = [one for file in report.files for one in file.questions if one.field == field and ref in (None, one.ref)]
    assert len(found) == 1, found
    return found[0].id


@pytest.fixture
def returns(wales: Workspace, tmp_path: Path) -> list[Path]:
    """Four returns with the damage that people do, each row about another thing."""

    def of(ref: str) -> str:
        return title(wales, ref)

    first = a_workbook(
        tmp_path / "first.xlsx",
        [
            ("DP-10", of("DP-10"), "Mohammed Mehmet", None, "Ongoing", "Raised at two meetings."),
            ("DP-39", of("DP-39"), "Mohammed Mehmet", "ASAP", "In progress", None),
            ("DP-44", of("DP-44"), "Mohammed Mehmet", "31/01/14", "Complete", None),
            (None, "Total", None, None, None, 3),
        ],
        title=("Delivery Plan return", "quarter 3", "Completed by: a council"),
        left=2,
    )
    second = a_workbook(
        tmp_path / "second.xlsx",
        [
            (of("DP-25"), "dp 25", "AHTC / Gwent Police", "ongoing", None, Look(fill="green")),
            (
                of("DP-36"),
                "DP-36",
                "Jeff Farrar & SPOCs",
                date(2014, 3, 31),
                Look(comment="speak to JF"),
                Look(fill="amber"),
            ),
            (of("DP-38"), "DP-38", "AHTC", "end Jan", "Four leads met.", Look(fill="blue")),
            (of("DP-21"), " DP-21", "tbc", "Spring 2014", None, Look(fill="red")),
            (of("DP-24"), "DP-24", None, 41729, None, None),
            ("Share the referral form of the force with the others", None, "SPOC Gwent", "5.11.13", None, None),
        ],
        ("What", "No.", "By whom", "By when", "Progress since last meeting", "BRAG"),
        hidden=(5,),
        Closed=[(of("DP-13"), "DP-13"), (of("DP-38"), "DP-38")],
    )
    third = tmp_path / "third.csv"
    third.write_text(
        "Ref,Action,Lead,Due date,Status,Update\r\n"
        f'DP-29,"{of("DP-29")}",Bawso,,Ongoing,"\u2018no change\u2019\nsee last quarter"\r\n'
        f'DP-30,{of("DP-30")},"Bawso, AHTC",03/02/2014,In Progress,two areas \u2013 visited\r\n,Total,,,,2\r\n',
        encoding="cp1252",
        newline="",
    )
    welsh = a_workbook(
        tmp_path / "welsh.xlsx",
        [
            ("DP-17", of("DP-17"), None, "28 Chwefror 2014", "Ar y gweill", "Diweddariad"),
            ("DP-38", of("DP-38"), "AHTC", None, "Parhaus", "Diweddariad: ŵ ŷ"),
            ("DP-41", of("DP-41"), None, None, "Wedi’i gwblhau", None),
        ],
        ("Cyf.", "Cam gweithredu", "Arweinydd", "Erbyn", "Statws", "Cynnydd"),
    )
    return [first, second, third, welsh]


def test_every_finding_of_four_damaged_returns_is_applied_or_asked_as_it_should(
    wales: Workspace, returns: list[Path]
) -> None:
    first, second, third, welsh = apply_actions_import(wales, returns).files
    assert (first.read, second.read, third.read, welsh.read) == (3, 8, 2, 3)
    assert changed(first) == {
        ("DP-10", "progress", "Raised at two meetings."),
        ("DP-44", "due", "2014-01-31"),
        ("DP-44", "status", "done"),
    }
    assert asked(first) == {("DP-39", "due_text"): "ASAP"}
    assert changed(second) == {
        ("DP-36", "due", "2014-03-31"),
        ("DP-38", "progress", "Four leads met."),
        ("DP-24", "due", "2014-03-31"),
    }
    assert asked(second) == {
        ("DP-25", "leads"): "AHTC; Gwent Police",
        ("DP-25", "status_from_colour"): "continuing",
        ("DP-36", "leads"): "Jeff Farrar; SPOCs",
        ("DP-36", "status_from_colour"): "at risk",
        ("DP-38", "due_text"): "end Jan",
        ("DP-38", "status_from_colour"): "done",
        ("DP-38", "sheet_conflict"): "on Open and on Closed",
        ("DP-21", "lead_text"): "tbc",
        ("DP-21", "due_text"): "Spring 2014",
        ("DP-21", "status_from_colour"): "late or stuck",
    }
    assert [(one.ref, one.field) for one in second.warnings] == [("DP-36", "comment"), ("DP-21", "hidden")]
    assert "speak to JF" in second.warnings[0].reason
    (new,) = second.added
    assert (new.ref, new.row, new.values["due"]) == ("DP-45", "Open!7", "2013-11-05")
    assert new.values["lead"] == "Single Point of Contact, Gwent Police"
    assert changed(third) == {
        ("DP-29", "progress", "‘no change’\nsee last quarter"),
        ("DP-30", "due", "2014-02-03"),
        ("DP-30", "progress", "two areas – visited"),
    }
    assert asked(third) == {("DP-30", "leads"): "Bawso; AHTC"}
    assert changed(welsh) == {
        ("DP-17", "due", "2014-02-28"),
        ("DP-17", "progress", "Diweddariad"),
        ("DP-38", "progress", "Diweddariad: ŵ ŷ"),
    }
    assert asked(welsh) == {("DP-38", "status"): "continuing"}
    assert "second.xlsx" in welsh.questions[0].reason
    assert welsh.unchanged == 1


def test_a_second_time_nothing_is_written_and_one_undo_takes_the_first_back(
    wales: Workspace, returns: list[Path]
) -> None:
    before = live_rows(wales)
    planned = plan_actions_import(wales, returns)
    assert live_rows(wales) == before
    assert not planned.applied
    applied = apply_actions_import(wales, returns)
    assert [file.changed for file in applied.files] == [file.changed for file in planned.files]
    steps = len(list_steps(wales))
    again = apply_actions_import(wales, returns)
    assert not any(file.changed or file.added for file in again.files)
    assert again.left == applied.left
    assert len(list_steps(wales)) == steps
    undo(wales)
    assert live_rows(wales) == before
    assert not faults(wales.database)


def test_an_update_says_from_which_cell_of_which_file_it_comes(wales: Workspace, returns: list[Path]) -> None:
    apply_actions_import(wales, returns)
    sources = [source for (source,) in ask(wales, "SELECT source FROM updates ORDER BY source")]
    assert sources == [
        "first.xlsx, Open!G6", "second.xlsx, Open!E4", "third.csv, F2", "third.csv, F3", "welsh.xlsx, Open!F2",
        "welsh.xlsx, Open!F3",
    ]  # fmt: skip
    said = {update.text for update in show_action(wales, "DP-38").updates}
    assert said == {"Four leads met.", "Diweddariad: ŵ ŷ"}


ANSWERS: list[tuple[str, str, str, str, Any]] = [
    ("DP-25", "leads", "theirs", "support", "Gwent Police"),
    ("DP-36", "status_from_colour", "theirs", "brag", "A"),
    ("DP-21", "lead_text", "bawso", "lead_ref", "bawso"),
    ("DP-21", "due_text", "theirs", "due", "Spring 2014"),
    ("DP-38", "due_text", "3 Feb 2014", "due", "3 February 2014"),
    ("DP-38", "sheet_conflict", "on hold", "status", "on_hold"),
    ("DP-38", "status_from_colour", "theirs", "status", "done"),
    ("DP-39", "due_text", "theirs", "due", "ASAP"),
    ("DP-39", "due_text", "ours", "due", "None"),
    ("DP-30", "leads", "theirs", "lead_ref", "bawso"),
]


@pytest.mark.parametrize(("ref", "field", "answer", "kept_in", "value"), ANSWERS)
def test_an_answer_decides_one_question(
    wales: Workspace, returns: list[Path], ref: str, field: str, answer: str, kept_in: str, value: str
) -> None:
    planned = plan_actions_import(wales, returns)
    name = next(one.id for file in planned.files for one in file.questions if (one.ref, one.field) == (ref, field))
    report = apply_actions_import(wales, returns, Wishes(answers={name: answer}))
    assert report.left == planned.left - 1
    said = getattr(show_action(wales, ref).row, kept_in)
    assert value in (", ".join(said) if isinstance(said, tuple) else str(said))


def test_a_skipped_question_is_still_asked_and_nothing_can_be_taken_of_a_placeholder(
    wales: Workspace, returns: list[Path]
) -> None:
    planned = plan_actions_import(wales, returns)
    name = id_of(planned, "lead_text")
    assert plan_actions_import(wales, returns, Wishes(answers={name: "skip"})).left == planned.left
    with pytest.raises(BadInput, match="nothing to take"):
        apply_actions_import(wales, returns, Wishes(answers={name: "theirs"}))
    with pytest.raises(BadInput, match="nobody in the register"):
        apply_actions_import(wales, returns, Wishes(answers={name: "Nobody at all"}))


def test_taking_all_takes_their_side_and_leaves_what_has_none(wales: Workspace, returns: list[Path]) -> None:
    report = apply_actions_import(wales, returns, Wishes(Take.ALL))
    left = {(one.ref, one.field) for file in report.files for one in file.questions}
    assert left == {("DP-21", "lead_text"), ("DP-38", "sheet_conflict")}
    assert show_action(wales, "DP-21").row.brag == "R"
    assert not faults(wales.database)


def test_taking_nothing_writes_nothing(wales: Workspace, returns: list[Path]) -> None:
    before = live_rows(wales)
    assert not apply_actions_import(wales, returns, Wishes(Take.NONE)).applied
    assert live_rows(wales) == before


def test_what_was_changed_here_is_asked_where_nobody_knows_what_was_sent(wales: Workspace, tmp_path: Path) -> None:
    edit_action(wales, "DP-17", a_draft(status="on_hold"))
    edit_action(wales, "DP-18", a_draft(due="2014-05-01", reason="later"))
    file = a_workbook(
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
    assert set(asked(report)) == {("DP-17", "status"), ("DP-18", "due"), ("DP-22", "lead"), ("DP-07", "due")}


ODD_CELLS: list[tuple[str, str, Any, str, str | None]] = [
    ("Status", "DP-17", "Amber", "changed", "A"),
    ("BRAG", "DP-17", "R Red", "changed", "R"),
    ("BRAG", "DP-17", "Complete", "changed", "done"),
    ("Status", "DP-17", "who knows", "asked", "who knows"),
    ("Status", "DP-17", "Open", "same", None),
    ("Status", "DP-13", "Open", "asked", "Open"),
    ("Status", "DP-17", True, "changed", "done"),
    ("Due", "DP-17", "soon, 5 May 2014 or so", "asked", "soon, 5 May 2014 or so"),
    ("Due", "DP-17", "32/13/2014", "asked", "32/13/2014"),
    ("Due", "DP-17", "ongoing", "asked", "ongoing"),
    ("Due", "DP-03", "ongoing", "same", None),
    ("Lead", "DP-17", "JF", "asked", "JF"),
    ("Lead", "DP-17", "Gwent SPOC", "asked", "Gwent SPOC"),
    ("Lead", "DP-17", "Mohammed Mehmett", "asked", "Mohammed Mehmett"),
    ("Lead", "DP-17", "Nobody We Know", "asked", "Nobody We Know"),
    ("Lead", "DP-17", "Bawso", "changed", "Bawso"),
    ("Support", "DP-17", "Bawso; Nobody We Know", "asked", "Bawso; Nobody We Know"),
    ("Support", "DP-17", "New Pathways; Bawso", "changed", "Bawso; New Pathways"),
    ("Support", "DP-06", "Senior Research Officer", "same", None),
    ("Evidence", "DP-17", "Minutes of 3 May", "changed", "Minutes of 3 May"),
    ("Objective", "DP-17", "Objective 4", "same", None),
    ("Objective", "DP-17", "5", "asked", "5"),
    ("Objective", "DP-17", "Another one", "same", None),
    ("Closed", "DP-17", "3 May 2013", "asked", "2013-05-03"),
    ("Closed", "DP-13", "3 May 2013", "changed", "2013-05-03"),
    ("Closed", "DP-13", "long ago", "same", None),
    ("Progress", "DP-17", Look("Done in May", struck=True), "asked", "Done in May"),
    ("Progress", "DP-17", "–", "same", None),
    ("Comments", "DP-17", "To be raised", "changed", "To be raised"),
]


@pytest.mark.parametrize(("heading", "ref", "value", "fate", "said"), ODD_CELLS)
def test_each_kind_of_cell_is_taken_asked_or_left(
    wales: Workspace, tmp_path: Path, heading: str, ref: str, value: Any, fate: str, said: str | None
) -> None:
    file = a_workbook(tmp_path / "log.xlsx", [(ref, title(wales, ref), value)], ("Ref", "Action", heading))
    (report,) = apply_actions_import(wales, [file]).files
    assert [one.now for one in report.changed] == ([said] if fate == "changed" else [])
    assert [one.theirs for one in report.questions] == ([said] if fate == "asked" else [])
    assert report.unchanged == (fate == "same")


def test_taking_an_unknown_lead_makes_a_post_to_be_confirmed(wales: Workspace, tmp_path: Path) -> None:
    file = a_workbook(tmp_path / "log.xlsx", [("DP-17", None, "Harbour Master", None, None, None)])
    apply_actions_import(wales, [file], Wishes(Take.ALL))
    row = show_action(wales, "DP-17").row
    assert (row.lead, row.lead_kind) == ("Harbour Master", "post")
    assert ask(wales, "SELECT note FROM parties WHERE name = 'Harbour Master'") == [
        ("To be confirmed: named in log.xlsx",)
    ]


def test_a_struck_row_is_asked_whether_it_is_cancelled(wales: Workspace, tmp_path: Path) -> None:
    struck = Look(title(wales, "DP-17"), struck=True)
    file = a_workbook(tmp_path / "log.xlsx", [("DP-17", struck, None, None, None, None)])
    (report,) = apply_actions_import(wales, [file]).files
    assert asked(report) == {("DP-17", "struck"): "cancelled"}


def test_a_row_on_a_sheet_of_closed_actions_alone_is_asked(wales: Workspace, tmp_path: Path) -> None:
    file = a_workbook(
        tmp_path / "log.xlsx", [("DP-18", title(wales, "DP-18"))], Completed=[("DP-17", title(wales, "DP-17"))]
    )
    (report,) = apply_actions_import(wales, [file], Wishes(Take.ALL)).files
    assert changed(report) == {("DP-17", "status_from_sheet", "done")}


def test_a_row_found_by_its_words_alone_is_asked_about(wales: Workspace, tmp_path: Path) -> None:
    file = a_workbook(
        tmp_path / "log.xlsx",
        [
            (None, title(wales, "DP-17"), None, None, "Complete", "First meeting held."),
            (7, title(wales, "DP-18"), None, None, "In progress", None),
            (None, title(wales, "DP-20") + " soon", None, None, None, None),
        ],
    )
    (report,) = plan_actions_import(wales, [file]).files
    assert set(asked(report)) == {("DP-17", "status"), ("DP-17", "progress"), (None, "new_action")}
    assert not report.added
    names = {one.field: one.id for one in report.questions}
    chosen = {names["new_action"]: "dp 20", names["progress"]: "both"}
    (report,) = apply_actions_import(wales, [file], Wishes(answers=chosen)).files
    assert changed(report) == {("DP-17", "progress", "First meeting held.")}
    assert set(asked(report)) == {("DP-17", "status")}


def test_a_reference_of_one_action_with_the_words_of_another_is_asked(wales: Workspace, tmp_path: Path) -> None:
    file = a_workbook(tmp_path / "log.xlsx", [("DP-17", title(wales, "DP-22"), None, None, "Complete", "Agreed.")])
    report = apply_actions_import(wales, [file])
    assert asked(report.files[0]) == {("DP-17", "reference"): title(wales, "DP-22")}
    assert not report.files[0].changed
    (right,) = apply_actions_import(wales, [file], Wishes(answers={id_of(report, "reference"): "DP-22"})).files
    assert changed(right) == {("DP-22", "status", "done"), ("DP-22", "progress", "Agreed.")}


def test_an_unknown_reference_among_known_ones_is_asked(wales: Workspace, tmp_path: Path) -> None:
    rows = [("DP-17", title(wales, "DP-17")), ("DP-99", "Print the leaflet"), ("DP-98", None)]
    file = a_workbook(tmp_path / "log.xlsx", rows)
    report = plan_actions_import(wales, [file])
    assert asked(report.files[0]) == {("DP-99", "new_action"): "Print the leaflet"}
    assert "DP-98" in report.files[0].warnings[0].reason
    (taken,) = apply_actions_import(wales, [file], Wishes(answers={id_of(report, "new_action"): "theirs"})).files
    assert [one.ref for one in taken.added] == ["DP-99"]


def test_case_data_is_warned_of(wales: Workspace, tmp_path: Path) -> None:
    rows = [("DP-17", title(wales, "DP-17"), "12/03/1990", "Met; NRM ref 4711 is with the force.")]
    file = a_workbook(tmp_path / "log.xlsx", rows, ("Ref", "Action", "Date of birth", "Progress"))
    (report,) = plan_actions_import(wales, [file]).files
    reasons = " ".join(one.reason for one in report.warnings)
    assert "a date of birth" in reasons
    assert "an NRM number" in reasons


def test_a_column_that_a_person_explained_once_is_known_from_then_on(wales: Workspace, tmp_path: Path) -> None:
    head = ("Ref", "Action", "Where we are with it", "Date")
    rows = [("DP-17", title(wales, "DP-17"), "Draft written.", "x")]
    file = a_workbook(tmp_path / "log.xlsx", rows, head)
    (report,) = plan_actions_import(wales, [file]).files
    assert not report.changed
    assert [(one.field, one.confidence) for one in report.columns][:3] == [("ref", 95), ("title", 95), (None, 0)]
    columns = {"Where we are with it": "update", "Date": ""}
    (report,) = apply_actions_import(wales, [file], columns=columns).files
    assert changed(report) == {("DP-17", "progress", "Draft written.")}
    rows = [("DP-18", title(wales, "DP-18"), "Venue found.", "x")]
    later = a_workbook(tmp_path / "later.xlsx", rows, head)
    (report,) = apply_actions_import(wales, [later]).files
    assert changed(report) == {("DP-18", "progress", "Venue found.")}
    assert (report.columns[2].field, report.columns[2].confidence) == ("update", 100)
    apply_actions_import(wales, [later], columns={"Where we are with it": "evidence"})
    undo(wales)
    undo(wales)
    undo(wales)
    apply_actions_import(wales, [later], columns=columns)
    with pytest.raises(BadInput, match="cannot mean"):
        plan_actions_import(wales, [file], columns={"Date": "birthday"})


def test_a_long_import_tells_how_far_it_is_and_can_be_stopped(workspace: Workspace, tmp_path: Path) -> None:
    rows = [(f"A-{n}", f"Synthetic action {n}") for n in range(1200)]
    file = a_workbook(tmp_path / "log.xlsx", rows)
    told: list[tuple[int, int]] = []
    plan_actions_import(workspace, [file], hooks=Hooks(lambda done, total: told.append((done, total))))
    assert (500, 1200) in told
    assert told[-1] == (1200, 1200)
    with pytest.raises(Cancelled):
        apply_actions_import(workspace, [file], hooks=Hooks(cancelled=lambda: True))
    assert not list_actions(workspace, a_filter())


def a_filter() -> Any:
    from ahtc_tui.domain.filters import ActionFilter, Which

    return ActionFilter(which=Which.ALL)


def test_no_file_and_a_file_without_a_table_are_refused(wales: Workspace, tmp_path: Path) -> None:
    with pytest.raises(BadFile):
        plan_actions_import(wales, [])
    empty = tmp_path / "empty.csv"
    empty.write_text("", encoding="utf-8")
    with pytest.raises(BadFile):
        plan_actions_import(wales, [empty])


def test_two_files_that_agree_are_one_change_and_the_same_update_is_kept_once(wales: Workspace, tmp_path: Path) -> None:
    rows = [("DP-17", title(wales, "DP-17"), None, None, "Complete", "Launched.")]
    files = [a_workbook(tmp_path / f"{name}.xlsx", rows) for name in ("one", "two")]
    report = apply_actions_import(wales, files)
    assert report.left == 0
    assert len(show_action(wales, "DP-17").updates) == 1
    assert show_action(wales, "DP-17").row.status == "done"


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
    by_ref = {row.ref: row for row in list_actions(workspace, a_filter())}
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
    back = {(row.title, row.status, row.lead, row.due) for row in list_actions(workspace, a_filter())}
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
