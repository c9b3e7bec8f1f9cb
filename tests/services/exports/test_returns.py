"""Returns: the workbook of each lead, the recorded dispatches, and the three-way comparison on import."""

from __future__ import annotations

from datetime import date
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest

from ahtc_tui.domain.actions.filters import ActionFilter, ActionScope, read_action_filter
from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.errors import BadInput, Refused
from ahtc_tui.domain.i18n import Language
from ahtc_tui.domain.imports.report import ImportOptions, ImportReport
from ahtc_tui.domain.returns.model import ReturnFile
from ahtc_tui.services.actions.service import close_action, edit_action, show_action
from ahtc_tui.services.exports.action_log import export_actions
from ahtc_tui.services.exports.returns import write_returns
from ahtc_tui.services.history import list_changes, undo_step
from ahtc_tui.services.imports.actions.service import apply_actions_import, plan_actions_import
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.engine.integrity_check import find_faults
from tests.builders import TODAY, make_action, make_action_draft, query_rows, read_live_rows
from tests.services.exports.return_files import edit_workbook, use_old_layout

SOME, SUPPORT = ("ahtc", "bawso", "gwent-police", ""), ("new-pathways", "bawso")
MANY = 60


@pytest.fixture
def office(wales: Workspace) -> Workspace:
    """The Wales 2013 data with an address for Bawso and synthetic actions."""
    key = query_rows(wales, "SELECT id FROM parties WHERE ref = 'bawso'")[0][0]
    with wales.database.write("address") as ledger:
        ledger.update("parties", key, {"email": "actions@bawso.example"})
    parties = dict(query_rows(wales, "SELECT ref, id FROM parties"))
    dues = ("2014-03-01", "2014-05-31 season by spring 2014", None, "9999-12-31 words ASAP", "2014-03-31 month")
    with wales.database.write("add") as ledger:
        rows = [
            {
                "ref": f"DP-{45 + n}",
                "title": f'Synthetic action {n}: = "training" & <links>',
                "lead": parties.get(SOME[n % 4]),
                "due": dues[n % 5],
                "status": ("planned", "in_progress", "on_hold")[n % 3],
                "brag": (None, "R", "A", "G")[n % 4],
                "evidence": (None, "Minutes\nof 3 May")[n % 2],
            }
            for n in range(MANY)
        ]
        keys = ledger.add_all("actions", rows)
        support = [
            {"action": action, "party": parties[ref], "role": "support"} for action in keys[::2] for ref in SUPPORT
        ]
        ledger.add_all("action_parties", support)
    return wales


def group_by_lead(files: tuple[ReturnFile, ...]) -> dict[str | None, ReturnFile]:
    """Return the files by lead."""
    return {file.lead: file for file in files}


def test_each_lead_gets_a_workbook_and_a_note(office: Workspace, tmp_path: Path) -> None:
    close_action(office, "DP-29")
    report = write_returns(office, tmp_path / "out", ActionFilter())
    files = group_by_lead(report.files)
    bawso = files["Bawso"]
    assert bawso.file.name == "2013-12-31 Action return, Bawso.xlsx"
    assert len(bawso.actions) == MANY // 4
    assert "DP-29" not in bawso.actions
    assert bawso.letter == tmp_path / "out" / "2013-12-31 Action return, Bawso.eml"
    mail = message_from_bytes(bawso.letter.read_bytes(), policy=default)
    assert (mail["X-Unsent"], mail["To"]) == ("1", "Bawso <actions@bawso.example>")
    assert str(mail["Subject"]).startswith("OFFICIAL: your action return")
    words, workbook = mail.iter_parts()
    assert "The attached workbook has the open actions with Bawso" in str(words.get_content())
    assert workbook.get_filename() == "2013-12-31 Action return, Bawso.xlsx"
    assert workbook.get_content() == bawso.file.read_bytes()
    assert files["Gwent Police"].letter is None
    assert "Gwent Police" in {absent.name for absent in report.without_address}
    assert files[None].file.name == "2013-12-31 Action return, actions without a lead.xlsx"
    assert list(files)[-1] is None


