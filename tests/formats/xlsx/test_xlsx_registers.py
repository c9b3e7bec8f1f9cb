"""Registers read by themselves: names, formal dates, a title and a table for each sheet, and no empty column."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ahtc_tui.domain.actions.filters import ActionFilter
from ahtc_tui.domain.i18n import Language, use_language
from ahtc_tui.services.exports.action_log import export_actions
from ahtc_tui.services.exports.plan import export_evidence, export_matrix
from ahtc_tui.services.exports.returns import write_returns
from ahtc_tui.services.imports.actions.service import plan_actions_import
from ahtc_tui.services.meetings.decisions import export_decisions
from ahtc_tui.services.workspace import Workspace
from tests.builders import make_action


def load_file(path: Path) -> Any:
    from openpyxl import load_workbook

    return load_workbook(path)


def read_table(sheet: Any) -> list[list[Any]]:
    """Return the cells of the only table of a sheet."""
    (table,) = sheet.tables.values()
    return [[cell.value for cell in row] for row in sheet[table.ref]]


def test_the_decision_register_names_the_meeting(wales: Workspace, tmp_path: Path) -> None:
    export_decisions(wales, tmp_path / "decisions.xlsx")
    headings, *rows = read_table(load_file(tmp_path / "decisions.xlsx").active)
    meetings = [row[headings.index("Meeting")] for row in rows]
    assert meetings == ["Agreement to recognise Bawso and New Pathways as First Responder organisations, March 2013"]


def test_every_sheet_of_the_matrix_has_its_own_title_and_one_table(wales: Workspace, tmp_path: Path) -> None:
    export_matrix(wales, tmp_path / "matrix.xlsx")
    sheets = load_file(tmp_path / "matrix.xlsx").worksheets
    assert [sheet["A1"].value for sheet in sheets] == [
        "Good practice: take-up by area",
        "Good practice: take-up by local authority",
        "Good practice: each place with a source",
    ]
    headings, *rows = read_table(sheets[2])
    assert headings == ["Practice", "Place", "Status", "Since", "Source"]
    assert len(rows) == 22
    assert all(value for row in rows for value in row)
    assert all(len(read_table(sheet)) > 1 for sheet in sheets[:2])


@pytest.mark.sample(3)
@pytest.mark.parametrize("language", [Language.EN, Language.CY, Language.BOTH])
def test_a_due_date_in_words_goes_out_formal_and_comes_back_unchanged(
    wales: Workspace, tmp_path: Path, language: Language
) -> None:
    make_action(wales, "Send the figures", due="end feb 2014", lead="Bawso")
    make_action(wales, "Publish the review", due="by the end of 2014", lead="Bawso")
    make_action(wales, "Ask for prices", status="done", closed_on="end nov 2013", lead="Bawso")
    with use_language(language):
        export_actions(wales, tmp_path / "log.xlsx", ActionFilter())
        files = [tmp_path / "log.xlsx"]
        files += [file.file for file in write_returns(wales, tmp_path / "returns", ActionFilter()).files]
    texts = {
        str(cell) for path in files for sheet in load_file(path).worksheets[:1] for row in sheet.values for cell in row
    }
    assert "end feb 2014" not in texts
    assert "2014-02-28 00:00:00" in texts
    if language is Language.EN:
        assert "by the end of 2014" in texts
    for report in plan_actions_import(wales, files).files:
        assert (report.changed, report.added, report.questions, report.warnings) == ((), (), (), ())


def test_the_evidence_register_has_tables_only_and_a_dash_for_what_is_not_known(
    wales: Workspace, tmp_path: Path
) -> None:
    export_evidence(wales, tmp_path / "evidence.xlsx")
    for sheet in load_file(tmp_path / "evidence.xlsx").worksheets:
        headings, *rows = read_table(sheet)
        assert all(value not in (None, "") for row in rows for value in row), (sheet.title, headings)


def test_caveats_and_wholes_of_figures_are_marked_as_english_in_welsh(wales: Workspace, tmp_path: Path) -> None:
    with use_language(Language.CY):
        export_evidence(wales, tmp_path / "evidence.xlsx")
    rows = read_table(load_file(tmp_path / "evidence.xlsx").worksheets[0])[1:]
    texts = [text for row in rows for text in row[6:8] if text not in (None, "–")]
    english = [text for text in texts if not text.startswith("Atgyfeiriadau")]
    assert len(english) >= 4
    assert all("[Saesneg] " in text for text in english)
