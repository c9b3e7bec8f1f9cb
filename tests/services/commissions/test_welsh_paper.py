"""Commissioned papers in Welsh: refused while Welsh is missing, and marked where they are published by force."""

from __future__ import annotations

from pathlib import Path

import pytest

from ahtc_tui.domain.documents.publication import PublicationRefused
from ahtc_tui.domain.drafts.commissions import build_commission_draft, build_paragraph_draft, build_question_draft
from ahtc_tui.domain.drafts.practice import build_practice_draft
from ahtc_tui.domain.i18n import Language, use_language
from ahtc_tui.domain.text.step_labels import format_step_label
from ahtc_tui.services import history
from ahtc_tui.services.actions.service import edit_action
from ahtc_tui.services.commissions import paragraphs
from ahtc_tui.services.commissions import service as commissions
from ahtc_tui.services.evidence import practice
from ahtc_tui.services.exports.commission import export_commission
from ahtc_tui.services.workspace import Workspace
from tests.builders import make_action_draft
from tests.services.documents.test_office_papers import read_word_text

SEED = "celg-4-31-13"


@pytest.mark.parametrize("language", [Language.CY, Language.BOTH])
def test_a_welsh_paper_is_refused_while_welsh_is_missing(wales: Workspace, tmp_path: Path, language: Language) -> None:
    with use_language(language), pytest.raises(PublicationRefused) as refusal:
        export_commission(wales, SEED, tmp_path / "papur.docx")
    places = "\n".join(refusal.value.details)
    assert "Make Wales a hostile place for human trafficking" in places
    assert "Secure First Responder status for Bawso" in places
    assert not (tmp_path / "papur.docx").exists()


def test_a_text_with_welsh_does_not_stop_a_welsh_paper(wales: Workspace, tmp_path: Path) -> None:
    edit_action(wales, "DP-11", make_action_draft(title_cy="Sicrhau statws Ymatebwr Cyntaf i Bawso"))
    with use_language(Language.CY), pytest.raises(PublicationRefused) as refusal:
        export_commission(wales, SEED, tmp_path / "papur.docx")
    assert not any("status for Bawso" in text for text in refusal.value.details)


def test_a_welsh_paper_that_is_published_by_force_marks_its_english_and_is_recorded(
    wales: Workspace, tmp_path: Path
) -> None:
    edit_action(wales, "DP-11", make_action_draft(title_cy="Sicrhau statws Ymatebwr Cyntaf i Bawso"))
    with use_language(Language.CY):
        report = export_commission(wales, SEED, tmp_path / "papur.docx", force=True)
        text = read_word_text(report.file)
        assert any("Secure First Responder status for New Pathways" in text for text in report.untranslated)
        for words in (
            "[Saesneg] Human Trafficking",
            "Mae'r Cydgysylltydd wedi sicrhau statws Ymatebwr Cyntaf i Bawso ym mis Mawrth 2013.",
            "[Saesneg] Secure First Responder status for New Pathways",
            "Llywodraeth Cymru",
            "yn 2012 oedd 34",
            "4 o 6",
        ):
            assert words in text
        number = len(report.untranslated)
        label = format_step_label(history.list_steps(wales, 1)[0].label)
        assert label == f"cyhoeddi papur {SEED} er bod angen ei gwblhau: {number} texts without Welsh"


@pytest.mark.long
def test_an_english_paper_needs_no_welsh(wales: Workspace, tmp_path: Path) -> None:
    steps = history.list_steps(wales, 1)
    assert export_commission(wales, SEED, tmp_path / "paper.docx").untranslated == ()
    assert history.list_steps(wales, 1) == steps


def test_a_paper_with_all_its_welsh_is_written_in_welsh(workspace: Workspace, tmp_path: Path) -> None:
    titles = {"title": "Joint visits", "title_cy": "Ymweliadau ar y cyd"}
    visits = practice.add_practice(workspace, build_practice_draft(titles)).ref
    titles = {"title": "Six months on", "title_cy": "Chwe mis yn ddiweddarach"}
    paper = commissions.add_commission(workspace, build_commission_draft(titles), ["What was done?", "What is next?"])
    commissions.edit_question(workspace, paper.ref, 1, build_question_draft({"text_cy": "Beth a wnaed?"}))
    commissions.edit_question(workspace, paper.ref, 2, build_question_draft({"text_cy": "Beth sydd nesaf?"}))
    texts = {"title": "Courses", "title_cy": "Cyrsiau", "text": "Two were held.", "text_cy": "Cynhaliwyd dau."}
    paragraphs.add_paragraph(workspace, paper.ref, 1, build_paragraph_draft(texts), [])
    paragraphs.add_paragraph(workspace, paper.ref, 2, build_paragraph_draft({}), [visits])
    with use_language(Language.CY):
        report = export_commission(workspace, paper.ref, tmp_path / "papur.docx")
    text = read_word_text(report.file)
    assert report.untranslated == ()
    for words in ("Chwe mis", "1. Beth a wnaed?", "Cyrsiau", "Cynhaliwyd dau.", "Ymweliadau ar y cyd"):
        assert words in text
    assert not [words for words in ("Six months", "What", "Courses", "Joint", "[Saesneg]") if words in text]
    later = commissions.add_commission(workspace, build_commission_draft({"title": "A year on", "follows": paper.ref}))
    assert [row.text_cy for row in commissions.show_commission(workspace, later.ref).questions] == [
        "Beth a wnaed?",
        "Beth sydd nesaf?",
    ]
