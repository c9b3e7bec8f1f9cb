"""Before a UK board: one screen says who sits there, what was promised, and when it met."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from textual.pilot import Pilot
from textual.worker import WorkerCancelled

from ahtc_tui.services.workspace import Workspace
from ahtc_tui.tui.groups.screen import GroupsScreen
from ahtc_tui.tui.shell.app import AhtcApp


@asynccontextmanager
async def at_groups(workspace: Workspace, size: tuple[int, int] = (120, 40)) -> AsyncIterator[tuple[Pilot[int], Any]]:
    """The app with the groups in front."""
    app = AhtcApp(workspace)
    async with app.run_test(size=size) as pilot:
        await pressed(pilot, "5", "home")
        assert isinstance(app.screen, GroupsScreen)
        yield pilot, app.screen


async def pressed(pilot: Pilot[int], *keys: str) -> None:
    """Press keys, and wait until everything that they began has come to rest."""
    for key in keys:
        if len(key) > 1:  # letters are typed in one go
            await rest(pilot)
        await pilot.press(key)
    await rest(pilot)


async def rest(pilot: Pilot[int]) -> None:
    """Wait for every read; one that a newer read broke off does not count."""
    for _turn in range(3):
        with suppress(WorkerCancelled):
            await pilot.app.workers.wait_for_complete()
        await pilot.pause()


def card_text(screen: Any) -> str:
    """What the card says."""
    return str(screen.card_pane.text.content)


async def test_the_brief_for_the_ministerial_group_fits_one_small_screen(wales: Workspace) -> None:
    async with at_groups(wales, (80, 24)) as (pilot, screen):
        await pressed(pilot, "slash", *"idmg", "enter", "enter")
        in_sight = card_text(screen).splitlines()[: screen.card_pane.size.height]
        said = "\n".join(in_sight)
        for words in (
            "Lesley Griffiths",
            "Minister for Security",
            "Anti Human Trafficking Co-ordinator (Stephen Chapman)",
            "other Whitehall government departments (a class)",
            "SEATS  10",
            "OPEN ACTIONS  1",
            "DP-33",
        ):
            assert " ".join(words.split()) in " ".join(said.split())
        await pressed(pilot, "escape")
        assert screen.list_pane.has_focus


async def test_a_closed_action_of_a_group_is_not_among_the_open_ones(wales: Workspace) -> None:
    async with at_groups(wales) as (pilot, screen):
        screen.find("leadership-group")
        await pressed(pilot)
        assert screen.list_pane.highlighted.ref == "leadership-group"
        said = card_text(screen)
        assert "OPEN ACTIONS  1\nDP-04" in said
        assert "no longer open: DP-02" in said
        assert "Grŵp Arwain Atal Masnachu mewn Pobl" in " ".join(said.split())


async def test_a_seat_leads_to_its_group(wales: Workspace) -> None:
    async with at_groups(wales) as (pilot, screen):
        pilot.app.go("seat", "idmg/ahtc")  # type: ignore[attr-defined]
        await pressed(pilot)
        assert screen.list_pane.highlighted.ref == "idmg"


async def test_the_card_ends_with_the_paragraph_that_the_group_comes_from(wales: Workspace) -> None:
    async with at_groups(wales) as (pilot, screen):
        screen.find("idmg")
        await pressed(pilot)
        ending = " ".join(card_text(screen).split())
        assert ending.endswith("From para 2.3, 3.1 Short name: public: gov.uk IDMG publications")
