"""The queue of texts to translate on the screen: from Reports and the palette."""

from __future__ import annotations

import pytest

from ahtc_tui.domain.drafts.commissions import build_commission_draft
from ahtc_tui.domain.drafts.plan import build_milestone_draft
from ahtc_tui.domain.i18n import Language, use_language
from ahtc_tui.services.actions import service as actions
from ahtc_tui.services.commissions.service import add_commission
from ahtc_tui.services.evidence.service import list_data_sets
from ahtc_tui.services.groups.service import show_group
from ahtc_tui.services.plan.versions_and_milestones import add_milestone
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.tui.reports.screen import ReportsScreen
from ahtc_tui.tui.welsh.screen import WelshScreen
from ahtc_tui.tui.widgets.plain import Plain
from ahtc_tui.tui.widgets.prose_field import ProseField
from tests.builders import TODAY, make_action_draft, make_minuted_meeting
from tests.tui.conftest import OpenDesk
from tests.tui.welsh.routes import LAST_HELD


async def test_welsh_is_typed_in_place_and_undone(wales: Workspace, either: OpenDesk) -> None:
    async with either(wales) as hands:
        await hands.press_keys("8", ".", "W")
        assert isinstance(hands.screen, WelshScreen)
        assert "DP-03" in hands.text
        await hands.press_keys("e")
        assert "Build links with statutory" in hands.text
        hands.screen.query_one(ProseField).clear()
        await hands.type_text("Meithrin cysylltiadau")
        await hands.press_keys("ctrl+s")
        assert actions.show_action(wales, "DP-03").row.title_cy == "Meithrin cysylltiadau"
        assert "DP-03 title" in hands.toasts[-1]
        assert hands.screen.selected_row is not None
        assert hands.screen.selected_row.ref == "DP-04"
        await hands.press_keys("u")
        assert (actions.show_action(wales, "DP-03").row.title_cy or "").endswith("anllywodraethol")
        await hands.press_keys("q")
        assert isinstance(hands.screen, ReportsScreen)


async def test_a_text_without_a_reference_for_people_is_named(wales: Workspace, wide: OpenDesk) -> None:
    async with wide(wales) as hands:
        await hands.press_keys("8", ".", "W", "/")
        await hands.type_text("seed-paper")
        await hands.press_keys("enter", "e")
        assert "CELG(4)-31-13 Paper 1, Human Trafficking title" in hands.text


async def test_forms_show_welsh_names_and_leave_the_english_ones(wales: Workspace, wide: OpenDesk) -> None:
    def read_names() -> tuple[str | None, ...]:
        (data_set, *_others), card = list_data_sets(wales), show_group(wales, "cardiff-forum")
        return data_set.holder, card.row.name, card.row.area

    before = read_names()
    with use_language(Language.CY):
        async with wide(wales) as hands:
            await hands.press_keys("7", "v", "v", "e")
            assert "Deiliad              ▏Canolfan Masnachu mewn Pobl y Deyrnas Unedig" in hands.text
            await hands.type_text(" 2013")
            await hands.press_keys("ctrl+s", "5")
            hands.screen.select_record("cardiff-forum")
            await hands.wait_until_idle()
            await hands.press_keys("e")
            assert "Ardal                ▏Caerdydd" in hands.text
            await hands.press_keys("tab")
            await hands.type_text("CAF")
            await hands.press_keys("ctrl+s", "2", "n", "tab")
            await hands.type_text("gwent police")
            assert "Heddlu Gwent" in hands.text
    assert read_names() == before
    assert list_data_sets(wales)[0].title.endswith(" 2013")
    assert show_group(wales, "cardiff-forum").row.short == "CAF"


async def test_lists_and_cards_show_welsh_names_and_forms_the_english_ones(wales: Workspace, wide: OpenDesk) -> None:
    actions.edit_action(wales, "DP-33", make_action_draft(title_cy="Mynychu cyfarfodydd y Grŵp"))
    with use_language(Language.CY):
        async with wide(wales) as hands:
            await hands.press_keys("5")
            assert any("LG  Grŵp Arwain" in row for row in hands.rows)
            hands.screen.select_record("leadership-group")
            await hands.wait_until_idle()
            assert "Grŵp Arwain Atal Masnachu mewn Pobl" in " ".join(hands.card.split())
            await hands.press_keys("e")
            assert "Golygu Grŵp Arwain Atal Masnachu mewn Pobl" in hands.text
            assert "Wales Anti Human Trafficking Leadership Group" in hands.text
            await hands.press_keys("escape")
            hands.screen.select_record("idmg")
            await hands.wait_until_idle()
            assert "DP-33 Mynychu cyfarfodydd y Grŵp" in " ".join(hands.card.split())
            await hands.press_keys(".", "w")
            assert "Gogledd Cymru" in hands.text
            await hands.press_keys("escape", "6", "v")
            assert any("Bwrdd Iechyd" in row for row in hands.rows)
    assert show_group(wales, "LG").row.name == "Wales Anti Human Trafficking Leadership Group"


async def test_a_long_question_above_options_is_whole(wales: Workspace, narrow: OpenDesk) -> None:
    with use_language(Language.CY):
        async with narrow(wales) as hands:
            await hands.press_keys("6")
            hands.screen.select_record("strategic-lead-south-wales")
            await hands.wait_until_idle()
            await hands.press_keys(".", "T")
            assert "Heddlu De Cymru" in str(hands.screen.query(Plain).first().content)
            assert hands.screen.query(Plain).first().size.height == 2


@pytest.mark.long
async def test_live_minutes_milestones_and_papers_due_have_their_welsh_titles(wales: Workspace, wide: OpenDesk) -> None:
    make_minuted_meeting(wales)
    draft = {"objective": "1", "title": "First course", "title_cy": "Y cwrs cyntaf"}
    add_milestone(wales, build_milestone_draft(draft, TODAY))
    draft = {"title": "Six months on", "title_cy": "Chwe mis wedyn", "due": "2014-01-10"}
    add_commission(wales, build_commission_draft(draft, TODAY), ["What was done?"])
    with use_language(Language.CY):
        async with wide(wales) as hands:
            assert "Chwe mis wedyn" in hands.text
            await hands.press_keys("4", *LAST_HELD, "m")
            assert "Grŵp Arwain Atal Masnachu mewn Pobl" in hands.text.splitlines()[0]
            await hands.press_keys("escape", "3", "m")
            assert "Y cwrs cyntaf" in hands.text


@pytest.mark.long
async def test_the_queue_is_filtered_and_exported(wales: Workspace, narrow: OpenDesk) -> None:
    async with narrow(wales) as hands:
        await hands.press_keys("2", "ctrl+p")
        await hands.type_text("texts to translate")
        await hands.press_keys("enter")
        assert isinstance(hands.screen, WelshScreen)
        await hands.press_keys("slash")
        await hands.type_text("gwent")
        await hands.press_keys("enter")
        assert "DP-03" not in hands.text
        assert "Gwent" in hands.text
        await hands.press_keys("x")
        assert "exports/2013-12-31 Text to translate.xlsx" in hands.toasts[-1]
        assert (wales.exports / "2013-12-31 Text to translate.xlsx").exists()
