"""Returns whose rating or status the group has to judge: what the lead reported is kept in the lead's words."""

from __future__ import annotations

from pathlib import Path

import pytest

from ahtc_tui.domain.imports.report import FileReport, ImportOptions, TakeMode
from ahtc_tui.services.actions.service import show_action
from ahtc_tui.services.imports.actions.service import apply_actions_import
from ahtc_tui.services.workspace import Workspace
from tests.services.exports.return_files import write_workbook
from tests.services.imports.import_reports import read_title

REF = "DP-17"
HEADINGS = ("Ref", "Action", "BRAG", "Your update", "Status")


def take_in(
    workspace: Workspace, folder: Path, rating: str, update: str, status: str = "In progress", answer: str = ""
) -> FileReport:
    file = write_workbook(folder / "log.xlsx", [(REF, read_title(workspace, REF), rating, update, status)], HEADINGS)
    options = ImportOptions(TakeMode.ALL)
    (report,) = apply_actions_import(workspace, [file], options).files
    if not answer:
        return report
    (question,) = report.questions
    (report,) = apply_actions_import(workspace, [file], ImportOptions(answers={question.id: answer})).files
    return report


@pytest.mark.parametrize("update", ["No change", "Dim newid", ""])
def test_red_without_a_reason_asks_for_one(wales: Workspace, tmp_path: Path, update: str) -> None:
    report = take_in(wales, tmp_path, "Red", update)
    (question,) = report.questions
    assert (question.field, question.theirs, question.takes) == ("brag_reason", "R", False)
    assert show_action(wales, REF).row.brag is None


def test_the_answer_is_the_reason_of_the_rating(wales: Workspace, tmp_path: Path) -> None:
    take_in(wales, tmp_path, "Red", "No change", answer="No funding was agreed")
    card = show_action(wales, REF)
    assert (card.row.brag, card.brag_reason) == ("R", "No funding was agreed")


@pytest.mark.parametrize(("rating", "update"), [("Green", "No change"), ("Red", "No funding was agreed")])
def test_other_ratings_need_no_answer(wales: Workspace, tmp_path: Path, rating: str, update: str) -> None:
    assert take_in(wales, tmp_path, rating, update).questions == ()
    assert show_action(wales, REF).row.brag == rating[0]


@pytest.mark.parametrize(("status", "kept"), [("Cancelled", "Status: Cancelled"), ("Cancelled (no funding)", None)])
def test_a_lead_who_cancels_is_quoted_until_the_group_decides(
    wales: Workspace, tmp_path: Path, status: str, kept: str | None
) -> None:
    take_in(wales, tmp_path, "Amber", "", status)
    card = show_action(wales, REF)
    assert card.row.status == "proposed_complete"
    assert [update.text for update in card.updates] == [kept or status]
    assert card.is_proposed_cancelled
