"""Tests of data protection for a person: reasons, preview, typed confirmation and erasure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from ahtc_tui.domain.drafts.contacts import build_contact_draft
from ahtc_tui.services.contacts.service import add_contact, show_contact
from ahtc_tui.services.privacy.erasure import erase_person
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.tui.contacts.data_protection import EraseForm, ProtectionScreen
from tests.builders import TODAY, make_action, query_rows
from tests.journeys.hands import open_desk
from tests.journeys.test_boards import wait_for_toast
from tests.sampling import NARROW_AND_WIDE
from tests.tui.contacts.test_contacts_screen import open_contacts
from tests.tui.keyboard import press_keys, wait_for_workers


async def wait_until(pilot: Pilot[int], condition: Callable[[], bool]) -> None:
    """Wait until a condition holds on the screen."""
    for _turn in range(400):
        if condition():
            return
        await pilot.pause(0.01)
    raise AssertionError("it was never seen")


async def select_person(pilot: Pilot[int], screen: Any, ref: str) -> None:
    """Select a person."""
    screen.select_record(ref)
    await wait_until(
        pilot, lambda: screen.list_pane.highlighted is not None and screen.list_pane.highlighted.ref == ref
    )
    await wait_for_workers(pilot)


async def press_in_form(pilot: Pilot[int], key: str) -> None:
    """Press a key while a form is open, whose worker has not finished."""
    await pilot.press(key)
    for _turn in range(8):
        await pilot.pause()


@pytest.mark.parametrize("size", NARROW_AND_WIDE)
async def test_a_person_is_answered_and_erased_on_the_screen(wales: Workspace, size: tuple[int, int]) -> None:
    ref = add_contact(wales, build_contact_draft({"name": "Gwen Quillfeather", "kind": "person"}, TODAY)).ref
    make_action(wales, title="Ask Gwen Quillfeather")
    async with open_contacts(wales, size) as (pilot, screen):
        await select_person(pilot, screen, ref)
        await pilot.press(".", "p")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, ProtectionScreen))
        page = pilot.app.screen
        assert isinstance(page, ProtectionScreen)
        await wait_for_workers(pilot)
        shown = str(page.page.content)
        assert "no lawful basis recorded" in shown
        assert "Ask a former member" in shown
        await press_keys(pilot, ".", "s")
        assert [path.name for path in wales.exports.iterdir()] == [f"2013-12-31 Subject access request, {ref}.zip"]
        await pilot.press(".", "E")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, EraseForm))
        form = pilot.app.screen
        assert isinstance(form, EraseForm)
        form.query_one(Input).value = "yes"
        await press_in_form(pilot, "ctrl+s")
        assert pilot.app.screen is form, "a wrong reference erases no one"
        form.query_one(Input).value = ref
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: pilot.app.screen is page)
        await wait_for_workers(pilot)
        assert "FILES WITH THE NAME" in str(page.page.content)
        await press_keys(pilot, ".", "E", "escape")
        assert query_rows(wales, "SELECT count(*) FROM parties WHERE name LIKE '%uill%'") == [(0,)]
        assert query_rows(wales, "SELECT title FROM actions ORDER BY n DESC LIMIT 1") == [("Ask a former member",)]


async def test_a_post_cannot_be_erased(wales: Workspace) -> None:
    async with open_contacts(wales) as (pilot, screen):
        await select_person(pilot, screen, "spoc-gwent")
        await press_keys(pilot, ".", "p")
        assert pilot.app.screen is screen


@pytest.mark.long
@pytest.mark.parametrize("size", NARROW_AND_WIDE)
async def test_a_second_save_adds_an_erased_person(wales: Workspace, size: tuple[int, int]) -> None:
    fields = {"name": "Gwen Quillfeather", "kind": "person"}
    erase_person(wales, add_contact(wales, build_contact_draft(fields, TODAY)).ref)
    async with open_desk(wales, size) as desk:
        await desk.press_keys("6", "/")
        await desk.type_text("spoc gwent")
        await desk.press_keys("enter", ".", "a")
        await desk.type_text("Gwen Quillfeather")
        await desk.press_keys("ctrl+s")
        text = " ".join(desk.text.replace("▌", " ").split())
        assert "erased on 31 December 2013. To add the person" in text
        await desk.press_keys("ctrl+s")
        await wait_for_toast(desk, "Gwen Quillfeather from 31 December 2013")
    assert show_contact(wales, "spoc-gwent").row.holder == "Gwen Quillfeather"
