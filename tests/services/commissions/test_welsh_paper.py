"""Commissioned papers in Welsh: refused while Welsh is missing, and marked where they are published by force."""

from __future__ import annotations

from pathlib import Path

import pytest

from ahtc_tui.domain.documents.publication import PublicationRefused
from ahtc_tui.domain.i18n import Language, use_language
from ahtc_tui.domain.text.step_labels import format_step_label
from ahtc_tui.services import history
from ahtc_tui.services.actions.service import edit_action
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
        assert any("; Secure First Responder status for New Pathways." in text for text in report.untranslated)
        for words in (
            "[Saesneg] Human Trafficking",
            "Sicrhau statws Ymatebwr Cyntaf i Bawso",
            "[Saesneg] Secure First Responder status for New Pathways",
            "Llywodraeth Cymru",
            "34 atgyfeiriad (2012)",
            "4 o 6 ardal",
            "dros 100 o bobl",
        ):
            assert words in text
        number = len(report.untranslated)
        label = format_step_label(history.list_steps(wales, 1)[0].label)
        assert label == f"cyhoeddi papur {SEED} er bod angen ei gwblhau: {number} texts without Welsh"


def test_an_english_paper_needs_no_welsh(wales: Workspace, tmp_path: Path) -> None:
    steps = history.list_steps(wales, 1)
    assert export_commission(wales, SEED, tmp_path / "paper.docx").untranslated == ()
    assert history.list_steps(wales, 1) == steps
