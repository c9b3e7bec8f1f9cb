"""Titles of logs and returns in Welsh and in both languages come back without loss."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ahtc_tui.domain.actions.filters import ActionFilter
from ahtc_tui.domain.drafts.plan import build_objective_draft
from ahtc_tui.domain.i18n import Language, use_language
from ahtc_tui.domain.imports.report import FileReport, ImportOptions
from ahtc_tui.services.actions.service import edit_action, show_action
from ahtc_tui.services.exports.action_log import export_actions
from ahtc_tui.services.exports.returns import write_returns
from ahtc_tui.services.imports.actions.service import apply_actions_import
from ahtc_tui.services.plan.objectives import edit_objective
from ahtc_tui.services.workspace import Workspace
from tests.builders import make_action_draft

REF, WELSH = "DP-27", "Cadw'r tudalennau gwe yn berthnasol ac yn gyfredol"
ENGLISH = "Keep the web-pages relevant and up to date"
OBJECTIVE, ENGLISH_OBJECTIVE = "Hyfforddiant ac ymwybyddiaeth", "Training and awareness"


@pytest.fixture
def office(wales: Workspace) -> Workspace:
    """An office with an action and its objective in both languages; the others are in English."""
    edit_action(wales, REF, make_action_draft(title_cy=WELSH))
    edit_objective(wales, "6", build_objective_draft({"title_cy": OBJECTIVE}))
    return wales


def export_files(office: Workspace, folder: Path, kind: str, language: Language) -> list[Path]:
    """Write the log or the returns in a language."""
    with use_language(language):
        if kind == "returns":
            write_returns(office, folder / kind, ActionFilter())
            return sorted((folder / kind).glob("*.xlsx"))
        export_actions(office, folder / kind, ActionFilter())
    return [folder / kind]


def read_cells(path: Path) -> dict[str, tuple[str, str]]:
    """Return objective and title by reference."""
    if path.suffix == ".csv":
        rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines(keepends=True)))
        return {row[0]: (row[2], row[3]) for row in rows}
    sheet: Any = openpyxl.load_workbook(path).worksheets[0]
    shift = int(path.parent.name != "returns")
    return {
        str(row[0].value): (str(row[1 + shift].value), str(row[2 + shift].value))
        for row in sheet.iter_rows()
        if row[0].value
    }


def edit_title(path: Path, old: str, new: str) -> None:
    """Replace a text in the cells of a workbook as a person would."""
    book: Any = openpyxl.load_workbook(path)
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row if old in str(cell.value)]
    assert len(cells) == 1
    cells[0].value = cells[0].value.replace(old, new)
    book.save(path)


def import_files(office: Workspace, paths: list[Path]) -> list[FileReport]:
    return list(apply_actions_import(office, paths).files)


@pytest.mark.sample(9)
@pytest.mark.parametrize("kind", ["log.xlsx", "log.csv", "returns"])
@pytest.mark.parametrize(
    ("language", "objective", "title"),
    [
        (Language.EN, ENGLISH_OBJECTIVE, ENGLISH),
        (Language.CY, OBJECTIVE, WELSH),
        (Language.BOTH, f"{OBJECTIVE} | {ENGLISH_OBJECTIVE}", f"{WELSH}\n{ENGLISH}"),
    ],
)
def test_a_file_in_any_language_comes_back_without_changes(
    office: Workspace, tmp_path: Path, kind: str, language: Language, objective: str, title: str
) -> None:
    paths = export_files(office, tmp_path, kind, language)
    cells = {ref: texts for path in paths for ref, texts in read_cells(path).items()}
    written_objective, written_title = cells[REF]
    assert (written_objective.replace("\n6. ", " | "), written_title) == (f"6. {objective}", title)
    for report in import_files(office, paths):
        assert (report.added, report.changed, report.questions, report.warnings) == ((), (), (), ())
        assert report.unchanged == report.read > 0


@pytest.mark.sample(3)
@pytest.mark.parametrize(
    ("language", "old", "new", "field"),
    [
        (Language.CY, "yn gyfredol", "yn fanwl gywir", "title_cy"),
        (Language.BOTH, "yn gyfredol", "yn fanwl gywir", "title_cy"),
        (Language.BOTH, "up to date", "current", "title"),
    ],
)
def test_an_edited_title_is_asked_about_in_its_language(
    office: Workspace, tmp_path: Path, language: Language, old: str, new: str, field: str
) -> None:
    paths = export_files(office, tmp_path, "log.xlsx", language)
    edit_title(paths[0], old, new)
    report = import_files(office, paths)[0]
    assert report.changed == ()
    assert [(question.ref, question.field) for question in report.questions] == [(REF, field)]
    apply_actions_import(office, paths, ImportOptions(answers={report.questions[0].id: "theirs"}))
    row = show_action(office, REF).row
    changed = {"title": ENGLISH, "title_cy": WELSH}
    changed[field] = changed[field].replace(old, new)
    assert row.title == changed["title"]
    assert row.title_cy == (changed["title_cy"] if field == "title_cy" else None)


def test_a_cell_whose_two_titles_were_both_edited_is_asked_about(office: Workspace, tmp_path: Path) -> None:
    paths = export_files(office, tmp_path, "log.xlsx", Language.BOTH)
    edit_title(paths[0], f"{WELSH}\n{ENGLISH}", "Gwefan newydd\nA new web site")
    report = import_files(office, paths)[0]
    assert report.changed == ()
    assert [(question.ref, question.field) for question in report.questions] == [(REF, "title")]


def test_a_welsh_title_that_was_changed_here_since_is_kept(office: Workspace, tmp_path: Path) -> None:
    paths = export_files(office, tmp_path, "log.xlsx", Language.CY)
    edit_action(office, REF, make_action_draft(title_cy="Cynnal y tudalennau gwe"))
    report = import_files(office, paths)[0]
    assert (report.changed, report.questions) == ((), ())
    row = show_action(office, REF).row
    assert (row.title, row.title_cy) == (ENGLISH, "Cynnal y tudalennau gwe")


@pytest.mark.parametrize("kind", ["log.xlsx", "log.csv", "returns"])
def test_a_welsh_file_marks_english_titles_and_has_the_welsh_names_of_organisations(
    office: Workspace, tmp_path: Path, kind: str
) -> None:
    edit_action(office, "DP-29", make_action_draft(support="gwent-police", title_cy=""))
    paths = export_files(office, tmp_path, kind, Language.CY)
    rows = [row for path in paths for row in list_rows(path)]
    row = next(row for row in rows if row[0] == "DP-29")
    title = show_action(office, "DP-29").row.title
    assert f"[Saesneg] {title}" in row
    assert "Heddlu Gwent" in row
    assert not [cell for row in rows if row[0] == REF for cell in row if "[Saesneg]" in cell]


def test_a_support_cell_of_a_welsh_return_is_compared_with_the_names_that_were_sent(
    office: Workspace, tmp_path: Path
) -> None:
    edit_action(office, "DP-29", make_action_draft(support="wlga"))
    paths = export_files(office, tmp_path, "log.xlsx", Language.CY)
    edit_title(paths[0], "Cymdeithas Llywodraeth Leol Cymru", "Cymdeithas Llywodraeth Leol Cymru; Bawso")
    report = import_files(office, paths)[0]
    assert [(question.ref, question.field) for question in report.questions] == [("DP-29", "support")]
    assert {report.questions[0].base, report.questions[0].ours} == {"Welsh Local Government Association"}
    apply_actions_import(office, paths, ImportOptions(answers={report.questions[0].id: "theirs"}))
    assert set(show_action(office, "DP-29").row.support) == {"Welsh Local Government Association", "Bawso"}


def list_rows(path: Path) -> list[list[str]]:
    """Return the cells of the first sheet, or of a CSV file, as text."""
    if path.suffix == ".csv":
        return list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines(keepends=True)))
    sheet: Any = openpyxl.load_workbook(path).worksheets[0]
    return [[str(cell.value) for cell in row] for row in sheet.iter_rows()]
