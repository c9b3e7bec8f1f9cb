"""Tests of the Evidence mode: list, cards, forms and export."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Select

from ahtc_tui.domain.actions.model import PaperMarking
from ahtc_tui.domain.drafts.evidence import build_figure_draft
from ahtc_tui.services.evidence.practice import list_practices
from ahtc_tui.services.evidence.recommendations import list_documents, list_recommendations
from ahtc_tui.services.evidence.service import add_figure, edit_figure
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.tui.evidence.screen import EvidenceScreen
from ahtc_tui.tui.shell.app import AhtcApp
from ahtc_tui.tui.widgets.hints import Hints
from tests.builders import TODAY, query_rows, set_clock
from tests.sampling import NARROW_AND_WIDE
from tests.tui.conftest import OpenDesk
from tests.tui.keyboard import read_card_text

SIZES = pytest.mark.parametrize("size", NARROW_AND_WIDE, ids=["narrow", "wide"])


@asynccontextmanager
async def open_evidence(
    workspace: Workspace, size: tuple[int, int] = (120, 40)
) -> AsyncIterator[tuple[Pilot[int], Any]]:
    """Open the app in the Evidence mode."""
    app = AhtcApp(workspace)
    async with app.run_test(size=size) as pilot:
        await press_keys(pilot, "7")
        assert isinstance(app.screen, EvidenceScreen)
        yield pilot, app.screen


async def press_keys(pilot: Pilot[int], *keys: str) -> None:
    """Press keys, and wait until all workers have finished."""
    for key in (*keys, ""):
        if key:
            await pilot.press(key)
        for _again in range(100):
            await pilot.pause()
            if all(worker.is_finished or worker.group == "form" for worker in pilot.app.workers):
                break
            await asyncio.sleep(0.005)
        await pilot.pause()


def read_visible_lines(screen: Any) -> list[str]:
    """Return the rows of the list."""
    return [screen.list_pane.render_line(y).text.rstrip() for y in range(screen.list_pane.size.height)]


async def read_card(pilot: Pilot[int], screen: Any) -> str:
    """Return the text of the card; a small screen opens it first and closes it again."""
    if not screen.has_class("-narrow"):
        return read_card_text(screen)
    await press_keys(pilot, "enter")
    text = read_card_text(screen)
    await press_keys(pilot, "escape")
    return text


def read_status(screen: Any) -> str:
    """Return the text to the right of the filter."""
    return " ".join(str(screen.filter_bar.status.content).split())


@SIZES
async def test_each_section_is_shown_in_turn(wales: Workspace, size: tuple[int, int]) -> None:
    async with open_evidence(wales, size) as (pilot, screen):
        assert read_status(screen) == "45 records in all sections"
        shown = []
        for _section in range(7):
            await press_keys(pilot, "v")
            shown.append(read_status(screen))
        assert shown[:5] == ["15 figures", "3 data sets", "10 practices", "6 recommendations", "10 documents"]
        assert shown[5:] == ["1 web page", "45 records in all sections"]


@SIZES
async def test_conflicting_sources_are_shown_together(wales: Workspace, size: tuple[int, int]) -> None:
    fields = {"title": "NRM referrals, United Kingdom", "value": "1190", "unit": "referrals", "period": "2012"}
    add_figure(wales, build_figure_draft({**fields, "area": "uk", "source": "a later note [2014]"}, TODAY))
    async with open_evidence(wales, size) as (pilot, screen):
        screen.select_record("nrm-uk-2012")
        await press_keys(pilot)
        text = await read_card(pilot, screen)
        assert "1,186 referrals" in text
        assert "OTHER SOURCES 1,156 referrals Welsh Government written statement" in " ".join(text.split())
        assert "1,190 referrals   a later note [2014]" in text
        assert "Used? yes: it includes the parts." in " ".join(text.split())
        assert "786  NRM referrals of women and" in text
        assert text.replace("\n", " ").endswith(
            "Source: National Assembly for Wales Research Service, 28 November 2013"
        )


@pytest.mark.sample(5)
@pytest.mark.parametrize(
    ("ref", "words"),
    [
        ("conference-attendance-2013", "over 100 people"),
        ("ds-nrm", "FIGURES 10"),
        ("sio-training", "◐ under way (being rolled out) South Wales Police"),
        ("greta-2012", "DP-43"),
        ("greta-report-2012", "GRETA(2012)6"),
    ],
)
async def test_the_card_of_each_kind_ends_with_its_source(wales: Workspace, ref: str, words: str) -> None:
    async with open_evidence(wales) as (pilot, screen):
        screen.select_record(ref)
        await press_keys(pilot)
        assert screen.list_pane.highlighted.ref == ref
        assert words in " ".join(read_card_text(screen).split())
        assert "Source: " in " ".join(read_card_text(screen).splitlines()[-3:])


async def test_a_small_screen_opens_and_closes_a_card(wales: Workspace) -> None:
    async with open_evidence(wales, (80, 24)) as (pilot, screen):
        await press_keys(pilot, "slash", *"marac", "enter", "enter")
        assert "● adopted  Cardiff" in read_card_text(screen)
        assert not screen.list_pane.display
        await press_keys(pilot, "escape")
        assert screen.list_pane.display


@pytest.mark.long
@SIZES
async def test_one_key_lists_open_recommendations_without_an_action(wales: Workspace, size: tuple[int, int]) -> None:
    async with open_evidence(wales, size) as (pilot, screen):
        await press_keys(pilot, ".", "o", "slash", *"greta", "enter")
        assert read_status(screen).startswith("1 open recommendation without an action")
        assert screen.list_pane.highlighted.ref == "greta-2012-missing-children"
        await press_keys(pilot, ".", "a", *"DP-10", "ctrl+s")
        assert read_status(screen).startswith("0 ")
        await press_keys(pilot, "escape", "escape", ".", "o")
        screen.select_record("greta-2012-missing-children")
        await press_keys(pilot)
        await press_keys(pilot, ".", "r", *"We ask each authority", "ctrl+s")
        assert "We ask each authority" in await read_card(pilot, screen)
        assert "DP-10" in await read_card(pilot, screen)


@SIZES
async def test_a_figure_is_revised_and_a_web_page_added_and_reviewed(wales: Workspace, size: tuple[int, int]) -> None:
    set_clock(wales, "2014-02-28")
    async with open_evidence(wales, size) as (pilot, screen):
        screen.select_record("nrm-wales-2012")
        await press_keys(pilot)
        await press_keys(pilot, ".", "R", *"3", "ctrl+s")
        assert "34 referrals" in await read_card(pilot, screen)
        assert "There is a newer figure." in await read_card(pilot, screen)
        screen.select_record("FIG-01")
        await press_keys(pilot)
        assert "A count under 5. Check it before you" in await read_card(pilot, screen)
        await press_keys(pilot, *"vvvvvv", "n", *"Our page", "ctrl+s")
        assert any("Our page" in line for line in read_visible_lines(screen))
        screen.select_record("nrm-uk-2012")
        await press_keys(pilot)
        assert "BY PERIOD  ▅▆█" in await read_card(pilot, screen)
        await press_keys(pilot, ".", "r")
        assert screen.is_current


@pytest.mark.long
async def test_a_double_click_opens_the_card(wales: Workspace) -> None:
    async with open_evidence(wales, (80, 24)) as (pilot, screen):
        await pilot.click(screen.list_pane, offset=(10, 4))
        await press_keys(pilot)
        assert screen.list_pane.highlighted.ref == "nrm-uk-2012"
        await pilot.click(screen.list_pane, offset=(10, 4), times=2)
        await press_keys(pilot)
        assert screen.card_pane.display


@pytest.mark.long
async def test_an_answer_like_case_data_is_saved_with_a_warning(wales: Workspace) -> None:
    async with open_evidence(wales) as (pilot, screen):
        screen.select_record("greta-2012")
        await press_keys(pilot)
        await press_keys(pilot, ".", "r", *"DOB 12/03/1999 ", "ctrl+s")
        warned = [message.text for message in screen.app.message_log if message.severity == "warning"]
        assert warned
        assert "a date of birth (recommendations, response)" in warned[0]
        assert "DOB 12/03/1999" in read_card_text(screen)


@pytest.mark.long
@SIZES
async def test_the_first_practice_is_added(workspace: Workspace, size: tuple[int, int]) -> None:
    async with open_evidence(workspace, size) as (pilot, screen):
        await press_keys(pilot, "v", "v", "v")
        assert "There is no practice yet. Press n to add one." in "\n".join(read_visible_lines(screen))
        await press_keys(pilot, "n", *"Posters in custody", "tab", "tab", *"Every suite", "ctrl+s")
        assert [row.title for row in list_practices(workspace)] == ["Posters in custody"]
        await press_keys(pilot, "e")
        form: Any = pilot.app.screen
        assert "Every suite" in [field.value for field in form.query(Input)]
        await press_keys(pilot, "tab", "tab", "tab", *"nobody", "ctrl+s")
        assert "nobody" in form.error_text
        await press_keys(pilot, "escape", "y")
        await press_keys(pilot, ".", "m")
        table: Any = pilot.app.screen
        assert "Posters in custody" in str(table.details.content)


@pytest.mark.long
async def test_the_form_of_a_figure_shows_all_fields(wales: Workspace) -> None:
    edit_figure(wales, "nrm-wales-2012", build_figure_draft({"published_on": "5 nov 2013"}, TODAY))
    async with open_evidence(wales) as (pilot, screen):
        screen.select_record("nrm-wales-2012")
        await press_keys(pilot, "e")
        typed = [field.value for field in pilot.app.screen.query(Input)]
        assert {
            "34",
            "referrals",
            "2012",
            "Wales",
            "Paragraph 2.4, CELG(4)-31-13 Paper 1, Human Trafficking (2013)",
            "5 November 2013",
        } <= set(typed)


@SIZES
async def test_the_list_shows_which_source_is_used(wales: Workspace, size: tuple[int, int]) -> None:
    set_clock(wales, "2014-02-28")
    async with open_evidence(wales, size) as (_pilot, screen):
        lines = "\n".join(read_visible_lines(screen))
        assert "1,186 used " in lines
        assert "1,156 not used " in lines


@pytest.mark.long
async def test_welsh_case_data_is_warned_of_once(wales: Workspace) -> None:
    async with open_evidence(wales) as (pilot, screen):
        screen.select_record("greta-2012")
        await press_keys(pilot)
        await press_keys(pilot, ".", "r", *"Merch 17 oed o Fietnam ", "ctrl+s")
        await press_keys(pilot, "u", ".", "r", *"Merch 17 oed o Fietnam ", "ctrl+s")
        warned = [message.text for message in screen.app.message_log if message.severity == "warning"]
        assert warned == [
            "This looks like a person in a case (recommendations, response). Remove it, because case data must not be "
            "kept here."
        ]


@pytest.mark.long
async def test_a_document_takes_an_older_marking_on_its_form(wales: Workspace) -> None:
    async with open_evidence(wales) as (pilot, screen):
        await press_keys(pilot, "slash", *"first", "space", *"annual", "enter", "end", "e")
        pilot.app.screen.query_one("#form-row-marking Select", Select).value = "restricted"
        await press_keys(pilot, "ctrl+s")
        assert "RESTRICTED" in await read_card(pilot, screen)
    (row,) = [row for row in list_documents(wales) if row.ref == "idmg-report-2012"]
    assert row.marking is PaperMarking.RESTRICTED


async def test_a_recommendation_chooses_its_document_by_title(wales: Workspace) -> None:
    async with open_evidence(wales) as (pilot, _screen):
        await press_keys(pilot, *"vvvv", "e")
        field = pilot.app.screen.query_one("#form-row-document Input", Input)
        assert field.value == "CELG(4)-31-13 Paper 1, Human Trafficking"
        field.value = "Human Trafficking: The Government's Strategy"
        await press_keys(pilot, "ctrl+s")
        assert "celg-2014-resources" not in str(pilot.app.screen.query_one(Hints).content)
    row = next(row for row in list_recommendations(wales) if row.ref == "celg-2014-resources")
    assert row.document == "Human Trafficking: The Government's Strategy"


async def test_a_command_for_records_of_other_kinds_names_the_kinds_in_the_menu(
    wales: Workspace, wide: OpenDesk
) -> None:
    async with wide(wales) as desk:
        await desk.press_keys("7")
        desk.screen.select_record("celg-2014-resources")
        await desk.wait_until_idle()
        await desk.press_keys(".")
        assert "r  Answer the recommendation; mark the web page as reviewed" in desk.text
        assert "r  Answer the recommendation; mark the web page as reviewed (" not in desk.text
        await desk.press_keys("escape")
        desk.screen.select_record("ds-nrm")
        await desk.wait_until_idle()
        await desk.press_keys(".", "r")
        assert desk.toasts[-1] == "Select one of these first: recommendations, web pages."


async def test_a_date_of_a_figure_is_explained_while_it_is_typed(wales: Workspace, wide: OpenDesk) -> None:
    async with wide(wales) as desk:
        await desk.press_keys("7", ".", "R", "tab")
        assert "for example 24/11/13" in desk.text
        await desk.type_text("5 nov 2013")
        assert "Tuesday 5 November 2013" in desk.text
        await desk.press_keys("shift+tab")
        await desk.type_text("36")
        await desk.press_keys("ctrl+s")
        assert query_rows(wales, "SELECT published_on FROM figures WHERE value = 36") == [("2013-11-05",)]
