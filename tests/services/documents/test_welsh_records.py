"""Titles of records in Welsh papers, letters and pages, and the marks of those without Welsh."""

from __future__ import annotations

import pytest

from ahtc_tui.cli.main import run
from ahtc_tui.domain.drafts.plan import build_objective_draft
from ahtc_tui.services.plan.objectives import edit_objective
from ahtc_tui.services.welsh import queue
from ahtc_tui.services.workspace import Workspace


def export_text(workspace: Workspace, out: str, *command: str) -> str:
    """Return the text of a file in Welsh."""
    target = workspace.root / out
    flags = ["--workspace", str(workspace.root), "--as-at", "2013-12-31", "--lang", "cy", "export"]
    assert run([*flags, command[0], *command[1:], str(target)]) in (0, 1)
    return target.read_text(encoding="utf-8")


def test_a_page_of_figures_tags_titles_without_welsh_as_english(wales: Workspace) -> None:
    edit_objective(wales, "1", build_objective_draft({"title_cy": "Creu sylfaen dystiolaeth"}))
    page = export_text(wales, "d.html", "dashboard")
    assert "1. <span>Creu sylfaen dystiolaeth</span>" in page
    assert '2. <span lang="en">[Saesneg] ' in page


@pytest.mark.sample(2)
@pytest.mark.parametrize("command", [("handover", "ahtc"), ("brief", "leadership-group")])
def test_a_paper_prints_welsh_titles_and_marks_english_ones(wales: Workspace, command: tuple[str, ...]) -> None:
    text = export_text(wales, "before.md", *command)
    marked = " ".join(line for line in text.splitlines() if "Saesneg" in line)
    ref = next(word for word in marked.replace("|", " ").split() if word.startswith("DP"))
    queue.translate_text(wales, ref.replace("\\", ""), "title", "Teitl yn Gymraeg")
    after = export_text(wales, "after.md", *command)
    assert "Teitl yn Gymraeg" in after
    assert after.count("Saesneg") < text.count("Saesneg")


def test_a_brief_names_the_other_members_in_welsh(wales: Workspace) -> None:
    text = export_text(wales, "brief.md", "brief", "leadership-group")
    assert "Cymdeithas Llywodraeth Leol Cymru" in text
    assert "Welsh Local Government Association" not in text


def test_each_half_of_a_bilingual_file_has_the_names_of_its_language(wales: Workspace) -> None:
    target = wales.root / "since.md"
    flags = ["--workspace", str(wales.root), "--as-at", "2013-12-31", "--lang", "both"]
    assert run([*flags, "export", "since", "--from", "2013-06-30", str(target)]) in (0, 1)
    welsh, english = target.read_text(encoding="utf-8").split("# Changes since")
    for half, shown, hidden in ((welsh, "Gwasanaeth Erlyn y Goron", "Crown"), (english, "Crown", "Gwasanaeth Erlyn")):
        assert shown in half
        assert hidden not in half
