"""Tests of the decision register as workbook, CSV and Markdown: equal content, and text cells only."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.drafts.meetings import build_meeting_draft
from ahtc_tui.domain.drafts.minutes import build_decision_draft
from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.i18n import Language, use_language
from ahtc_tui.services.meetings import decisions
from ahtc_tui.services.meetings.service import edit_meeting
from ahtc_tui.services.privacy.marking_limit import limit_marking
from ahtc_tui.services.welsh import queue
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY, make_minuted_meeting

WORDS = "=1+1 & <b>adopted</b> | for {{7*7}}"


@pytest.mark.parametrize("ending", ["xlsx", "csv", "md"])
def test_every_format_keeps_the_text_as_typed(wales: Workspace, tmp_path: Path, ending: str) -> None:
    decision = decisions.add_decision(wales, build_decision_draft({"text": WORDS, "reason": "asked"}, TODAY))
    target = tmp_path / f"decisions.{ending}"
    assert decisions.export_decisions(wales, target) == 2
    if ending == "xlsx":
        import openpyxl

        sheet = openpyxl.load_workbook(target).worksheets[0]
        cells = {str(cell.value): cell.data_type for row in sheet.iter_rows() for cell in row if cell.value}
        assert cells[WORDS] == "s"
        assert decision.ref in cells
    elif ending == "csv":
        rows = list(csv.reader(target.read_text(encoding="utf-8-sig").splitlines()))
        assert any(decision.ref in row and any(WORDS in cell for cell in row) for row in rows)
    else:
        text = target.read_text(encoding="utf-8")
        assert r"\<b\>adopted\</b\>" in text
        assert r"\|" in text
        assert text.startswith("**OFFICIAL**")


def test_each_half_of_the_register_has_the_names_and_texts_of_its_language(wales: Workspace, tmp_path: Path) -> None:
    fields = {"text": "Adopt the plan", "group": "leadership-group"}
    decisions.add_decision(wales, build_decision_draft(fields, TODAY))
    with use_language(Language.BOTH):
        decisions.export_decisions(wales, tmp_path / "both.md", group="leadership-group")
    welsh, english = (tmp_path / "both.md").read_text(encoding="utf-8").split("# Decision register")
    assert "Grŵp Arwain Atal Masnachu mewn Pobl" in welsh
    assert "Saesneg\\] Adopt the plan" in welsh
    assert "Grŵp Arwain" not in english
    assert "Leadership Group" in english
    assert "Saesneg" not in english
    with use_language(Language.BOTH):
        decisions.export_decisions(wales, tmp_path / "both.csv")
    assert ",Cytunwyd | Agreed," in (tmp_path / "both.csv").read_text(encoding="utf-8-sig")


def test_a_welsh_register_marks_every_text_that_is_english(wales: Workspace, tmp_path: Path) -> None:
    decisions.edit_decision(wales, "D-2013/1", build_decision_draft({"reason": "Asked by the office"}, TODAY))
    queue.translate_text(wales, "D-2013/1", "text", "")
    with use_language(Language.CY):
        decisions.export_decisions(wales, tmp_path / "register.md")
    row = (tmp_path / "register.md").read_text(encoding="utf-8").splitlines()[-3]
    assert "Saesneg\\] Agreement to recognise Bawso and New Pathways as First Responder organisations" in row
    assert "Saesneg\\] Asked by the office" in row


def test_the_register_has_the_marking_of_the_meetings_that_decided(wales: Workspace, tmp_path: Path) -> None:
    ref = make_minuted_meeting(wales)
    edit_meeting(wales, ref, build_meeting_draft({"marking": "official-sensitive"}, TODAY))
    decisions.export_decisions(wales, tmp_path / "decisions.md")
    assert (tmp_path / "decisions.md").read_text(encoding="utf-8").startswith("**OFFICIAL-SENSITIVE**")
    with pytest.raises(Refused, match="must show the marking"):
        decisions.export_decisions(wales, tmp_path / "decisions.csv")
    decisions.export_decisions(wales, tmp_path / "official-sensitive.csv")
    rows = list(csv.reader((tmp_path / "official-sensitive.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert [rows[0][-1], rows[1][-1]] == ["Marking", "OFFICIAL-SENSITIVE"]
    with limit_marking(wales, Marking.OFFICIAL) as limited:
        assert decisions.export_decisions(limited, tmp_path / "decisions.csv") == 1
        assert len(limited.database.left_out) == 1


def test_markdown_has_no_empty_column_and_no_table_without_decisions(wales: Workspace, tmp_path: Path) -> None:
    decisions.export_decisions(wales, tmp_path / "full.md")
    lines = (tmp_path / "full.md").read_text(encoding="utf-8").splitlines()
    headings = next(line for line in lines if line.startswith("|"))
    assert "Decision" in headings
    assert "Reason" not in headings
    decisions.export_decisions(wales, tmp_path / "empty.md", group="cross-party-group")
    assert "|" not in (tmp_path / "empty.md").read_text(encoding="utf-8")
