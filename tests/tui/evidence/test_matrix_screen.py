"""Tests of the matrix screen: cells set by key, and the sessions of a practice."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from textual.pilot import Pilot

from ahtc_tui.domain.drafts.evidence import build_adoption_draft
from ahtc_tui.domain.evidence.practice import AdoptionStatus
from ahtc_tui.domain.i18n import Language, use_language
from ahtc_tui.services.evidence.practice import set_adoption, show_matrix, show_practice
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.tui.evidence.matrix import MatrixScreen
from ahtc_tui.tui.shell.app import AhtcApp
from tests.builders import TODAY, query_rows
from tests.sampling import NARROW_AND_WIDE
from tests.tui.evidence.test_evidence_screen import press_keys

PAPER = "Paragraph 2.10, CELG(4)-31-13 Paper 1, Human Trafficking (2013)"


@asynccontextmanager
async def open_matrix(workspace: Workspace, size: tuple[int, int] = (120, 40)) -> AsyncIterator[tuple[Pilot[int], Any]]:
    """Open the matrix of practices and places."""
    app = AhtcApp(workspace)
    async with app.run_test(size=size) as pilot:
        await press_keys(pilot, "7", ".", "m")
        assert isinstance(app.screen, MatrixScreen)
        yield pilot, app.screen


def read_table_lines(screen: Any) -> list[str]:
    """Return the table as shown."""
    return str(screen.table.render().plain).split("\n")


def read_details(screen: Any) -> str:
    """Return the text below the table."""
    return str(screen.details.content)


def count_steps(workspace: Workspace) -> int:
    """Return the number of steps in the journal."""
    return int(query_rows(workspace, "SELECT count(*) FROM step")[0][0])


async def test_the_title_of_the_last_places_continues_above_the_totals(wales: Workspace) -> None:
    async with open_matrix(wales) as (_pilot, screen):
        assert read_table_lines(screen)[0].split()[-2:] == ["OTHER", "PLACES"]


async def test_a_step_draws_the_two_lines_that_change(wales: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    async with open_matrix(wales) as (pilot, screen):
        drawn: list[set[int]] = []
        monkeypatch.setattr(screen.table, "refresh", lambda *regions: drawn.append({region.y for region in regions}))
        await press_keys(pilot, "down", "right")
    assert drawn[:2] == [{2, 3}, {3}]


@pytest.mark.long
async def test_each_letter_of_the_menu_writes_a_cell_and_is_one_undo(wales: Workspace) -> None:
    before = count_steps(wales)
    async with open_matrix(wales) as (pilot, screen):
        await press_keys(pilot, "down", "right")
        assert "South Wales Police   · no information" in read_details(screen)
        for key, words in zip(
            "dnpua", ("✕ Declined", "– Not applic", "○ Planned", "◐ Under way", "● Adopted"), strict=True
        ):
            await press_keys(pilot, "enter", key)
            assert f"South Wales Police   {words}" in read_details(screen)
        assert show_matrix(wales).answered_cells == 23
        await press_keys(pilot, "space", "x")
        assert (show_matrix(wales).answered_cells, count_steps(wales)) == (22, before + 6)
        await press_keys(pilot, "u", "u")
        assert "◐ Under way" in read_details(screen)
        await press_keys(pilot, "enter", "enter", "enter", "escape")
        assert count_steps(wales) == before + 8
        await press_keys(pilot, "enter", "d")
        assert "◐ Under way" in read_details(screen), "a step back needs the reason that the form asks for"


@pytest.mark.sample(2)
@pytest.mark.parametrize("key", ["enter", "e"])
async def test_names_of_places_stay_welsh_while_a_cell_is_chosen(wales: Workspace, key: str) -> None:
    with use_language(Language.CY):
        async with open_matrix(wales) as (pilot, screen):
            headings = read_table_lines(screen)[1]
            assert "HDC" in headings
            await press_keys(pilot, "right", key)
            shown = "\n".join(strip.text for strip in pilot.app.screen._compositor.render_strips())
            assert "Heddlu De Cymru: " in shown
            assert read_table_lines(screen)[1] == headings


@pytest.mark.long
async def test_no_letter_writes_a_cell_outside_the_menu(wales: Workspace) -> None:
    async with open_matrix(wales) as (pilot, screen):
        await press_keys(pilot, "down", "right")
        for key in ("a", "p", "d", "delete", "n", "escape", "e", "escape", "x"):
            await press_keys(pilot, key)
        assert show_matrix(wales).answered_cells == 22
        assert "South Wales Police   · no information" in read_details(screen)


@pytest.mark.long
async def test_q_returns_from_the_matrix_to_the_list(wales: Workspace) -> None:
    async with open_matrix(wales) as (pilot, screen):
        await press_keys(pilot, "q")
        assert pilot.app.is_running
        assert not screen.is_current


@pytest.mark.long
async def test_a_cell_that_somebody_else_set_is_not_replaced(wales: Workspace) -> None:
    async with open_matrix(wales) as (pilot, screen):
        await press_keys(pilot, "down", "right", "enter")
        row, place = show_matrix(wales).rows[1], screen.table.matrix.places[1]
        draft = build_adoption_draft("declined", None, "No funds", None, TODAY)
        set_adoption(wales, row.practice.ref, place.key, draft)
        await press_keys(pilot, "a")
        assert "Changed by someone else since you opened it" in list(screen.app.message_log)[-1].text
    assert show_practice(wales, row.practice.ref).adoptions[-1].status is AdoptionStatus.DECLINED


@pytest.mark.long
async def test_one_key_lists_places_without_the_practice(wales: Workspace) -> None:
    async with open_matrix(wales, (80, 24)) as (pilot, screen):
        await press_keys(pilot, ".", "w")
        assert "Forces  4: Gwent Police (planned), South Wales Police (under way)" in read_details(screen)
        await press_keys(pilot, "enter", "a", "right", "enter", "a")
        assert "Forces  2: North Wales Police (planned), Dyfed-Powys Police (planned)" in read_details(screen)
        await press_keys(pilot, ".", "w")
        assert "South Wales Police   ● Adopted" in read_details(screen)


@pytest.mark.long
@pytest.mark.parametrize("size", NARROW_AND_WIDE)
async def test_every_place_is_reached_within_the_width(wales: Workspace, size: tuple[int, int]) -> None:
    async with open_matrix(wales, size) as (pilot, screen):
        assert all(len(line) <= size[0] for line in read_table_lines(screen))
        assert any("1● of 22" in line for line in read_table_lines(screen)) == (size[0] == 120)
        places = []
        await press_keys(pilot, ".", "f")
        for _place in range(35):
            places.append(read_details(screen).split("\n")[1].split("   ")[0])
            await press_keys(pilot, "right")
            assert all(len(line) <= size[0] for line in read_table_lines(screen))
        assert places == [place.name for place in show_matrix(wales).places]


@pytest.mark.long
async def test_folded_authorities_cannot_be_written(wales: Workspace) -> None:
    async with open_matrix(wales) as (pilot, screen):
        await press_keys(pilot, *["right"] * 10)
        assert "22 authorities: 0 recorded, 0 adopted" in read_details(screen)
        await press_keys(pilot, "enter", "e")
        assert screen.is_current
        assert show_matrix(wales).answered_cells == 22


@pytest.mark.long
async def test_the_form_of_a_cell_has_date_evidence_and_contact(wales: Workspace) -> None:
    async with open_matrix(wales) as (pilot, screen):
        await press_keys(pilot, "e", "tab", *"5 nov 2013", "tab", *"Two courses", "tab", *"Bawso", "ctrl+s")
        words = read_details(screen)
        assert "since 5 November 2013   contact: Bawso" in words
        assert "Evidence: Two courses" in words


@pytest.mark.long
async def test_a_session_is_added_and_missing_authorities_are_listed(wales: Workspace) -> None:
    async with open_matrix(wales) as (pilot, screen):
        await press_keys(pilot, ".", "s")
        assert "22 local authorities had no session in the last 12 months" in read_details(screen)
        await press_keys(pilot, "n", "tab", *"5 nov 2013", "tab", "tab", "tab", *"Gwynedd Council=4", "ctrl+s")
        assert "1 session with 4 people." in read_details(screen)
        assert "4 people: Gwynedd Council 4" in read_details(screen)
        assert "21 local authorities had no session" in read_details(screen)
        await press_keys(pilot, ".", "o")
        assert pilot.app.screen is not screen


@pytest.mark.parametrize("size", [(120, 40), (200, 60)])
async def test_the_matrix_is_exported_and_a_click_selects_a_cell(wales: Workspace, size: tuple[int, int]) -> None:
    async with open_matrix(wales, size) as (pilot, screen):
        await press_keys(pilot, "x")
        assert [path.name for path in wales.exports.iterdir()] == ["2013-12-31 Good practice.xlsx"]
        line = read_table_lines(screen)[2 + 6]
        await pilot.click(screen.table, offset=(line.rindex("●a") + 1, 2 + 6))
        await press_keys(pilot)
        assert "Dyfed-Powys Police   ● Adopted" in read_details(screen)
        assert show_practice(wales, "eagle-contacts").adoptions[0].status is AdoptionStatus.ADOPTED


@pytest.mark.long
async def test_clearing_date_and_evidence_of_a_cell(wales: Workspace) -> None:
    async with open_matrix(wales) as (pilot, screen):
        await press_keys(pilot, "e", "tab", *"5 nov 2013", "tab", *"Two courses", "ctrl+s")
        assert f"since 5 November 2013   no contact   source: {PAPER}" in read_details(screen)
        await press_keys(pilot, "e", "tab", "ctrl+u", "tab", "ctrl+u", "ctrl+s")
        assert f"no date   no contact   source: {PAPER}" in read_details(screen)
        assert "Evidence: –" in read_details(screen)


@pytest.mark.long
async def test_a_small_screen_shows_all_missing_places(wales: Workspace) -> None:
    async with open_matrix(wales, (80, 24)) as (pilot, screen):
        assert "4 more ▸" in read_table_lines(screen)[0]
        for key in ("w", "s"):
            await press_keys(pilot, key)
            pane = screen.details.parent
            assert read_details(screen).rstrip().endswith("Newport")
            assert pane.max_scroll_y == 0
        await press_keys(pilot, ".", "f", "end", "G")
        assert "◂ 24 more" in read_table_lines(screen)[0]
        assert "A national co-ordi" in "\n".join(read_table_lines(screen))
