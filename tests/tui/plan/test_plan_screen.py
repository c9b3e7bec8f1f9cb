"""The list of objectives and their cards."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from ahtc_tui.services.plan.service import show_objective
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.tui.plan.screen import PlanScreen
from ahtc_tui.tui.shell.app import AhtcApp
from tests.builders import make_action
from tests.sampling import NARROW_AND_WIDE
from tests.tui.conftest import OpenDesk
from tests.tui.keyboard import press_keys, wait_for_workers


@asynccontextmanager
async def open_plan(workspace: Workspace, size: tuple[int, int] = (120, 40)) -> AsyncIterator[tuple[Pilot[int], Any]]:
    """Open the app in the mode Plan."""
    app = AhtcApp(workspace)
    async with app.run_test(size=size) as pilot:
        await press_keys(pilot, "3")
        assert isinstance(app.screen, PlanScreen)
        yield pilot, app.screen


def list_visible_lines(screen: Any) -> list[str]:
    return [screen.list_pane.render_line(y).text.strip() for y in range(screen.list_pane.size.height)]


def read_card(screen: Any) -> str:
    return str(screen.card_pane.content)


async def test_plan_separates_own_objectives_from_working_grouping(wales: Workspace) -> None:
    async with open_plan(wales, (80, 24)) as (pilot, screen):
        page = "\n".join(list_visible_lines(screen))
        assert "Make Wales a hostile place for human trafficking" in page
        assert page.index("OBJECTIVES OF THE PLAN  1") < page.index("GROUPED BY THE SECRETARIAT  6")
        assert screen.list_pane.highlighted.number == 1
        await press_keys(pilot, "down", "enter")
        assert screen.card_pane.has_focus
        card = read_card(screen)
        assert "Grouped by the secretariat, and not part of the plan." in card
        source = "Source: Paragraphs 2.2, 2.7 and 4.1, CELG(4)-31-13 Paper 1, Human Trafficking (2013)"
        assert " ".join(card.split()).endswith(source)
        await press_keys(pilot, "escape")
        assert screen.list_pane.has_focus


@pytest.mark.parametrize("size", NARROW_AND_WIDE, ids=["narrow", "wide"])
async def test_ratings_are_shown_as_letters_with_counts(wales: Workspace, size: tuple[int, int]) -> None:
    make_action(wales, title="Ask the forces", objective="4", brag="R", due="2013-11-30")
    make_action(wales, title="[Ask] the councils", objective="4", brag="G")
    async with open_plan(wales, size) as (pilot, screen):
        await press_keys(pilot, "slash", *"fora", "enter")
        (line,) = [text for text in list_visible_lines(screen) if "Regional fora" in text]
        assert "4 of 10" in line
        assert "R 1  G 1  – 8" in line
        await press_keys(pilot, "enter")
        card = read_card(screen)
        assert "B 0  R 1  A 0  G 1  not rated 8" in card
        assert "planned · [Ask] the councils" in card


@pytest.mark.long
async def test_filter_without_matches_shows_no_heading(wales: Workspace) -> None:
    async with open_plan(wales) as (pilot, screen):
        await press_keys(pilot, "slash", *"zzz", "enter")
        assert [text for text in list_visible_lines(screen)[1:] if text] == [
            "Nothing matches. Press esc to clear the filter."
        ]
        await press_keys(pilot, "escape")
        assert screen.list_pane.highlighted.number == 1


@pytest.mark.long
async def test_objective_opened_elsewhere_is_selected(wales: Workspace) -> None:
    async with open_plan(wales) as (pilot, screen):
        await press_keys(pilot, "slash", *"fora", "enter", "1")
        pilot.app.show_record("objective", "obj-enforcement")  # type: ignore[attr-defined]
        await wait_for_workers(pilot)
        assert screen.list_pane.highlighted.ref == "obj-enforcement"
        assert screen.filter_bar.text == ""


@pytest.mark.long
async def test_line_opens_its_own_actions_while_the_next_grouping_is_read(wales: Workspace) -> None:
    async with open_plan(wales) as (pilot, screen):
        await press_keys(pilot, "v")
        lead = screen.list_pane.highlighted.name
        screen.action_next_by()
        screen.action_open_actions()
        await wait_for_workers(pilot)
        assert pilot.app.screen.filter_bar.text == " ".join(f"@{word}" for word in lead.split())  # type: ignore[attr-defined]


async def test_aims_of_an_objective_are_chosen_by_number(wales: Workspace, wide: OpenDesk) -> None:
    async with wide(wales) as desk:
        await desk.press_keys("3", ".", "E")
        assert "1, 2" in desk.text
        assert "1  Make Wales a hostile place" in desk.text
        desk.screen.query_one("#form-row-aims Input", Input).value = "2"
        await desk.press_keys("ctrl+s")
    assert show_objective(wales, "1").aim_refs == ("aim-support",)
