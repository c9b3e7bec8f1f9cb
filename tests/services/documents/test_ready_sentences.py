"""Ready sentences: filled with what the records say when a text is exported, with the source."""

from __future__ import annotations

from pathlib import Path

import pytest

from ahtc_tui.domain.documents.meeting_document import DocumentKind
from ahtc_tui.domain.drafts.commissions import build_paragraph_draft
from ahtc_tui.domain.drafts.evidence import build_figure_draft
from ahtc_tui.domain.drafts.meetings import build_item_edit
from ahtc_tui.domain.drafts.minutes import build_agenda_draft
from ahtc_tui.domain.errors import BadInput, NotFound
from ahtc_tui.domain.i18n import Language, use_language
from ahtc_tui.domain.minutes.checks import GapKind
from ahtc_tui.services.commissions.paragraphs import add_paragraph
from ahtc_tui.services.commissions.service import show_commission
from ahtc_tui.services.documents import meeting_documents, ready_sentences
from ahtc_tui.services.evidence.service import list_figures, revise_figure
from ahtc_tui.services.meetings.agenda import add_item, edit_item
from ahtc_tui.services.minutes.checks import list_gaps
from ahtc_tui.services.workspace import Workspace
from tests.builders import make_action, make_line, make_minuted_meeting, set_clock


def fill(workspace: Workspace, sentence: str) -> str:
    return ready_sentences.fill_sentence(workspace, sentence)


def test_late_actions_are_counted_and_named(wales: Workspace) -> None:
    ref = make_action(wales, "Send the review", lead="uclan", due="2013-12-01").ref
    text = fill(wales, "late actions of UCLan")
    assert ref in text
    assert "late action" in text
    assert "action log, 31 December 2013" in text


def test_a_sentence_is_written_in_welsh_as_well(wales: Workspace) -> None:
    make_action(wales, "Send the review", lead="uclan", due="2013-12-01")
    assert fill(wales, "camau gweithredu hwyr gan UCLan") == fill(wales, "late actions of UCLan")
    with use_language(Language.CY):
        assert "{camau gweithredu hwyr gan LEAD}" in ready_sentences.list_completions(wales)
    with pytest.raises(BadInput, match="late actions"):
        fill(wales, "camau gweithredu hwyrach gan UCLan")


def test_a_figure_is_quoted_with_its_source(wales: Workspace) -> None:
    row = next(row for row in list_figures(wales) if row.used and not row.superseded and row.area)
    text = fill(wales, f"{row.title}, {row.area}, {row.period}")
    assert text.startswith(row.amount)
    assert str(row.period) in text


def test_an_unknown_sentence_is_an_error_with_the_nearest(wales: Workspace) -> None:
    with pytest.raises(BadInput, match="late actions of"):
        fill(wales, "lates actions of UCLan")
    with pytest.raises(NotFound):
        fill(wales, "late actions of Zebedee Trust")
    with pytest.raises(NotFound):
        fill(wales, "take-up of zebedee, North Wales")


def test_an_agenda_is_exported_with_the_sentence_filled(wales: Workspace, tmp_path: Path) -> None:
    ref = make_minuted_meeting(wales)
    add_item(wales, ref, build_agenda_draft({"title": "Actions: {open actions of UCLan} {sic}"}))
    target = tmp_path / "agenda.md"
    meeting_documents.export_document(wales, DocumentKind.AGENDA, ref, target)
    text = target.read_text(encoding="utf-8")
    assert "open action" in text
    assert "{open" not in text
    assert "{sic}" in text


def test_nothing_is_written_where_a_sentence_is_unknown(wales: Workspace, tmp_path: Path) -> None:
    ref = make_minuted_meeting(wales)
    add_item(wales, ref, build_agenda_draft({"title": "Actions: {overdue things of UCLan}"}))
    with pytest.raises(BadInput):
        meeting_documents.export_document(wales, DocumentKind.AGENDA, ref, tmp_path / "agenda.md")
    assert not (tmp_path / "agenda.md").exists()


def test_a_paragraph_that_quotes_a_figure_is_stale_when_the_figure_is_revised(wales: Workspace) -> None:
    text = "There were {NRM referrals, Wales, 2012}."
    number = add_paragraph(wales, "celg-4-31-13", 1, build_paragraph_draft({"text": text}))
    other = add_paragraph(wales, "celg-4-31-13", 1, build_paragraph_draft({"text": "There were some {of them, sic}."}))
    revise_figure(wales, "nrm-wales-2012", build_figure_draft({"value": "35", "source": "NRM"}, wales.today()))
    stale = {paragraph.number for paragraph in show_commission(wales, "celg-4-31-13").stale_paragraphs}
    assert number in stale
    assert other not in stale


def test_texts_of_a_meeting_are_marked_when_a_figure_that_they_quote_changes(wales: Workspace) -> None:
    ref, quote = make_minuted_meeting(wales), "{NRM referrals, Wales, 2012}"
    add_item(wales, ref, build_agenda_draft({"title": f"Data: {quote}"}))
    make_line(wales, ref, f"n: The Group noted {quote} and {{some words, sic}}", 1)

    def list_changed() -> list[str]:
        return [f"{gap.line or gap.item}" for gap in list_gaps(wales, ref) if gap.kind is GapKind.FIGURE_CHANGED]

    assert list_changed() == []
    revise_figure(wales, "nrm-wales-2012", build_figure_draft({"value": "35", "source": "NRM"}, wales.today()))
    assert list_changed() == ["3", "1.4"]
    edit_item(wales, ref, 3, build_item_edit({"title": f"Data of 2012: {quote}"}))
    assert list_changed() == ["1.4"]


def test_a_figure_is_completed_without_saying_its_area_twice(wales: Workspace) -> None:
    set_clock(wales, "2014-02-28")
    assert ready_sentences.list_completions(wales, "nrm wales 2012") == [
        "{NRM referrals, Wales, 2012}",
        "{NRM referrals of minors, Wales, 2012}",
    ]
