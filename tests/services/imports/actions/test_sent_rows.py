"""Returns that are not the sent workbook: an export of returns changes nothing about what is asked."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from ahtc_tui.domain.actions.filters import ActionFilter
from ahtc_tui.domain.actions.model import Brag
from ahtc_tui.domain.imports.report import FileReport
from ahtc_tui.services.actions.service import close_action, show_action
from ahtc_tui.services.exports.returns import write_returns
from ahtc_tui.services.imports.actions.service import apply_actions_import
from ahtc_tui.services.workspace import Workspace


@pytest.fixture(params=["sent", "not sent"])
def office(wales: Workspace, tmp_path: Path, request: pytest.FixtureRequest) -> Workspace:
    """An office before and after it sent all actions as returns."""
    if request.param == "sent":
        write_returns(wales, tmp_path / "returns", ActionFilter())
    return wales


def import_rows(office: Workspace, folder: Path, *files: tuple[str, ...]) -> list[FileReport]:
    paths = [folder / f"list-{n}.csv" for n in range(len(files))]
    for path, rows in zip(paths, files, strict=True):
        path.write_text("\n".join(rows), encoding="utf-8")
    return list(apply_actions_import(office, paths).files)


@pytest.mark.sample(4)
@pytest.mark.parametrize("second", ["Bawso", "Peter Nobody"])
def test_two_owners_in_a_plain_list_are_asked_about(office: Workspace, tmp_path: Path, second: str) -> None:
    title = show_action(office, "DP-07").row.title
    report = import_rows(office, tmp_path, ("Ref,Action,Lead", f'DP-07,"{title}","AHTC / {second}"'))[0]
    assert report.questions
    assert report.changed == ()


@pytest.mark.sample(8)
@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("Due date", ("31/03/2014", "30/04/2014")),
        ("Lead", ("Bawso", "Gwent Police")),
        ("BRAG", ("Red", "Green")),
        ("Status", ("In progress", "Blocked")),
    ],
)
def test_two_lists_that_disagree_are_asked_about(
    office: Workspace, tmp_path: Path, column: str, values: tuple[str, str]
) -> None:
    title = show_action(office, "DP-07").row.title
    reports = import_rows(office, tmp_path, *((f"Ref,Action,{column}", f'DP-07,"{title}",{value}') for value in values))
    assert [len(report.questions) for report in reports] == [1, 1]
    assert [report.changed for report in reports] == [(), ()]


@pytest.mark.sample(2)
def test_a_rating_of_a_closed_action_is_named_and_the_rest_comes_in(office: Workspace, tmp_path: Path) -> None:
    titles = [show_action(office, ref).row.title for ref in ("DP-07", "DP-08")]
    close_action(office, "DP-07")
    rows = ("Ref,Action,BRAG", f'DP-07,"{titles[0]}",Red', f'DP-08,"{titles[1]}",Green')
    (report,) = import_rows(office, tmp_path, rows)
    warnings = [warning.reason for warning in report.warnings if warning.ref == "DP-07"]
    assert warnings == ["DP-07 is closed and takes no rating. Reopen it first."]
    assert show_action(office, "DP-07").row.brag is Brag.BLUE
    assert show_action(office, "DP-08").row.brag is Brag.GREEN


@pytest.mark.sample(6)
@pytest.mark.parametrize("closed_row", [(), ("Complete",), ("Blocked",)])
def test_an_action_on_an_open_and_a_closed_sheet_is_asked_about_and_not_changed(
    office: Workspace, tmp_path: Path, closed_row: tuple[str, ...]
) -> None:
    title = show_action(office, "DP-07").row.title
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Open")
    for row in (("Ref", "Action", "Status", "Update"), ("DP-07", title, "In progress", "Half is done")):
        sheet.append(row)
    closed = book.create_sheet("Closed")
    closed.append(("Ref", "Action", "Status"))
    closed.append(("DP-07", title, *closed_row))
    book.save(tmp_path / "log.xlsx")
    before = show_action(office, "DP-07").row
    (report,) = apply_actions_import(office, [tmp_path / "log.xlsx"]).files
    assert {question.field for question in report.questions} >= {"sheet_conflict"}
    assert {change.field for change in report.changed} <= {"progress"}
    after = show_action(office, "DP-07").row
    assert (after.status, after.brag, after.due) == (before.status, before.brag, before.due)