def test_dispatches_are_recorded_and_undone_in_one_step(office: Workspace, tmp_path: Path) -> None:
    before = read_live_rows(office)
    write_returns(office, tmp_path / "out", read_action_filter("conference", today=TODAY))
    kept = query_rows(office, "SELECT a.ref, p.ref, d.sent_on, d.file FROM dispatches d"
                       " JOIN actions a ON a.id = d.action"
                       " LEFT JOIN parties p ON p.id = d.party ORDER BY a.ref")  # fmt: skip
    assert ("DP-29", "bawso", "2013-12-31", "2013-12-31 Action return, Bawso.xlsx") in kept
    assert list_changes(office, "DP-29")[0].new == "DP-29, Bawso, 31 December 2013"
    assert not find_faults(office.database)
    undo_step(office)
    assert read_live_rows(office) == before


@pytest.mark.long
def test_the_same_workspace_writes_the_same_bytes(office: Workspace, tmp_path: Path) -> None:
    first_files, second_files = (
        write_returns(office, tmp_path / name, ActionFilter()).files for name in ("one", "two")
    )
    assert [file.file.read_bytes() for file in first_files] == [file.file.read_bytes() for file in second_files]
    assert all(
        a.letter.read_bytes() == b.letter.read_bytes()
        for a, b in zip(first_files, second_files, strict=True)
        if a.letter and b.letter
    )


def test_the_marking_is_the_highest_of_the_actions(wales: Workspace, tmp_path: Path) -> None:
    edit_action(wales, "DP-29", make_action_draft(marking="official-sensitive"))
    report = write_returns(wales, tmp_path / "out", ActionFilter())
    assert report.marking is Marking.OFFICIAL_SENSITIVE


def test_nothing_to_send_makes_no_folder(wales: Workspace, tmp_path: Path) -> None:
    report = write_returns(wales, tmp_path / "out", read_action_filter("no such words", today=TODAY))
    assert report.files == ()
    assert not (tmp_path / "out").exists()


