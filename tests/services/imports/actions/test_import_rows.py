"""Rows and cells of other people's logs, one oddity each: taken, asked or left."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ahtc_tui.domain.errors import BadFile, BadInput
from ahtc_tui.domain.imports.report import Cancelled, Take, Wishes
from ahtc_tui.services.actions.service import list_actions, show_action
from ahtc_tui.services.history import undo
from ahtc_tui.services.imports.actions.service import apply_actions_import, plan_actions_import
from ahtc_tui.services.progress import Hooks
from ahtc_tui.services.workspace import Workspace
from tests.builders import ask
from tests.services.exports.return_files import Look, a_workbook
from tests.services.imports.import_reports import asked, changed, every_action, id_of, title

ODD_CELLS: list[tuple[str, str, Any, str, str | None]] = [
    ("Status", "DP-17", "Amber", "changed", "A"),
    ("BRAG", "DP-17", "R Red", "changed", "R"),
    ("BRAG", "DP-17", "Complete", "changed", "done"),
    ("Status", "DP-17", "who knows", "asked", "who knows"),
    ("Status", "DP-17", "Open", "same", None),
    ("Status", "DP-13", "Open", "asked", "Open"),
    ("Status", "DP-17", True, "asked", "done"),
    ("Complete?", "DP-17", True, "changed", "done"),
    ("Completed (Y/N)", "DP-17", "Y", "changed", "done"),
    ("Status", "DP-17", "yes", "asked", "done"),
    ("Status", "DP-17", "Closed?", "asked", "done"),
    ("Status", "DP-17", "slipped", "asked", "slipped"),
    ("Status", "DP-36", "on track", "asked", "on track"),
    ("Status", "DP-13", "on track", "asked", "on track"),
    ("RAG", "DP-17", "on track", "changed", "G"),
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
    assert not list_actions(workspace, every_action())


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
