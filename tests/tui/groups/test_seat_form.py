"""The form of a seat shows and clears who attends and who deputises."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from ahtc_tui.domain.drafts.groups import build_seat_draft
from ahtc_tui.services.groups import seats
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY, make_party
from tests.journeys.hands import Hands
from tests.tui.conftest import OpenDesk

GROUP = "forum"


def make_seat(workspace: Workspace) -> str:
    """Add a forum with a seat of an organisation, a representative and a deputy; return the reference of the seat."""
    make_party(workspace, "Forum", GROUP, kind="group")
    make_party(workspace, "Charity", "charity")
    for name in ("Representative", "Deputy", "Successor"):
        make_party(workspace, name, name.lower(), kind="person")
    values = {"person": "representative", "deputy": "deputy", "deputy_rule": "on leave"}
    return seats.give_seat(workspace, GROUP, "charity", build_seat_draft(values, TODAY)).ref


def list_people(workspace: Workspace) -> list[tuple[str, bool]]:
    """Return who fills the seat of the forum, and whether as a deputy."""
    [seat] = seats.list_seats(workspace, GROUP)
    return [(person.person_ref, person.deputy) for person in seat.occupants]


@asynccontextmanager
async def open_seat(workspace: Workspace, wide: OpenDesk) -> AsyncIterator[Hands]:
    """Open the form of the seat."""
    async with wide(workspace) as desk:
        await desk.press_keys("5", ".", "s", "e")
        yield desk


async def clear_field(desk: Hands, name: str, text: str = "") -> None:
    """Replace the text of a field."""
    field = desk.screen.query_one(f"#form-row-{name} Input")
    field.focus()
    await desk.wait_until_idle()
    field.value = text
    await desk.wait_until_idle()


async def test_the_form_shows_representative_and_deputy(workspace: Workspace, wide: OpenDesk) -> None:
    make_seat(workspace)
    async with open_seat(workspace, wide) as desk:
        lines = [line for line in desk.text.splitlines() if any(word in line for word in ("Attends", "Deputy"))]
        assert "Representative" in lines[0]
        assert "Deputy" in lines[1].partition("Deputy")[2]
        assert "on leave" in desk.text


@pytest.mark.long
async def test_an_empty_field_ends_the_deputy(workspace: Workspace, wide: OpenDesk) -> None:
    make_seat(workspace)
    async with open_seat(workspace, wide) as desk:
        await clear_field(desk, "deputy")
        await desk.press_keys("ctrl+s")
        people = await desk.app.desk.run(list_people)
    assert people == [("representative", False)]


@pytest.mark.long
async def test_another_deputy_takes_the_place_of_the_first(workspace: Workspace, wide: OpenDesk) -> None:
    make_seat(workspace)
    async with open_seat(workspace, wide) as desk:
        await clear_field(desk, "deputy", "Successor")
        await desk.press_keys("ctrl+s")
        people = await desk.app.desk.run(list_people)
    assert people == [("representative", False), ("successor", True)]


@pytest.mark.long
async def test_an_empty_field_leaves_the_seat_vacant(workspace: Workspace, wide: OpenDesk) -> None:
    make_seat(workspace)
    async with open_seat(workspace, wide) as desk:
        await clear_field(desk, "person")
        await desk.press_keys("ctrl+s")
        people = await desk.app.desk.run(list_people)
    assert people == [("deputy", True)]
