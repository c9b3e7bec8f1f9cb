"""Agenda and minutes in Welsh and in both languages, and the notes on missing translations."""

from __future__ import annotations

import docx
import pytest
from docx.oxml.ns import qn

from ahtc_tui.domain.documents.meeting_document import DocumentKind, Edition
from ahtc_tui.domain.drafts.meetings import build_meeting_draft
from ahtc_tui.domain.drafts.minutes import build_agenda_draft
from ahtc_tui.domain.errors import NotFound
from ahtc_tui.domain.i18n import Language
from ahtc_tui.services.documents.meeting_documents import export_document
from ahtc_tui.services.meetings import service as meetings
from ahtc_tui.services.meetings.agenda import add_item
from ahtc_tui.services.minutes import service as minutes
from ahtc_tui.services.workspace import Workspace
from tests.builders import make_line


@pytest.fixture
def ref(wales: Workspace) -> str:
    """A meeting of the Leadership Group with a translated note and an untranslated action."""
    draft = build_meeting_draft({"group": "LG", "starts": "2013-12-10 10:00"}, wales.today())
    meeting = meetings.add_meeting(wales, draft).ref
    for title in ("Welcome", "Data sets"):
        add_item(wales, meeting, build_agenda_draft({"title": title}))
    for text in ("d: the course is adopted", "a: agree dates"):
        make_line(wales, meeting, text, 2)
    minutes.translate_line(wales, meeting, "2.1", "mabwysiadwyd y cwrs")
    minutes.translate_item(wales, meeting, 2, "Setiau data")
    return meeting


def export_and_list_missing(
    workspace: Workspace, ref: str, kind: DocumentKind, language: Language, ending: str
) -> tuple[str, ...]:
    target = workspace.exports / f"{kind}.{ending}"
    return export_document(workspace, kind, ref, target, Edition(language=language), force=True).missing_welsh


def test_welsh_minutes_mark_untranslated_text(wales: Workspace, ref: str) -> None:
    missing = export_and_list_missing(wales, ref, DocumentKind.MINUTES, Language.CY, "md")
    assert missing == ("2.2  agree dates",)
    text = (wales.exports / "minutes.md").read_text(encoding="utf-8")
    for words in ("Dydd Mawrth 10 Rhagfyr 2013", "## 1. Croeso", "## 2. Setiau data", "mabwysiadwyd y cwrs"):
        assert words in text
    assert r"\[Saesneg\] agree dates" in text
    assert export_and_list_missing(wales, ref, DocumentKind.AGENDA, Language.CY, "md") == ()
    assert export_and_list_missing(wales, ref, DocumentKind.MINUTES, Language.EN, "md") == ()


def test_bilingual_word_file_tags_its_languages(wales: Workspace, ref: str) -> None:
    export_and_list_missing(wales, ref, DocumentKind.MINUTES, Language.BOTH, "docx")
    page = docx.Document(str(wales.exports / "minutes.docx"))
    assert [p.text for p in page.paragraphs if p.style and p.style.name == "Heading 1"] == ["Cofnodion", "Minutes"]
    tagged = {tag.get(qn("w:val")) for tag in page.element.body.iter(qn("w:lang"))}
    assert {"cy-GB", "en-GB"} <= tagged
    assert page.core_properties.language == "cy-GB"


def test_changed_english_text_clears_its_translation(wales: Workspace, ref: str) -> None:
    minutes.edit_paragraph(wales, ref, "2.1", "the course is not adopted")
    line = meetings.show_meeting(wales, ref).lines[0]
    assert (line.text, line.text_cy) == ("the course is not adopted", None)
    for change in (
        lambda: minutes.translate_item(wales, ref, 9, "x"),
        lambda: minutes.edit_paragraph(wales, ref, "9.9", "x"),
    ):
        with pytest.raises(NotFound):
            change()
