"""Headings that a workspace adds, what each column was taken for, and sheets with very many columns."""

from __future__ import annotations

import contextlib
import time
from pathlib import Path

import pytest
from openpyxl import Workbook

from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.imports.report import FileReport
from ahtc_tui.services.imports.actions.service import plan_actions_import
from ahtc_tui.services.workspace import Workspace

_LOG = "Zyx,Action,Status\nBawso,Ring the harbour about the rota,Open\nBawso,Print the leaflet again,Open\n"


def _plan(workspace: Workspace, folder: Path, text: str = _LOG) -> FileReport:
    path = folder / "log.csv"
    path.write_text(text, encoding="utf-8")
    return plan_actions_import(workspace, [path]).files[0]


def test_a_workspace_adds_headings_in_a_file_of_its_own(wales: Workspace, tmp_path: Path) -> None:
    assert "lead" not in _plan(wales, tmp_path).added[0].values
    (wales.root / "headings.toml").write_text('[en.fields]\nlead = ["Zyx"]\n', encoding="utf-8")
    report = _plan(wales, tmp_path)
    assert [record.values["lead"] for record in report.added] == ["Bawso", "Bawso"]
    assert report.columns[0].why == "it is mapped: by you, by an earlier answer or in headings.toml"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('[en.fields]\nleed = ["Zyx"]\n', 'no field is called "leed"'),
        ('lead = ["Zyx"]\n', "it must have the form [en.fields]"),
        ("[en.fields\n", "headings.toml"),
    ],
)
def test_an_unreadable_file_of_headings_is_named(wales: Workspace, tmp_path: Path, text: str, reason: str) -> None:
    (wales.root / "headings.toml").write_text(text, encoding="utf-8")
    with pytest.raises(BadFile, match=r"headings\.toml") as error:
        _plan(wales, tmp_path)
    assert reason in str(error.value)


def test_each_column_says_what_it_was_taken_for_and_why(wales: Workspace, tmp_path: Path) -> None:
    report = _plan(wales, tmp_path, "Job left,Owner,Onwer 2,Note of it\nRing the harbour now,Bawso,x,\n")
    assert [(column.column, column.heading, column.field, column.why) for column in report.columns] == [
        ("A", "Job left", "title", "its heading and its values together suggest this field"),
        ("B", "Owner", "lead", "it is a usual heading of this field"),
        ("C", "Onwer 2", None, "no field has such a heading"),
        ("D", "Note of it", "comment", "its heading is similar to a usual one"),
    ]


def test_a_sheet_with_all_columns_filled_is_refused_at_once(wales: Workspace, tmp_path: Path) -> None:
    book = Workbook(write_only=True)
    book.create_sheet("S").append(["Action", "Owner", *["W"] * 16_382])
    book.save(tmp_path / "wide.xlsx")
    with pytest.raises(BadFile, match="more than 512 columns"):
        plan_actions_import(wales, [tmp_path / "wide.xlsx"])


@pytest.mark.parametrize("heading", ["Action {}", "Kolumn {}", "Owner of the task {}"])
def test_two_hundred_candidate_headings_are_read_in_seconds(wales: Workspace, tmp_path: Path, heading: str) -> None:
    rows = [",".join(heading.format(n) for n in range(200))]
    rows += [",".join(f"Ring harbour {n} in week {row}" for n in range(200)) for row in range(50)]
    begin = time.process_time()
    with contextlib.suppress(BadFile):
        _plan(wales, tmp_path, "\n".join(rows))
    assert time.process_time() - begin < 5


@pytest.mark.parametrize("text", ["Action,Owner,Due,Status\n", "Cam gweithredu,Pwy,Erbyn\n", "No,Task,Who,By when\n\n"])
def test_an_empty_template_is_named_as_empty(wales: Workspace, tmp_path: Path, text: str) -> None:
    report = _plan(wales, tmp_path, text)
    assert report.is_fruitless
    assert [warning.reason for warning in report.warnings] == ["the list is empty, with headings and no actions"]
