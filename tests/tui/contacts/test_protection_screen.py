"""A person asks to be forgotten: why they are held, what would go, the reference typed, and nobody there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from ahtc_tui.domain.drafts.contacts import contact_draft
from ahtc_tui.services.contacts.service import add_contact, show_contact
from ahtc_tui.services.privacy.erasure import erase_person
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.tui.contacts.data_protection import EraseForm, ProtectionScreen
from tests.builders import TODAY, an_action, ask
from tests.journeys.hands import at_desk
from tests.journeys.test_boards import told
from tests.tui.contacts.test_contacts_screen import at_contacts, pressed, rest


async def until(pilot: Pilot[int], seen: Callable[[], bool]) -> None:
    """Let the screen go on until something is seen on it."""
    for _turn in range(400):
        if seen():
            return
        await pilot.pause(0.01)
    raise AssertionError("it was never seen")


async def at_person(pilot: Pilot[int], screen: Any, ref: str) -> None:
    """The cursor on somebody."""
    screen.find(ref)
    await until(pilot, lambda: screen.list_pane.highlighted is not None and screen.list_pane.highlighted.ref == ref)
    await rest(pilot)


async def typed(pilot: Pilot[int], key: str) -> None:
    """Press a key while a form is open: the worker that opened it waits for its answer."""
    await pilot.press(key)
    for _turn in range(8):
        await pilot.pause()


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_somebody_is_answered_and_erased_from_the_screen(wales: Workspace, size: tuple[int, int]) -> None:
    ref = add_contact(wales, contact_draft({"name": "Gwen Quillfeather", "kind": "person"}, TODAY)).ref
    an_action(wales, title="Ask Gwen Quillfeather")
    async with at_contacts(wales, size) as (pilot, screen):
        await at_person(pilot, screen, ref)
        await pilot.press("p")
        await until(pilot, lambda: isinstance(pilot.app.screen, ProtectionScreen))
        page = pilot.app.screen
        assert isinstance(page, ProtectionScreen)
        await rest(pilot)
        shown = str(page.page.text.content)
        assert "no lawful basis is written" in shown
        assert "Ask a former member" in shown
        await pressed(pilot, "s")
        assert [path.name for path in wales.exports.iterdir()] == [f"subject-access-{ref}.zip"]
        await pilot.press("E")
        await until(pilot, lambda: isinstance(pilot.app.screen, EraseForm))
        form = pilot.app.screen
        assert isinstance(form, EraseForm)
        form.query_one(Input).value = "yes"
        await typed(pilot, "f10")
        assert pilot.app.screen is form, "another word erases nobody"
        form.query_one(Input).value = ref
        await pilot.press("f10")
        await until(pilot, lambda: pilot.app.screen is page)
        await rest(pilot)
        assert "FILES THAT HOLD THE NAME" in str(page.page.text.content)
        await pressed(pilot, "E", "escape")
        assert ask(wales, "SELECT count(*) FROM parties WHERE name LIKE '%uill%'") == [(0,)]
        assert ask(wales, "SELECT title FROM actions ORDER BY n DESC LIMIT 1") == [("Ask a former member",)]


async def test_a_post_is_not_erased(wales: Workspace) -> None:
    async with at_contacts(wales) as (pilot, screen):
        await at_person(pilot, screen, "spoc-gwent")
        await pressed(pilot, "p")
        assert pilot.app.screen is screen


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_form_tells_of_an_erasure_first_and_lets_the_person_in_at_the_second_save(
    wales: Workspace, size: tuple[int, int]
) -> None:
    fields = {"name": "Gwen Quillfeather", "kind": "person"}
    erase_person(wales, add_contact(wales, contact_draft(fields, TODAY)).ref)
    async with at_desk(wales, size) as desk:
        await desk.press("6", "/")
        await desk.type("spoc gwent")
        await desk.press("enter", "a")
        await desk.type("Gwen Quillfeather")
        await desk.press("ctrl+s")
        said = " ".join(desk.text.replace("▌", " ").split())
        assert "erased on 2013-12-31. Save again to add the person all the same" in said
        await desk.press("ctrl+s")
        await told(desk, "Gwen Quillfeather from 31 December 2013")
    assert show_contact(wales, "spoc-gwent").row.holder == "Gwen Quillfeather"
