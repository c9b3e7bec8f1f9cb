"""Commissioned papers in Welsh: English without Welsh is marked, on the release list and in the file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ahtc_tui.domain.drafts.commissions import build_commission_draft, build_paragraph_draft, build_question_draft
from ahtc_tui.domain.drafts.evidence import build_practice_draft
from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.i18n import Language, use_language
from ahtc_tui.domain.publication.answers import KEEP
from ahtc_tui.domain.publication.model import Mark
from ahtc_tui.services.commissions import paragraphs
from ahtc_tui.services.commissions import service as commissions
from ahtc_tui.services.evidence import practice
from ahtc_tui.services.exports.commission import export_commission, find_page
from ahtc_tui.services.publication.service import publish, show_release_list
from ahtc_tui.services.welsh import queue
from ahtc_tui.services.workspace import Workspace
from tests.builders import set_clock
from tests.services.commissions.test_commissions import remove_wordings
from tests.services.documents.test_office_papers import read_word_text

SEED = "celg-4-31-13"


def remove_welsh(workspace: Workspace) -> None:
    """Leave the paper's title, the first aim and an action without Welsh, and the paper without its wordings."""
    remove_wordings(workspace)
    for ref, field in ((SEED, "title"), ("aim-hostile", "text"), ("DP-12", "title")):
        queue.translate_text(workspace, ref, field, "")


def test_texts_without_welsh_are_marked_on_the_release_list(wales: Workspace) -> None:
    remove_welsh(wales)
    marks = {text.text: text.marks for text in show_release_list(wales, find_page(SEED)).texts}
    aims = [text for text in marks if "make Wales a hostile place" in text]
    assert aims
    assert all(Mark.WELSH in marks[text] for text in aims)


def test_a_paper_is_published_in_english_although_welsh_is_missing(wales: Workspace, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="nothing has been released yet"):
        export_commission(wales, SEED, tmp_path / "paper.md", is_published=True)
    assert publish(set_clock(wales, "2013-12-30"), find_page(SEED), {"*": KEEP}).release == 1
    report = export_commission(wales, SEED, tmp_path / "paper.md", is_published=True)
    text = report.file.read_text(encoding="utf-8")
    assert "Not for publication" not in text
    assert "make Wales a hostile place" in text
    assert "**Version:** Release 1, published 30 December 2013" in text


def test_a_welsh_paper_marks_its_english(wales: Workspace, tmp_path: Path) -> None:
    remove_welsh(wales)
    with use_language(Language.CY):
        report = export_commission(wales, SEED, tmp_path / "papur.docx")
        text = read_word_text(report.file)
        assert any("Secure First Responder status for New Pathways" in text for text in report.untranslated)
        for words in (
            "[Saesneg] Human Trafficking",
            "Mae'r Cydgysylltydd wedi sicrhau statws Ymatebwr Cyntaf i Bawso ym mis Mawrth 2013.",
            "[Saesneg] Secure First Responder status for New Pathways",
            "Llywodraeth Cymru",
            "yn 2012 oedd 34",
            "4 o'r 6",
        ):
            assert words in text


def test_no_sentence_of_a_welsh_paper_puts_its_subject_behind_a_colon(wales: Workspace, tmp_path: Path) -> None:
    remove_wordings(wales)
    with use_language(Language.CY):
        text = export_commission(wales, SEED, tmp_path / "papur.md").file.read_text(encoding="utf-8")
    paragraphs = re.findall(r"^\d\.\d+ (.*)$", re.sub("‘[^’]*’|\\[\\^[^]]*\\]", "", text), re.MULTILINE)
    assert len(paragraphs) == 30
    assert not [paragraph for paragraph in paragraphs if ": " in paragraph]


def test_a_welsh_paper_names_places_in_welsh_and_nobody_twice(wales: Workspace, tmp_path: Path) -> None:
    remove_wordings(wales)
    with use_language(Language.CY):
        text = export_commission(wales, SEED, tmp_path / "papur.md").file.read_text(encoding="utf-8")
    paragraphs = dict(re.findall(r"^(\d\.\d+) (.*)$", text, re.MULTILINE))
    assert paragraphs["2.11"].count("Awdurdod Trwyddedu Gangfeistri") == 1
    assert paragraphs["4.3"].count("Chydgysylltwyr Cydlyniant Cymunedol") == 1
    assert "Cefnogir" not in paragraphs["4.3"]
    assert "Mae'r aelodau'n cynnwys" in paragraphs["2.11"]
    annex = text.partition("Atodiad:")[2]
    assert "Heddlu Gwent" in annex
    assert "Gwent Police" not in annex


@pytest.mark.long
def test_an_english_paper_needs_no_welsh(wales: Workspace, tmp_path: Path) -> None:
    assert export_commission(wales, SEED, tmp_path / "paper.docx").untranslated == ()


def test_a_paper_with_all_its_welsh_is_written_in_welsh(workspace: Workspace, tmp_path: Path) -> None:
    titles = {"title": "Joint visits", "title_cy": "Ymweliadau ar y cyd"}
    visits = practice.add_practice(workspace, build_practice_draft(titles)).ref
    titles = {"title": "Six months on", "title_cy": "Chwe mis yn ddiweddarach"}
    paper = commissions.add_commission(workspace, build_commission_draft(titles), ["What was done?", "What is next?"])
    commissions.edit_question(workspace, paper.ref, 1, build_question_draft({"text_cy": "Beth a wnaed?"}))
    commissions.edit_question(workspace, paper.ref, 2, build_question_draft({"text_cy": "Beth sydd nesaf?"}))
    texts = {"title": "Courses", "title_cy": "Cyrsiau", "text": "Two were held.", "text_cy": "Cynhaliwyd dau."}
    paragraphs.add_paragraph(workspace, paper.ref, 1, build_paragraph_draft(texts), [])
    paragraphs.add_paragraph(
        workspace, paper.ref, 2, build_paragraph_draft({"title": "Visits", "title_cy": "Ymweliadau"}), [visits]
    )
    with use_language(Language.CY):
        report = export_commission(workspace, paper.ref, tmp_path / "papur.docx")
    text = read_word_text(report.file)
    assert report.untranslated == ()
    for words in (
        "Chwe mis",
        "1. Beth a wnaed?",
        "Cyrsiau",
        "Cynhaliwyd dau.",
        "2.1 Ymweliadau",
        "Nid yw cofnodion y paragraff hwn yn rhoi brawddeg",
    ):
        assert words in text
    assert not [words for words in ("Six months", "What", "Courses", "Visits", "[Saesneg]") if words in text]
    later = commissions.add_commission(workspace, build_commission_draft({"title": "A year on", "follows": paper.ref}))
    assert [row.text_cy for row in commissions.show_commission(workspace, later.ref).questions] == [
        "Beth a wnaed?",
        "Beth sydd nesaf?",
    ]
