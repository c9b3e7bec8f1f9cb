"""References of the log of a group other than that of the plan."""

from __future__ import annotations

from pathlib import Path

import pytest

from ahtc_tui.domain.errors import NotFound
from ahtc_tui.domain.imports.report import ImportOptions
from ahtc_tui.services.actions.service import show_action
from ahtc_tui.services.imports.actions.service import apply_actions_import, plan_actions_import
from ahtc_tui.services.workspace import Workspace

HEAD = "Action,Due\n"


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """Return the log of a forum, whose name the file has."""
    path = tmp_path / "Gwent forum actions.csv"
    path.write_text(f"{HEAD}Send the leaflet to every school,31 May 2014\nBook a room,30 June 2014\n", encoding="utf-8")
    return path


def test_a_log_that_names_a_group_is_asked_about_and_adds_nothing_until_then(wales: Workspace, log: Path) -> None:
    (file,) = plan_actions_import(wales, [log]).files
    (question,) = file.questions
    assert (question.field, question.theirs) == ("log_group", "Gwent Consultation Group on Human Trafficking")
    assert not file.added


@pytest.mark.parametrize(
    ("answer", "refs", "group"),
    [
        ("theirs", ["FG-01", "FG-02"], "Gwent Consultation Group on Human Trafficking"),
        ("forum-western-bay", ["FWB-01", "FWB-02"], "Western Bay Anti Human Trafficking Forum"),
        ("ours", ["DP-45", "DP-46"], None),
    ],
)
def test_the_answer_decides_the_references(
    wales: Workspace, log: Path, answer: str, refs: list[str], group: str | None
) -> None:
    (question,) = plan_actions_import(wales, [log]).files[0].questions
    report = apply_actions_import(wales, [log], ImportOptions(answers={question.id: answer}))
    assert [record.ref for record in report.files[0].added] == refs
    assert {show_action(wales, ref).group for ref in refs} == {group}


def test_a_group_that_is_given_is_not_asked_about(wales: Workspace, log: Path, tmp_path: Path) -> None:
    other = log.rename(tmp_path / "log.csv")
    report = apply_actions_import(wales, [other], ImportOptions(group="forum-gwent"))
    assert [record.ref for record in report.files[0].added] == ["FG-01", "FG-02"]
    with pytest.raises(NotFound):
        plan_actions_import(wales, [other], ImportOptions(group="nobody's forum"))
