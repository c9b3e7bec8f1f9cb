"""Export of the action log: formats by ending, and existing files."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from ahtc_tui.domain.actions.filters import ActionFilter, ActionScope, Sort, read_action_filter
from ahtc_tui.domain.errors import BadInput, Refused
from ahtc_tui.domain.i18n import Language, use_language
from ahtc_tui.services.exports.action_log import export_actions, export_log_to_folder
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY

ALL = ActionFilter(ActionScope.ALL)


def read_refs(path: Path) -> list[str]:
    if path.suffix == ".json":
        return [row["ref"] for row in json.loads(path.read_text(encoding="utf-8"))["actions"]]
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [row["Ref"] for row in csv.DictReader(file)]


@pytest.mark.parametrize("ending", [".csv", ".json"])
def test_every_kind_of_file_has_the_same_actions(wales: Workspace, tmp_path: Path, ending: str) -> None:
    target = tmp_path / f"log{ending}"
    assert export_actions(wales, target, ALL).count == 44
    refs = read_refs(target)
    assert len(refs) == 44
    assert refs == sorted(refs)


@pytest.mark.sample(2)
@pytest.mark.parametrize("ending", [".csv", ".json", ".xlsx", ".ods"])
def test_a_log_without_actions_is_written(workspace: Workspace, tmp_path: Path, ending: str) -> None:
    target = tmp_path / f"log{ending}"
    assert export_actions(workspace, target, ALL).count == 0
    assert target.stat().st_size > 0


def test_leads_have_their_welsh_names_in_a_welsh_file_but_not_in_json(wales: Workspace, tmp_path: Path) -> None:
    with use_language(Language.CY):
        export_actions(wales, tmp_path / "log.csv", ALL)
        export_actions(wales, tmp_path / "log.json", ALL)
    with (tmp_path / "log.csv").open(encoding="utf-8-sig", newline="") as file:
        written = {row["Arweinydd"] for row in csv.DictReader(file)}
    assert "Grŵp Arwain Atal Masnachu mewn Pobl" in written
    assert "Wales Anti Human Trafficking Leadership Group" not in written
    leads = {row["lead"] for row in json.loads((tmp_path / "log.json").read_text(encoding="utf-8"))["actions"]}
    assert "Wales Anti Human Trafficking Leadership Group" in leads


def test_another_ending_is_refused_and_nothing_is_written(wales: Workspace, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r'but it is "log\.pdf"'):
        export_actions(wales, tmp_path / "log.pdf", ALL)
    assert not (tmp_path / "log.pdf").exists()


def test_an_existing_file_is_not_overwritten(wales: Workspace, tmp_path: Path) -> None:
    target = tmp_path / "log.csv"
    target.write_text("mine")
    with pytest.raises(Refused):
        export_actions(wales, target, ALL)
    assert target.read_text() == "mine"


def test_a_second_log_of_a_day_is_numbered(wales: Workspace) -> None:
    names = [
        export_log_to_folder(wales, read_action_filter("spoc", today=TODAY), Sort.DUE, "spoc").name
        for _time in range(2)
    ]
    names.append(export_log_to_folder(wales, ALL, Sort.REF, "").name)
    assert names == [f"2013-12-31 Action log{number}.xlsx" for number in ("", "-2", "-3")]
