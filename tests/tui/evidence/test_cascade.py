"""Somebody goes through the cascade cell by cell, and asks who has not had the course."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from textual.pilot import Pilot

from ahtc_tui.domain.evidence.practice import AdoptionStatus
from ahtc_tui.services.evidence.practice import matrix, show_practice
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.tui.evidence.matrix import MatrixScreen
from ahtc_tui.tui.shell.app import AhtcApp
from tests.builders import ask
from tests.tui.evidence.test_evidence_screen import pressed


@asynccontextmanager
async def at_the_cascade(
    workspace: Workspace, size: tuple[int, int] = (120, 40)
) -> AsyncIterator[tuple[Pilot[int], Any]]:
    """The table of practices and places, in front."""
    app = AhtcApp(workspace)
    async with app.run_test(size=size) as pilot:
        await pressed(pilot, "7", "m")
        assert isinstance(app.screen, MatrixScreen)
        yield pilot, app.screen


def lines_of(screen: Any) -> list[str]:
    """The table as it is drawn."""
    return str(screen.table.render().plain).split("\n")


def said(screen: Any) -> str:
    """What stands under the table."""
    return str(screen.said.content)


def steps(workspace: Workspace) -> int:
    """How many steps the journal has."""
    return int(ask(workspace, "SELECT count(*) FROM step")[0][0])


async def test_every_letter_writes_the_cell_under_the_cursor_and_each_is_one_undo(wales: Workspace) -> None:
    before = steps(wales)
    async with at_the_cascade(wales) as (pilot, screen):
        await pressed(pilot, "down", "right")
        assert "South Wales Police   · not said" in said(screen)
        for key, words in zip(
            "paudn", ("○ Planned", "● Adopted", "◐ Under way", "✕ Declined", "– Not applic"), strict=True
        ):
            await pressed(pilot, key)
            assert f"South Wales Police   {words}" in said(screen)
        assert matrix(wales).said == 26
        await pressed(pilot, "x")
        assert (matrix(wales).said, steps(wales)) == (25, before + 6)
        await pressed(pilot, "z", "z")
        assert "✕ Declined" in said(screen)
        await pressed(pilot, "d")
        assert steps(wales) == before + 8


async def test_who_has_not_had_the_course_is_one_key(wales: Workspace) -> None:
    async with at_the_cascade(wales, (80, 24)) as (pilot, screen):
        await pressed(pilot, "w")
        assert "Forces  4: Gwent Police (planned), South Wales Police (under way)" in said(screen)
        await pressed(pilot, "a", "right", "a")
        assert "Forces  2: North Wales Police (planned), Dyfed-Powys Police (planned)" in said(screen)
        await pressed(pilot, "w")
        assert "South Wales Police   ● Adopted" in said(screen)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_every_place_is_reached_and_the_table_keeps_to_its_width(wales: Workspace, size: tuple[int, int]) -> None:
    async with at_the_cascade(wales, size) as (pilot, screen):
        assert all(len(line) <= size[0] for line in lines_of(screen))
        assert any("0 of 22" in line for line in lines_of(screen)) == (size[0] == 120)
        seen = []
        await pressed(pilot, "f")
        for _place in range(36):
            seen.append(said(screen).split("\n")[1].split("   ")[0])
            await pressed(pilot, "right")
            assert all(len(line) <= size[0] for line in lines_of(screen))
        assert seen == [place.name for place in matrix(wales).places]


async def test_authorities_in_one_column_are_not_written_at_once(wales: Workspace) -> None:
    async with at_the_cascade(wales) as (pilot, screen):
        await pressed(pilot, *["right"] * 10)
        assert "22 authorities: 0 said, 0 adopted" in said(screen)
        await pressed(pilot, "a", "enter")
        assert screen.is_current
        assert matrix(wales).said == 25


async def test_a_cell_in_full_has_date_evidence_and_contact(wales: Workspace) -> None:
    async with at_the_cascade(wales) as (pilot, screen):
        await pressed(pilot, "enter", "tab", *"5 nov 2013", "tab", *"Two courses", "tab", *"Bawso", "ctrl+s")
        words = said(screen)
        assert "since 5 November 2013   contact: Bawso" in words
        assert "Evidence: Two courses" in words


async def test_a_session_is_added_and_the_authorities_without_one_are_named(wales: Workspace) -> None:
    async with at_the_cascade(wales) as (pilot, screen):
        await pressed(pilot, "s")
        assert "AUTHORITIES WITH NO SESSION IN 12 MONTHS  22" in said(screen)
        await pressed(pilot, "t", "tab", *"5 nov 2013", "tab", "tab", "tab", *"Gwynedd Council=4", "ctrl+s")
        assert "SESSIONS  1, 4 people." in said(screen)
        assert "4 people: Gwynedd Council 4" in said(screen)
        assert "IN 12 MONTHS  21" in said(screen)
        await pressed(pilot, "o")
        assert pilot.app.screen is not screen


async def test_the_cascade_is_written_and_a_click_stands_on_a_cell(wales: Workspace) -> None:
    async with at_the_cascade(wales) as (pilot, screen):
        await pressed(pilot, "e")
        assert [path.name for path in wales.exports.iterdir()] == ["cascade-2013-12-31.xlsx"]
        line = lines_of(screen)[2 + 6]
        await pilot.click(screen.table, offset=(line.index("●a") + 1, 2 + 6))
        await pressed(pilot)
        assert "Gwent Police   ● Adopted" in said(screen)
        assert show_practice(wales, "eagle-contacts").adoptions[0].status is AdoptionStatus.ADOPTED


async def test_a_cell_loses_its_date_and_evidence_when_they_are_emptied(wales: Workspace) -> None:
    async with at_the_cascade(wales) as (pilot, screen):
        await pressed(pilot, "enter", "tab", *"5 nov 2013", "tab", *"Two courses", "ctrl+s")
        assert "since 5 November 2013   no contact   source: para 2.10" in said(screen)
        await pressed(pilot, "enter", "tab", "ctrl+u", "tab", "ctrl+u", "ctrl+s")
        assert "no date   no contact   source: para 2.10" in said(screen)
        assert "Evidence: –" in said(screen)


async def test_on_a_small_screen_all_who_have_not_got_it_are_in_sight(wales: Workspace) -> None:
    async with at_the_cascade(wales, (80, 24)) as (pilot, screen):
        assert "5 ▸" in lines_of(screen)[0]
        for key in ("w", "s"):
            await pressed(pilot, key)
            pane = screen.said.parent
            assert said(screen).rstrip().endswith("Newport")
            assert pane.max_scroll_y == 0
        await pressed(pilot, "f", "end", "G")
        assert "◂ 25 more" in lines_of(screen)[0]
        assert "A national co-ordi" in "\n".join(lines_of(screen))
