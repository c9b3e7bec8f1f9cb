"""Somebody asks what is known, from where, and who has taken up what."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from ahtc_tui.domain.drafts.evidence import figure_draft
from ahtc_tui.services.evidence.practice import list_practices
from ahtc_tui.services.evidence.service import add_figure, edit_figure
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.tui.evidence.screen import EvidenceScreen
from ahtc_tui.tui.shell.app import AhtcApp
from tests.builders import TODAY

SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["narrow", "wide"])


@asynccontextmanager
async def at_evidence(workspace: Workspace, size: tuple[int, int] = (120, 40)) -> AsyncIterator[tuple[Pilot[int], Any]]:
    """The app with the evidence in front."""
    app = AhtcApp(workspace)
    async with app.run_test(size=size) as pilot:
        await pressed(pilot, "7")
        assert isinstance(app.screen, EvidenceScreen)
        yield pilot, app.screen


async def pressed(pilot: Pilot[int], *keys: str) -> None:
    """Press keys, and wait until everything that they began has come to rest."""
    for key in (*keys, ""):
        if key:
            await pilot.press(key)
        for _again in range(100):
            await pilot.pause()
            if all(worker.is_finished or worker.group == "form" for worker in pilot.app.workers):
                break
            await asyncio.sleep(0.005)
        await pilot.pause()


def in_sight(screen: Any) -> list[str]:
    """The lines of the list."""
    return [screen.list_pane.render_line(y).text.rstrip() for y in range(screen.list_pane.size.height)]


def card_text(screen: Any) -> str:
    """What the card says."""
    return str(screen.card_pane.text.content)


async def read_card(pilot: Pilot[int], screen: Any) -> str:
    """What the card says; on a small screen it is opened for that, and closed again."""
    if not screen.has_class("-narrow"):
        return card_text(screen)
    await pressed(pilot, "enter")
    said = card_text(screen)
    await pressed(pilot, "escape")
    return said


def status(screen: Any) -> str:
    """What stands at the right of the filter."""
    return " ".join(str(screen.filter_bar.status.content).split())


@SIZES
async def test_every_section_stands_alone_in_its_turn(wales: Workspace, size: tuple[int, int]) -> None:
    async with at_evidence(wales, size) as (pilot, screen):
        assert status(screen) == "42 all sections"
        shown = []
        for _section in range(7):
            await pressed(pilot, "v")
            shown.append(status(screen))
        assert shown[:5] == ["15 figures", "3 data sets", "10 practice", "6 recommendations", "8 documents"]
        assert shown[5:] == ["0 web pages", "42 all sections"]


@SIZES
async def test_two_sources_that_disagree_stand_beside_each_other(wales: Workspace, size: tuple[int, int]) -> None:
    said = {"title": "NRM referrals, United Kingdom", "value": "1190", "unit": "referrals", "period": "2012"}
    add_figure(wales, figure_draft({**said, "area": "uk", "source": "a later note [2014]"}, TODAY))
    async with at_evidence(wales, size) as (pilot, screen):
        screen.find("nrm-uk-2012")
        await pressed(pilot)
        said_on_card = await read_card(pilot, screen)
        assert "1,186 referrals" in said_on_card
        assert "OTHER SOURCES SAY\n1,156 referrals   public: gov.wales" in said_on_card
        assert "1,190 referrals   a later note [2014]" in said_on_card
        assert "Used? yes: its parts are kept with it." in " ".join(said_on_card.split())
        assert "786  NRM referrals of women and" in said_on_card
        assert said_on_card.replace("\n", " ").endswith("Source: public: Senedd Research 2013-11-28")


@pytest.mark.parametrize(
    ("ref", "words"),
    [
        ("conference-attendance-2013", "over 100 people"),
        ("ds-nrm", "FIGURES 10"),
        ("sio-training", "◐ under way (rolling-out) South Wales Police"),
        ("greta-2012", "DP-43"),
        ("greta-report-2012", "GRETA(2012)6"),
    ],
)
async def test_a_card_of_each_kind_ends_with_its_source(wales: Workspace, ref: str, words: str) -> None:
    async with at_evidence(wales) as (pilot, screen):
        screen.find(ref)
        await pressed(pilot)
        assert screen.list_pane.highlighted.ref == ref
        assert words in " ".join(card_text(screen).split())
        assert "Source: " in card_text(screen).splitlines()[-1]


async def test_on_a_small_screen_a_filter_a_card_and_back(wales: Workspace) -> None:
    async with at_evidence(wales, (80, 24)) as (pilot, screen):
        await pressed(pilot, "slash", *"marac", "enter", "enter")
        assert "● adopted  Cardiff" in card_text(screen)
        assert not screen.list_pane.display
        await pressed(pilot, "escape")
        assert screen.list_pane.display


@SIZES
async def test_open_recommendations_without_an_action_are_one_key_away(wales: Workspace, size: tuple[int, int]) -> None:
    async with at_evidence(wales, size) as (pilot, screen):
        await pressed(pilot, "o", "slash", *"greta", "enter")
        assert status(screen).startswith("1 recommendation, open, without an action")
        assert screen.list_pane.highlighted.ref == "greta-2012-missing-children"
        await pressed(pilot, "a", *"DP-10", "ctrl+s")
        assert status(screen).startswith("0 ")
        await pressed(pilot, "escape", "escape", "o")
        screen.find("greta-2012-missing-children")
        await pressed(pilot)
        await pressed(pilot, "r", *"We ask each authority", "f10")
        assert "We ask each authority" in await read_card(pilot, screen)
        assert "DP-10" in await read_card(pilot, screen)


@SIZES
async def test_a_figure_is_revised_and_a_web_page_added_and_reviewed(wales: Workspace, size: tuple[int, int]) -> None:
    async with at_evidence(wales, size) as (pilot, screen):
        screen.find("nrm-wales-2012")
        await pressed(pilot)
        await pressed(pilot, "R", *"3", "f10")
        assert "34 referrals" in await read_card(pilot, screen)
        assert "A newer figure stands in its place." in await read_card(pilot, screen)
        screen.find("FIG-01")
        await pressed(pilot)
        assert "A count under 5: look before it leaves" in await read_card(pilot, screen)
        await pressed(pilot, *"vvvvvv", "n", *"Our page", "f10")
        assert any("Our page" in line for line in in_sight(screen))
        screen.find("nrm-uk-2012")
        await pressed(pilot)
        assert "BY PERIOD  ▅▆█" in await read_card(pilot, screen)
        await pressed(pilot, "r")
        assert screen.is_current


async def test_a_click_opens_nothing_and_a_second_one_the_card(wales: Workspace) -> None:
    async with at_evidence(wales, (80, 24)) as (pilot, screen):
        await pilot.click(screen.list_pane, offset=(10, 4))
        await pressed(pilot)
        assert screen.list_pane.highlighted.ref == "nrm-uk-2012"
        await pilot.click(screen.list_pane, offset=(10, 4), times=2)
        await pressed(pilot)
        assert screen.card_pane.display


async def test_an_answer_that_looks_like_a_case_is_kept_and_warned_of(wales: Workspace) -> None:
    async with at_evidence(wales) as (pilot, screen):
        screen.find("greta-2012")
        await pressed(pilot)
        await pressed(pilot, "r", *"DOB 12/03/1999 ", "f10")
        warned = [toast.message for toast in pilot.app._notifications if toast.severity == "warning"]
        assert warned
        assert "a date of birth (recommendations, response)" in warned[0]
        assert "DOB 12/03/1999" in card_text(screen)


@SIZES
async def test_an_office_that_has_none_writes_its_first_practice(workspace: Workspace, size: tuple[int, int]) -> None:
    async with at_evidence(workspace, size) as (pilot, screen):
        await pressed(pilot, "v", "v", "v")
        assert "No practice yet. n writes one." in "\n".join(in_sight(screen))
        await pressed(pilot, "n", *"Posters in custody", "tab", "tab", *"Every suite", "ctrl+s")
        assert [row.title for row in list_practices(workspace)] == ["Posters in custody"]
        await pressed(pilot, "e")
        form: Any = pilot.app.screen
        assert "Every suite" in [field.value for field in form.query(Input)]
        await pressed(pilot, "tab", "tab", "tab", *"nobody", "ctrl+s")
        assert "nobody" in str(form.error_line.content)
        await pressed(pilot, "escape", "y")
        await pressed(pilot, "m")
        table: Any = pilot.app.screen
        assert "Posters in custody" in str(table.said.content)


async def test_the_form_of_a_figure_shows_all_that_is_known_of_it(wales: Workspace) -> None:
    edit_figure(wales, "nrm-wales-2012", figure_draft({"published_on": "5 nov 2013"}, TODAY))
    async with at_evidence(wales) as (pilot, screen):
        screen.find("nrm-wales-2012")
        await pressed(pilot, "e")
        typed = [field.value for field in pilot.app.screen.query(Input)]
        assert {"34", "referrals", "2012", "Wales", "para 2.4", "5 November 2013"} <= set(typed)


@SIZES
async def test_the_list_says_which_of_two_sources_is_used(wales: Workspace, size: tuple[int, int]) -> None:
    async with at_evidence(wales, size) as (_pilot, screen):
        lines = "\n".join(in_sight(screen))
        assert "1,186 used " in lines
        assert "1,156 not used " in lines


async def test_welsh_that_looks_like_a_case_is_warned_of_once(wales: Workspace) -> None:
    async with at_evidence(wales) as (pilot, screen):
        screen.find("greta-2012")
        await pressed(pilot)
        await pressed(pilot, "r", *"Merch 17 oed o Fietnam ", "f10")
        await pressed(pilot, "u", "r", *"Merch 17 oed o Fietnam ", "f10")
        warned = [toast.message for toast in pilot.app._notifications if toast.severity == "warning"]
        assert warned == [
            "This looks like a person in a case (recommendations, response): the desk keeps no case data, "
            "so take it out again."
        ]
