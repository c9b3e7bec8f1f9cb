"""Saved views: `actions view`, `views`, and lists and exports with --view."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from ahtc_tui.cli.main import run
from ahtc_tui.services.workspace import Workspace
from tests.cli.promises import run_command


def test_a_saved_view_lists_its_rows_in_its_columns(wales: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    office = ["--workspace", str(wales.root), "--quiet"]
    assert run([*office, "actions", "view", "Refuges", "bawso", "--which", "all", "--columns", "ref,status"]) == 0
    assert run([*office, "actions", "list", "--view", "refuges"]) == 0
    assert capsys.readouterr().out.splitlines() == ["Refuges", "DP-11  Done", "DP-28  Done", "DP-29  Continuing"]
    assert run([*office, "actions", "list", "--view", "refuges", "--closed", "--json"]) == 0
    assert [row["ref"] for row in json.loads(capsys.readouterr().out)] == ["DP-11", "DP-28"]
    assert run([*office, "export", "actions", str(wales.root / "log.csv"), "--view", "refuges"]) == 0
    assert len((wales.root / "log.csv").read_text(encoding="utf-8-sig").splitlines()) == 4


def test_views_are_listed_and_removed(wales: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    office = ["--workspace", str(wales.root)]
    assert run([*office, "actions", "view", "Mine", "@ahtc", "--context", "--sort", "urgency"]) == 0
    assert run([*office, "actions", "views", "--json"]) == 0
    out = capsys.readouterr().out
    assert json.loads(out[out.index("[") :]) == [
        {
            "name": "Mine",
            "words": "@ahtc",
            "which": "open",
            "sort": "urgency",
            "columns": ["brag", "ref", "title", "lead", "due"],
            "context": True,
        }
    ]
    assert run([*office, "actions", "views"]) == 0
    assert "by urgency" in capsys.readouterr().out
    assert run([*office, "actions", "view", "mine", "--remove"]) == 0
    assert run([*office, "actions", "list", "--view", "mine"]) == 3
    assert "no view" in capsys.readouterr().err


def test_a_view_has_its_own_order_unless_sort_is_given(wales: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    office = ["--workspace", str(wales.root), "--quiet", "--as-at", "2014-01-28"]
    assert run([*office, "actions", "view", "By number", "--sort", "ref", "--columns", "ref"]) == 0
    capsys.readouterr()
    orders = []
    for words in ((), ("--sort", "due")):
        assert run([*office, "actions", "list", "--view", "By number", "--limit", "2", *words]) == 0
        orders.append(capsys.readouterr().out.splitlines())
    assert orders == [["DP-03", "DP-04"], ["DP-07", "DP-08"]]


def test_an_export_has_the_columns_of_the_view(office: Path, tmp_path: Path) -> None:
    assert run_command("actions", "view", "Mine", "--columns", "urgency,ref,due,review", "--sort", "ref") == 0
    for name in ("log.csv", "log.xlsx"):
        target = str(tmp_path / name)
        assert run_command("--as-at", "2014-01-28", "export", "actions", target, "--view", "Mine") in (0, 1)
    with (tmp_path / "log.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["Urgency", "Ref", "Due", "Days", "Review on"]
    late = next(row for row in rows if row[1] == "DP-07")
    assert late[2:] == ["by the end of 2013", "28 late", ""]
    sheet = load_workbook(tmp_path / "log.xlsx").worksheets[0]
    assert [letter for letter in "ABCDEFGHIJKLMNO" if not sheet.column_dimensions[letter].hidden] == ["A", "H", "I"]
