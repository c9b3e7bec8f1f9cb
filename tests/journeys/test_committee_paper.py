"""A commissioned paper: drafted from records in few keys, and stale after a record changes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.drafts.commissions import CommissionDraft, build_commission_draft, build_paragraph_draft
from ahtc_tui.domain.i18n import Language, use_language
from ahtc_tui.services.actions.service import edit_action
from ahtc_tui.services.commissions.paragraphs import edit_paragraph
from ahtc_tui.services.commissions.service import add_commission, edit_commission, show_commission
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY, make_action_draft, read_live_rows
from tests.journeys.conftest import Wording
from tests.journeys.hands import Hands
from tests.services.documents.test_office_papers import read_word_text
from tests.tui.conftest import OpenDesk


def join_card_lines(desk: Hands) -> str:
    """Return the text of the detail pane on one line."""
    return " ".join(desk.card.split())


async def test_a_paper_is_commissioned_drafted_and_exported_in_4_keys(
    wales: Workspace, either: OpenDesk, tmp_path: Path, wording: Wording
) -> None:
    async with either(wales) as desk:
        await desk.press_keys("8", "n")
        await desk.type_text("Six months on")
        await desk.press_keys("ctrl+s")
        assert "COM-01" in desk.text
        assert wording("with 35 paragraphs based on", "gyda 35 paragraff") in desk.toasts[-1]
        await desk.press_keys("x")
        assert desk.keys == 4
        assert wording("Saved: exports/2013-12-31 Six", "Cadwyd: exports/2013-12-31 Six") in desk.toasts[-1]
    (paper,) = (tmp_path / "office" / "exports").iterdir()
    paper_text = read_word_text(paper)
    assert "DP-" not in paper_text
    english, welsh = "How the recommendations of the Council", "Sut yr eir ag argymhellion adroddiad 'GRETA'"
    assert f"5. {wording(english, welsh)}" in paper_text
    assert wording("Annex: good practice by place", "Atodiad: arfer da fesul lle") in paper_text


@pytest.mark.long
async def test_a_paper_without_a_draft_is_drafted_after_a_preview_and_undone_in_one_step(
    wales: Workspace, narrow: OpenDesk
) -> None:
    async with narrow(wales) as desk:
        await desk.press_keys("8", "n")
        await desk.type_text("Six months on")
        desk.screen.query_one("#form-row-draft Select").value = "none"
        await desk.press_keys("ctrl+s")
        assert desk.toasts[-1].startswith("Commission added   ")
        await desk.press_keys(".", "w")
        assert "35 paragraphs based on" in desk.text
        await desk.press_keys("y")
        assert len(show_commission(wales, "COM-01").paragraphs) == 35
        await desk.press_keys("u")
        assert not show_commission(wales, "COM-01").paragraphs


@pytest.mark.long
async def test_undo_takes_back_a_new_paper_with_its_draft(wales: Workspace, narrow: OpenDesk) -> None:
    before = read_live_rows(wales)
    async with narrow(wales) as desk:
        await desk.press_keys("8", "n")
        await desk.type_text("Six months on")
        await desk.press_keys("ctrl+s", "u")
    assert read_live_rows(wales) == before


@pytest.mark.long
async def test_a_stale_paragraph_is_marked_edited_and_confirmed(
    wales: Workspace, either: OpenDesk, wording: Wording
) -> None:
    edit_action(wales, "DP-05", make_action_draft(due="2014-03-31"))
    async with either(wales) as desk:
        await desk.press_keys("8", ".", "o", "enter")
        assert (
            wording(
                "30 paragraphs   celg-4-31-13   1 changed since",
                "30 paragraff   celg-4-31-13   1 wedi newid ers hynny",
            )
            in desk.text
        )
        await desk.press_keys("/")
        await desk.type_text("DP-05")
        await desk.press_keys("enter")
        assert wording("An evidence base", "Sylfaen dystiolaeth") in desk.rows[1]
        assert wording("! changed", "! newidiwyd") in desk.rows[1]
        await desk.press_keys("enter")
        was = wording("was", "gynt")
        claim = "Produce the primary data set: NRM referrals and criminal justice cases: in progress"
        assert f"{was}: {claim}" in join_card_lines(desk)
        assert "due 31 March 2014" in join_card_lines(desk)
        await desk.press_keys("escape", "y")
        assert wording("2.5 confirmed", "Cadarnhawyd 2.5") in desk.toasts[-1]
        await desk.press_keys("e")
        await desk.type_text("The evidence base")
        await desk.press_keys("ctrl+s")
        assert wording("2.5 saved", "2.5 ") in desk.toasts[-1]
        await desk.press_keys("escape", "escape")
        assert desk.screen.list_pane.highlighted.ref == "celg-4-31-13"
    edited = {paragraph.number: paragraph for paragraph in show_commission(wales, "celg-4-31-13").paragraphs}["2.5"]
    assert not edited.is_stale
    assert "The evidence base" in str(edited.title)


async def test_the_form_of_a_commission_has_all_its_fields_and_saves_its_marking(
    wales: Workspace, wide: OpenDesk
) -> None:
    before = show_commission(wales, "celg-4-31-13")
    async with wide(wales) as desk:
        await desk.press_keys("8", ".", "o", "e")
        assert CommissionDraft.model_fields.keys() == {row.name for row in desk.screen.rows()}
        desk.screen.query_one("#form-row-marking Select").value = "official-sensitive"
        desk.screen.query_one("#form-row-note TextArea").text = "For the committee of January."
        await desk.press_keys("ctrl+s")
        assert "OFFICIAL-SENSITIVE" in join_card_lines(desk)
    after = show_commission(wales, "celg-4-31-13")
    marking, note = Marking.OFFICIAL_SENSITIVE, "For the committee of January."
    assert after == replace(before, requested_marking=marking, note=note)


async def test_paragraphs_are_listed_by_their_title_in_the_language_of_the_screen(
    wales: Workspace, narrow: OpenDesk
) -> None:
    edit_paragraph(wales, "celg-4-31-13", "2.5", build_paragraph_draft({"title_cy": "Sail dystiolaeth"}))
    with use_language(Language.CY):
        async with narrow(wales) as desk:
            desk.app.show_record("commission", "celg-4-31-13")
            await desk.wait_until_idle()
            await desk.press_keys("/")
            await desk.type_text("sail dystiolaeth")
            await desk.press_keys("enter")
            assert any("Sail dystiolaeth" in row for row in desk.rows)
            await desk.press_keys("enter")
            assert "Sail dystiolaeth" in join_card_lines(desk)


async def test_a_commission_without_paragraphs_shows_the_keys_alone(wales: Workspace, narrow: OpenDesk) -> None:
    add_commission(wales, build_commission_draft({"title": "Six months on"}, TODAY))
    async with narrow(wales) as desk:
        desk.app.show_record("commission", "COM-01")
        await desk.wait_until_idle()
        assert "There are no paragraphs yet. Press . and w to draft them" in " ".join(desk.text.split())
        assert "Records" not in desk.text


@pytest.mark.long
async def test_the_palette_finds_a_paper_and_opens_its_paragraphs(wales: Workspace, wide: OpenDesk) -> None:
    async with wide(wales) as desk:
        desk.app.show_record("commission", "celg-4-31-13")
        await desk.wait_until_idle()
        assert any(row.split()[:3] == ["2.9", "Regional", "fora"] for row in desk.rows)
        await desk.press_keys("n")
        assert "New paragraph under question 1" in desk.text
        await desk.press_keys("escape", "escape")
        assert desk.screen.noun == "today"


async def test_a_due_paper_is_opened_from_today(wales: Workspace, either: OpenDesk) -> None:
    edit_commission(wales, "celg-4-31-13", build_commission_draft({"due": "2014-01-10"}, TODAY))
    async with either(wales) as desk:
        assert "COMMISSIONS  1" in desk.text
        assert any("Human Trafficking" in row and "Fri 10 Jan" in row for row in desk.rows)
        while desk.screen.list_pane.highlighted.kind != "commission":
            await desk.press_keys("down")
        await desk.press_keys("enter")
        assert "all paragraphs confirmed" in desk.text


async def test_a_paragraph_names_the_records_that_it_is_based_on(wales: Workspace, wide: OpenDesk) -> None:
    async with wide(wales) as desk:
        await desk.press_keys("8", ".", "o", "enter", "/")
        await desk.type_text("nrm-")
        await desk.press_keys("enter", "e")
        assert "nrm-wales-2012: NRM referrals, Wales" in desk.text
