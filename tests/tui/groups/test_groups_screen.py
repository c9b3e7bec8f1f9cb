"""Tests of the Groups mode: list, card, seats and forms."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from textual.pilot import Pilot

from ahtc_tui.domain.drafts.groups import build_terms_draft
from ahtc_tui.services.groups.service import set_terms
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.tui.groups.screen import GroupsScreen
from ahtc_tui.tui.shell.app import AhtcApp
from tests.builders import TODAY
from tests.tui.keyboard import press_keys, read_card_text


@asynccontextmanager
async def open_groups(workspace: Workspace, size: tuple[int, int] = (120, 40)) -> AsyncIterator[tuple[Pilot[int], Any]]:
    """Open the app in the Groups mode."""
    app = AhtcApp(workspace)
    async with app.run_test(size=size) as pilot:
        await press_keys(pilot, "5", "home")
        assert isinstance(app.screen, GroupsScreen)
        yield pilot, app.screen


@pytest.mark.long
async def test_the_card_of_a_group_fits_a_small_screen(wales: Workspace) -> None:
    async with open_groups(wales, (80, 24)) as (pilot, screen):
        await press_keys(pilot, "slash", *"idmg", "enter", "enter")
        in_sight = read_card_text(screen).splitlines()[: screen.card_pane.size.height]
        text = "\n".join(in_sight)
        for words in (
            "Lesley Griffiths",
            "Minister for Security",
            "Anti Human Trafficking Co-ordinator (Stephen Chapman)",
            "SEATS  10",
            "OPEN ACTIONS  1",
            "DP-33",
        ):
            assert " ".join(words.split()) in " ".join(text.split())
        assert "other Whitehall government departments (a class)" in " ".join(read_card_text(screen).split())
        await press_keys(pilot, "escape")
        assert screen.list_pane.has_focus


@pytest.mark.long
async def test_closed_actions_of_a_group_are_listed_apart(wales: Workspace) -> None:
    async with open_groups(wales) as (pilot, screen):
        screen.select_record("leadership-group")
        await press_keys(pilot)
        assert screen.list_pane.highlighted.ref == "leadership-group"
        text = read_card_text(screen)
        assert "OPEN ACTIONS  1\nDP-04" in text
        assert "no longer open: DP-01, DP-02" in text
        assert "Grŵp Arwain Atal Masnachu mewn Pobl" in " ".join(text.split())


async def test_the_card_of_a_group_shows_the_text_of_its_terms_of_reference(wales: Workspace) -> None:
    text = "1. To advise Ministers\n2. To meet each quarter"
    set_terms(wales, "leadership-group", build_terms_draft({"version": "1", "text": text}, TODAY))
    async with open_groups(wales) as (pilot, screen):
        screen.select_record("leadership-group")
        await press_keys(pilot)
        assert f"TERMS OF REFERENCE\n{text}\n" in read_card_text(screen)


async def test_a_seat_reference_opens_its_group(wales: Workspace) -> None:
    async with open_groups(wales) as (pilot, screen):
        pilot.app.show_record("seat", "idmg/ahtc")  # type: ignore[attr-defined]
        await press_keys(pilot)
        assert screen.list_pane.highlighted.ref == "idmg"


async def test_the_card_of_a_group_ends_with_its_source(wales: Workspace) -> None:
    async with open_groups(wales) as (pilot, screen):
        screen.select_record("idmg")
        await press_keys(pilot)
        ending = " ".join(read_card_text(screen).split())
        assert "(2013) Owner: General knowledge, not taken from a document" in ending
        assert ending.endswith(
            "Short name: GOV.UK, publications of the Inter-Departmental Ministerial Group on Human Trafficking"
            " Welsh name: own translation, not reviewed by a translator"
        )
