"""The first screen: what each way to begin asks and creates."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import pytest
from textual import events
from textual.geometry import Offset
from textual.pilot import Pilot

from ahtc_tui.domain.i18n import Language, use_language
from ahtc_tui.services.backup import make_backup
from ahtc_tui.services.desk_people import find_desk_person
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.recovery.first_start import find_newest_backup, has_database
from ahtc_tui.services.replication.office_pack import create_pack
from ahtc_tui.services.workspace import Workspace, read_settings
from ahtc_tui.tui.shell.app import AhtcApp
from ahtc_tui.tui.shell.opening import Opening
from ahtc_tui.tui.welcome.app import BACKUP, EMPTY, LOG, TRIAL, Beginning, WelcomeApp
from ahtc_tui.tui.widgets.form import FormScreen
from tests.builders import query_rows
from tests.journeys.hands import KEY_NAMES, Hands

PASSPHRASE = "carreg afon lleuad"


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """A language that the first screen can switch."""
    with use_language(Language.EN):
        yield


@asynccontextmanager
async def open_welcome(root: Path) -> AsyncIterator[tuple[WelcomeApp, Pilot[int]]]:
    """Run the first screen on a folder."""
    app = WelcomeApp(root)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        yield app, pilot


def read_text(app: WelcomeApp) -> str:
    """Return the screen as drawn."""
    return "\n".join(line.text for line in app.screen._compositor.render_strips())


async def finish_form(app: WelcomeApp, pilot: Pilot[int]) -> None:
    """Save the form on top and wait until it is closed or shows an error."""
    await pilot.press("ctrl+s")
    async with asyncio.timeout(30):
        while any(worker.group == "form-save" and not worker.is_finished for worker in app.workers):
            await pilot.pause(0.02)
    await pilot.pause()


async def test_five_ways_to_begin_fit_on_a_small_screen(tmp_path: Path) -> None:
    async with open_welcome(tmp_path) as (app, _pilot):
        text = read_text(app)
    for words in ("Start your own office", "Look at the 2013 sample", "Import an action log", "Open an office pack"):
        assert words in text
    assert "Restore a backup" in text
    assert "q quit" in text


async def test_the_cursor_is_on_the_selected_way_and_in_the_field(tmp_path: Path) -> None:
    async with open_welcome(tmp_path) as (app, pilot):
        for label in ("1  Start your own office", "2  Look at the 2013 sample"):
            line = read_text(app).splitlines()[app.cursor_position.y]
            assert line[app.cursor_position.x :].startswith(label)
            await pilot.press("down")
        await pilot.press("1")
        await pilot.pause()
        await pilot.press(*"Jane")
        assert app.focused is not None
        assert app.cursor_position == app.focused.content_region.offset + Offset(4, 0)


async def test_looking_round_creates_nothing_in_the_folder(tmp_path: Path) -> None:
    async with open_welcome(tmp_path) as (app, pilot):
        await pilot.press("2")
        await pilot.pause()
    assert app.beginning == Beginning(TRIAL)
    assert not has_database(tmp_path)


async def test_an_own_office_knows_its_name_and_address_and_who_is_at_its_desk(tmp_path: Path) -> None:
    async with open_welcome(tmp_path) as (app, pilot):
        await pilot.press("1", *'The "Gwent" desk', "tab", *"desk@example.org", "tab")
        await pilot.press(*"Secretary", "tab", *"Secretariat", "tab", "enter", "down", "enter")
        await finish_form(app, pilot)
    assert app.beginning == Beginning(EMPTY)
    with closing(open_workspace(tmp_path)) as workspace:
        person = find_desk_person(workspace)
    assert person is not None
    assert (person.name, person.post) == ("Secretary", "Secretariat")
    office = read_settings(tmp_path).office
    assert (office.name, office.email) == ('The "Gwent" desk', "desk@example.org")
    assert 'language = "cy"' in (tmp_path / "ahtc.toml").read_text(encoding="utf-8")


async def test_an_address_that_is_none_keeps_the_form_open_and_creates_nothing(tmp_path: Path) -> None:
    async with open_welcome(tmp_path) as (app, pilot):
        await pilot.press("1", *"Our office", "tab", *"no address")
        await finish_form(app, pilot)
        assert isinstance(app.screen, FormScreen)
        assert "no address" in read_text(app)
    assert not has_database(tmp_path)


async def test_keys_typed_while_the_office_is_created_are_typed_in_the_office(tmp_path: Path) -> None:
    async with open_welcome(tmp_path) as (app, pilot):
        await pilot.press("1", *"Our office", "tab")
        for key in ("ctrl+s", "4", "n"):
            app.post_message(events.Key(key, key if len(key) == 1 else None))
        async with asyncio.timeout(30):
            while app.beginning is None:
                await pilot.pause(0.02)
    left = app.keys_left
    with closing(open_workspace(tmp_path)) as workspace:
        office = AhtcApp(workspace, opening=Opening(keys=left))
        async with office.run_test(size=(80, 24)) as pilot:
            hands = Hands(pilot)
            await hands.wait_until_idle()
            assert "New meeting" in hands.text


async def test_a_log_begins_with_an_empty_office(tmp_path: Path) -> None:
    async with open_welcome(tmp_path) as (app, pilot):
        await pilot.press("3")
        await finish_form(app, pilot)
    assert app.beginning == Beginning(LOG)
    assert has_database(tmp_path)


async def test_the_newest_backup_of_the_folder_is_proposed(workspace: Workspace) -> None:
    file = make_backup(workspace).file
    workspace.close()
    workspace.database.path.unlink()
    async with open_welcome(workspace.root) as (app, pilot):
        await pilot.press("5")
        await pilot.pause()
        assert find_newest_backup(workspace.root) == file
        await finish_form(app, pilot)
    assert app.beginning == Beginning(BACKUP)
    assert has_database(workspace.root)


@pytest.mark.long
async def test_a_missing_pack_keeps_the_form_open(tmp_path: Path) -> None:
    async with open_welcome(tmp_path) as (app, pilot):
        await pilot.press("4", *"none.ahtc", "tab", *"secret")
        await finish_form(app, pilot)
        assert isinstance(app.screen, FormScreen)
        assert "none.ahtc" in str(app.screen.error_line.content)
    assert app.beginning is None
    assert not has_database(tmp_path)


async def test_the_first_screen_changes_its_language(tmp_path: Path) -> None:
    async with open_welcome(tmp_path) as (app, pilot):
        await pilot.press("l")
        async with asyncio.timeout(30):
            while "Adfer copi wrth gefn" not in read_text(app):
                await pilot.pause(0.01)


async def test_the_form_of_a_pack_asks_for_the_name_of_the_laptop(wales: Workspace, tmp_path: Path) -> None:
    create_pack(wales, tmp_path / "forum.ahtc", PASSPHRASE)
    async with open_welcome(tmp_path / "away") as (app, pilot):
        await pilot.press("4")
        assert "Name of this laptop" in read_text(app)
        assert isinstance(app.screen, FormScreen)
        await pilot.press(*(KEY_NAMES.get(letter, letter) for letter in str(tmp_path / "forum.ahtc")), "tab")
        await pilot.press(*(KEY_NAMES.get(letter, letter) for letter in PASSPHRASE), "tab", *"Wrexham")
        await finish_form(app, pilot)
    assert app.beginning is not None
    with closing(open_workspace(tmp_path / "away", key=PASSPHRASE)) as office:
        assert str(query_rows(office, "SELECT value FROM setting WHERE name = 'device'")[0][0]).startswith("Wrexham-")