def test_closed_actions_and_existing_files_are_refused(wales: Workspace, tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        write_returns(wales, tmp_path / "out", ActionFilter(which=ActionScope.ALL))
    action_filter = read_action_filter("conference", today=TODAY)
    write_returns(wales, tmp_path / "out", action_filter)
    before = read_live_rows(wales)
    with pytest.raises(Refused):
        write_returns(wales, tmp_path / "out", action_filter)
    assert read_live_rows(wales) == before
    assert write_returns(wales, tmp_path / "out", action_filter, force=True).files


def export_files(office: Workspace, folder: Path, how: str) -> list[Path]:
    """Export files as returns or as an action log."""
    if how == "returns":
        return [file.file for file in write_returns(office, folder, ActionFilter()).files]
    folder.mkdir()
    export_actions(office, folder / "log.xlsx", ActionFilter(which=ActionScope.ALL))
    return [folder / "log.xlsx"]


def count_outcomes(report: ImportReport) -> tuple[int, int, int, int]:
    """Return the numbers of changed, kept, asked and added items."""
    files = report.files
    changed, kept = sum(len(file.changed) for file in files), sum(file.kept for file in files)
    return changed, kept, report.open_question_count, sum(len(file.added) for file in files)


@pytest.mark.long
@pytest.mark.parametrize("is_old", [False, True])
@pytest.mark.parametrize("how", ["returns", "actions"])
def test_only_conflicting_changes_are_asked_about(office: Workspace, tmp_path: Path, how: str, is_old: bool) -> None:
    files = export_files(office, tmp_path / "out", how)
    files = [use_old_layout(office, file) for file in files] if is_old else files
    untouched = plan_actions_import(office, files)
    assert count_outcomes(untouched) == (0, 0, 0, 0)
    assert sum(file.unchanged for file in untouched.files) == sum(file.read for file in untouched.files) > MANY
    refs = [f"DP-{n}" for n in range(45, 45 + 57)]
    peer_refs, local_refs = refs[:40], refs[:8] + refs[40:]
    for file in files:
        changed_refs = set(read_refs(file)) & set(peer_refs)
        edit_workbook(
            file,
            {changed_cell(ref, peer_refs.index(ref), how): peer_value(peer_refs.index(ref)) for ref in changed_refs},
        )
    for n, ref in enumerate(local_refs):
        edit_action(office, ref, make_action_draft(**local_value(n, ref in peer_refs)))
    before = read_live_rows(office)
    report = apply_actions_import(office, files)
    assert count_outcomes(report) == (16, 17, 24, 0)
    assert all(question.theirs for file in report.files for question in file.questions)
    for n, ref in enumerate(local_refs):
        assert getattr(show_action(office, ref).row, "due" if n % 2 else "status") in (LOCAL_DUE, "proposed_complete")
    undo_step(office)
    assert read_live_rows(office) == before
    assert not find_faults(office.database)


LOCAL_DUE = make_action_draft(due="2015-02-01").due


def read_refs(file: Path) -> list[str]:
    """Return the references in an exported workbook."""
    from openpyxl import load_workbook

    return [str(row[0]) for row in load_workbook(file).worksheets[0].iter_rows(values_only=True)]


def changed_cell(ref: str, n: int, how: str) -> tuple[str, str]:
    """Return the cell that the lead changes: a status or a date."""
    return (ref, "Status") if n % 2 == 0 else (ref, "Proposed date" if how == "returns" else "Due")


def peer_value(n: int) -> Any:
    """Return the value that the lead writes: a status that no action has, or a different day for each action."""
    return "Continuing" if n % 2 == 0 else date(2014, 6, n + 1) if n < 30 else date(2014, 7, n - 29)


def local_value(n: int, clash: bool) -> dict[str, str]:
    """Return the value that the office writes to the same field in the meantime."""
    return {"status": "proposed_complete"} if n % 2 == 0 else {"due": "2015-02-01", "reason": "moved"}


def test_a_missing_row_is_asked_about(office: Workspace, tmp_path: Path) -> None:
    (file,) = export_files(office, tmp_path / "out", "actions")
    edit_workbook(file, {}, drop=["DP-60"])
    report = apply_actions_import(office, [file])
    assert [(question.ref, question.field) for question in report.files[0].questions] == [("DP-60", "missing")]
    answered = ImportOptions(answers={report.files[0].questions[0].id: "cancelled"})
    apply_actions_import(office, [file], answered)
    assert show_action(office, "DP-60").row.status == "cancelled"


@pytest.mark.long
def test_many_missing_rows_are_one_question(office: Workspace, tmp_path: Path) -> None:
    (file,) = export_files(office, tmp_path / "out", "actions")
    edit_workbook(file, {}, drop=[f"DP-{n}" for n in range(79, 49, -1)])
    (question,) = plan_actions_import(office, [file]).files[0].questions
    assert question.ref is None
    assert "30 of the 104" in question.reason


@pytest.mark.long
def test_a_workbook_without_hidden_sheets_uses_the_stored_dispatch(office: Workspace, tmp_path: Path) -> None:
    files = export_files(office, tmp_path / "out", "returns")
    file = next(path for path in files if path.stem.endswith("Bawso"))
    edit_workbook(
        file, {("DP-50", "Status"): "Continuing", ("DP-46", "Your update"): "Half done."}, drop=["DP-54"], strip=True
    )
    edit_action(office, "DP-46", make_action_draft(status="proposed_complete"))
    edit_action(office, "DP-50", make_action_draft(status="proposed_complete"))
    (report,) = apply_actions_import(office, [file]).files
    assert {(change.ref, change.field) for change in report.changed} == {("DP-46", "progress")}
    assert {(question.ref, question.field) for question in report.questions} == {
        ("DP-50", "status"),
        ("DP-54", "missing"),
    }
    assert report.kept == 1


def test_an_emptied_cell_is_asked_about(office: Workspace, tmp_path: Path) -> None:
    (file,) = export_files(office, tmp_path / "out", "actions")
    use_old_layout(office, file)
    edit_workbook(
        file, {("DP-45", "Lead"): None, ("DP-45", "Due"): None, ("DP-46", "row_sent"): "cut", ("DP-47", "row_id"): "x"}
    )
    (report,) = plan_actions_import(office, [file]).files
    assert {(question.ref, question.field, question.theirs) for question in report.questions} == {
        ("DP-45", "lead", None),
        ("DP-45", "due", None),
    }
    answers = {question.id: "theirs" for question in report.questions}
    apply_actions_import(office, [file], ImportOptions(answers=answers))
    row = show_action(office, "DP-45").row
    assert (row.lead, row.due) == (None, None)


@pytest.mark.long
def test_rows_of_a_return_may_be_sorted_inserted_and_lose_their_reference(office: Workspace, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    (file,) = export_files(office, tmp_path / "out", "actions")
    edit_workbook(file, {("DP-46", "Due"): date(2014, 6, 1), ("DP-47", "Latest update"): "Half done."}, drop=["DP-60"])
    book = load_workbook(file)
    sheet = book["Action log"]
    rows = [[cell.value for cell in line] for line in sheet.iter_rows(min_row=4)]
    rows.sort(key=lambda row: str(row[3]), reverse=True)
    next(row for row in rows if row[0] == "DP-46")[0] = None
    rows.insert(3, [None, None, None, "Translate the leaflet", "Bawso", *[None] * 10])
    for number, row in enumerate(rows, start=4):
        for column, value in enumerate(row, start=1):
            sheet.cell(number, column).value = value
    book.save(file)
    (report,) = plan_actions_import(office, [file]).files
    assert {(change.ref, change.field) for change in report.changed} == {("DP-47", "progress")}
    assert [(question.ref, question.field) for question in report.questions] == [
        (None, "new_action"),
        ("DP-46", "due"),
        ("DP-60", "missing"),
    ]


def test_a_workbook_names_the_leads_in_it_and_no_other_contact(office: Workspace, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    export_actions(office, tmp_path / "log.xlsx", ActionFilter())
    book = load_workbook(tmp_path / "log.xlsx")
    leads = {cell.value for cell in book["Action log"]["E"][3:] if cell.value}
    assert [cell.value for cell in book["Lists"]["C"] if cell.value] == ["Lead", *sorted(leads)]


def test_a_return_is_in_the_language_that_its_reader_prefers(wales: Workspace, tmp_path: Path) -> None:
    key = query_rows(wales, "SELECT id FROM parties WHERE ref = 'stephen-chapman'")[0][0]
    with wales.database.write("language") as ledger:
        ledger.update("people", key, {"language": "cy"})
    make_action(wales, lead="AHTC")
    files = {file.lead: file for file in write_returns(wales, tmp_path / "wish", ActionFilter()).files}
    post = "Anti Human Trafficking Co-ordinator"
    assert files[post].file.name.startswith("2013-12-31 Ffurflen camau gweithredu, Cydgysylltydd")
    assert files["University of Central Lancashire"].file.name.startswith("2013-12-31 Action return, ")
    plan = plan_actions_import(wales, [file.file for file in files.values()])
    assert [(file.changed, file.questions) for file in plan.files] == [((), ())] * len(files)
    asked = write_returns(wales, tmp_path / "asked", ActionFilter(), language=Language.EN).files
    assert all(" Action return, " in file.file.name for file in asked)
