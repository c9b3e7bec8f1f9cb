"""The sync in the background of the screen: what came in is announced and listed, and errors are one sentence."""

from __future__ import annotations

import asyncio
from collections.abc import Set
from dataclasses import replace
from pathlib import Path
from threading import Event, current_thread

import pytest

from ahtc_tui.domain.errors import StoreError
from ahtc_tui.domain.imports.report import ImportReport, Question
from ahtc_tui.domain.replication.reports import IncomingErasure, MergeFileReport, RefusedLine
from ahtc_tui.domain.settings.parser import HubSettings
from ahtc_tui.services.actions import service as actions
from ahtc_tui.services.contacts.service import list_contacts
from ahtc_tui.services.privacy.erasure import erase_person
from ahtc_tui.services.replication import hub_address
from ahtc_tui.services.replication.folder_sync import sync_with_folder
from ahtc_tui.services.replication.hub_sync import read_sync_state
from ahtc_tui.services.replication.merge import merge_file
from ahtc_tui.services.workspace import Workspace
from tests.builders import make_action, make_action_draft, make_party
from tests.hubs import Hub, sync_and_check
from tests.services.replication.merging import leave_office
from tests.store.folder_laptops import PASSPHRASE
from tests.tui.conftest import OpenDesk

ADDRESS = "postgresql+psycopg://desk@hub.example.org/ahtc"


@pytest.fixture
def office(wales: Workspace) -> Workspace:
    """The office with a hub in its settings, to which a person agreed."""
    office = replace(wales, hub=HubSettings(ADDRESS, 15))
    hub_address.agree_to_sync(office, hub_address.read_address(office, ADDRESS))
    return office


@pytest.fixture
def laptop_file(wales: Workspace) -> Path:
    """The database of a laptop with another title of DP-44, a title of DP-07 and a new action."""
    peer = leave_office(wales, "there")
    actions.edit_action(wales, "DP-44", make_action_draft(title="Here"))
    for ref in ("DP-44", "DP-07"):
        actions.edit_action(peer, ref, make_action_draft(title=f"There {ref}"))
    make_action(peer, "Made there")
    return peer.database.path


async def test_what_came_in_is_announced_and_listed(office: Workspace, laptop_file: Path, either: OpenDesk) -> None:
    threads = []

    def merge_laptop(workspace: Workspace, _accepted: Set[str]) -> ImportReport:
        threads.append(current_thread().name)
        return merge_file(workspace, laptop_file)

    async with either(office) as hands:
        hands.app.background_sync.sync_service = merge_laptop
        await hands.press_keys(".", "S")
        assert "not synced yet" in hands.text
        assert "Nothing has been received since the start." in hands.text
        await hands.press_keys(".", "s")
        assert threads == ["sync"]
        assert hands.toasts[-1] == "From the hub: 2 changes, 1 new, 1 conflict to resolve (. C)"
        assert any("DP-07" in row and "There DP-07" in row for row in hands.rows)
        assert any("DP-44" in row and "conflicting edits" in row for row in hands.rows)
        assert any("Made there" in row for row in hands.rows)
        await hands.press_keys(".", "C")
        assert "There DP-44" in hands.text


async def test_first_sync_with_a_hub_asks(wales: Workspace, laptop_file: Path, either: OpenDesk) -> None:
    async with either(replace(wales, hub=HubSettings(ADDRESS, 15))) as hands:
        sync = hands.app.background_sync
        sync.sync_service = lambda workspace, _accepted: merge_file(workspace, laptop_file)
        sync._sync_when_idle()
        await hands.wait_until_idle()
        assert "has not synced with hub.example.org/ahtc yet" in hands.toasts[-1]
        await hands.press_keys(".", "S", ".", "s")
        assert "certificate of" in hands.text
        await hands.press_keys("n")
        assert not any("Made there" in row for row in hands.rows)
        await hands.press_keys(".", "s", "y")
        assert any("Made there" in row for row in hands.rows)
        toast_count = len(hands.toasts)
        sync._sync_when_idle()
        await hands.wait_until_idle()
        assert "yet" not in " ".join(hands.toasts[toast_count:])


async def test_folder_is_synced_after_its_passphrase_was_typed(
    wales: Workspace, tmp_path: Path, either: OpenDesk
) -> None:
    share = tmp_path / "share"
    share.mkdir()
    peer = leave_office(wales, "there")
    make_action(peer, "Made there")
    sync_with_folder(peer, str(share), PASSPHRASE)
    office = replace(wales, hub=HubSettings(str(share), 15))
    hub_address.agree_to_sync(office, hub_address.read_address(office, str(share)))
    async with either(office) as hands:
        hands.app.background_sync._sync_when_idle()
        await hands.wait_until_idle()
        assert "The hub is a folder." in hands.toasts[-1]
        await hands.press_keys(".", "S", ".", "s", *"wrong and long enough", "enter")
        assert "the passphrase is wrong" in " ".join(hands.text.split())
        await hands.press_keys("ctrl+u", *PASSPHRASE, "enter")
        await hands.wait_until_idle()
        assert any("Made there" in row for row in hands.rows), hands.text
        assert "0 changes to send" in " ".join(hands.text.split())
        assert len(list(share.iterdir())) == 2


async def test_an_error_is_one_sentence_and_announced_once(office: Workspace, either: OpenDesk) -> None:
    def fail(_workspace: Workspace, _accepted: Set[str]) -> ImportReport:
        raise StoreError("The hub hub.example.org/ahtc cannot be opened: no network.")

    async with either(office) as hands:
        hands.app.background_sync.sync_service = fail
        await hands.press_keys(".", "S", ".", "s", ".", "s")
        assert hands.toasts == ["The hub hub.example.org/ahtc cannot be opened: no network."]
        assert "cannot be opened: no network." in hands.text
        hands.app.background_sync.sync_service = lambda _workspace, _accepted: ImportReport((), applied=True)
        await hands.press_keys(".", "s")
        assert not str(hands.screen.error_line.content)


async def test_a_fault_of_a_sync_does_not_end_the_app(office: Workspace, wide: OpenDesk) -> None:
    def fail(_workspace: Workspace, _accepted: Set[str]) -> ImportReport:
        raise OSError("no library")

    async with wide(office) as hands:
        hands.app.background_sync.sync_service = fail
        await hands.press_keys(".", "S", ".", "s")
        assert "The sync failed (OSError)" in hands.text


async def test_keys_work_while_a_sync_waits_for_the_network(office: Workspace, wide: OpenDesk) -> None:
    network = Event()

    def wait_for_network(workspace: Workspace, _accepted: Set[str]) -> ImportReport:
        with workspace.database.write("sync"):  # as a sync does while it sends
            network.wait(30)
        return ImportReport((), applied=True)

    async with wide(office) as hands:
        sync = hands.app.background_sync
        sync.sync_service = wait_for_network
        sync.sync_now()
        await hands.pilot.pause()
        assert sync.is_running
        await hands.pilot.press("2")
        await hands.pilot.pause()
        await hands.pilot.pause()
        assert hands.screen.noun == "actions"
        assert not hands.app.is_busy
        sync.sync_now()
        network.set()
        await hands.wait_until_idle()
        assert not sync.is_running


async def test_without_a_hub_nothing_syncs_and_the_screen_says_how_to_set_one(
    wales: Workspace, either: OpenDesk
) -> None:
    async with either(wales) as hands:
        await hands.press_keys(".", "S", ".", "s")
        assert "No hub is set" in hands.text
        assert hands.toasts == ["No hub is set in ahtc.toml."]


@pytest.mark.long
async def test_two_laptops_meet_at_the_hub_from_their_screens(wales: Workspace, hub: Hub, wide: OpenDesk) -> None:
    peer = leave_office(wales, "there")
    sync_and_check(wales, hub)
    make_action(peer, "Made there")
    sync_and_check(peer, hub)
    actions.edit_action(wales, "DP-07", make_action_draft(title="Here"))
    office = replace(wales, hub=HubSettings(hub.url, 15))
    assert read_sync_state(office).outgoing == 2, "the title, and the Welsh title that it no longer fits"
    async with wide(office) as hands:
        await hands.press_keys(".", "S", ".", "s")
        assert hands.toasts[-1] == "From the hub: 1 new"
        assert "0 changes to send" in " ".join(hands.text.split())  # a long address wraps the line
        assert "last sync" in hands.text


@pytest.mark.long
async def test_an_erasure_on_the_hub_is_listed_once_and_accepted_on_the_screen(
    wales: Workspace, hub: Hub, either: OpenDesk
) -> None:
    make_party(wales, "Zebedee Quill", "zebedee-quill", kind="person")
    sync_and_check(wales, hub)
    peer = leave_office(wales, "there")
    erase_person(peer, "Zebedee Quill")
    sync_and_check(peer, hub)
    async with either(replace(wales, hub=HubSettings(hub.url, 15))) as hands:
        await hands.press_keys(".", "S", ".", "s")
        assert hands.toasts[-1] == "From the hub: 1 erasure to accept (. S)"
        toast_count = len(hands.toasts)
        await hands.press_keys(".", "s")
        assert len(hands.toasts) == toast_count
        assert len([row for row in hands.rows if "erasure" in row]) == 1
        await hands.press_keys("y")
        assert "This cannot be undone" in hands.text
        await hands.press_keys("n")
        assert [row.name for row in await hands.app.desk.run(list_contacts, "quill")] == ["Zebedee Quill"]
        await hands.press_keys("y", "y")
        assert hands.toasts[-1] == "From the hub: 1 person erased, 1 note (. S)"
        assert await hands.app.desk.run(list_contacts, "quill") == []
        assert "Quill" not in hands.text
        assert hands.app.background_sync.waiting_erasures == set()


@pytest.mark.long
async def test_an_erasure_accepted_during_a_sync_follows_it(office: Workspace, wide: OpenDesk) -> None:
    started, network, syncs = Event(), Event(), []

    def wait_for_network(_workspace: Workspace, accepted: Set[str]) -> ImportReport:
        syncs.append(set(accepted))
        started.set()
        network.wait(30)
        return ImportReport((), applied=True)

    async with wide(office) as hands:
        sync = hands.app.background_sync
        sync.sync_service = wait_for_network
        sync.sync_now()
        assert await asyncio.to_thread(started.wait, 30)
        sync.accept_erasure("erasure-1")
        network.set()
        await hands.wait_until_idle()
        assert syncs == [set(), {"erasure-1"}]


@pytest.mark.long
async def test_an_accepted_erasure_survives_a_failed_sync(wales: Workspace, hub: Hub, either: OpenDesk) -> None:
    """Two people wait; the one that was accepted is erased by the next sync, and the other stays in the list."""
    for name in ("Zebedee Quill", "Ysolde Quill"):
        make_party(wales, name, name.lower().replace(" ", "-"), kind="person")
    sync_and_check(wales, hub)
    peer = leave_office(wales, "there")
    for name in ("Zebedee Quill", "Ysolde Quill"):
        erase_person(peer, name)
    sync_and_check(peer, hub)

    def fail(_workspace: Workspace, _accepted: Set[str]) -> ImportReport:
        raise StoreError("The hub hub.example.org/ahtc cannot be opened: no network.")

    async with either(replace(wales, hub=HubSettings(hub.url, 15))) as hands:
        sync = hands.app.background_sync
        await hands.press_keys(".", "S", ".", "s")
        working_service, sync.sync_service = sync.sync_service, fail
        await hands.press_keys("y", "y")
        assert "cannot be opened: no network." in hands.text
        assert len([row for row in hands.rows if "accepted" in row]) == 1
        await hands.press_keys("y")
        assert "This erasure is accepted. The next successful sync carries it out." in hands.toasts[-1]
        assert "This cannot be undone" not in hands.text
        sync.sync_service = working_service
        await hands.press_keys(".", "s")
        assert "1 person erased" in hands.toasts[-1]
        [kept] = await hands.app.desk.run(list_contacts, "quill")
        [waiting] = [row for row in hands.rows if "erasure" in row]
        assert kept.name in waiting
        assert sync.accepted_erasures == set()


async def test_an_erasure_that_the_hub_asks_about_first_waits_again(office: Workspace, wide: OpenDesk) -> None:
    """A sync that asks about removals would block every later one, if the erasure stayed accepted."""
    async with wide(office) as hands:
        sync = hands.app.background_sync
        sync.sync_service = lambda _workspace, accepted: ImportReport((), applied=not accepted)
        sync.accept_erasure("erasure-1")
        await hands.wait_until_idle()
        assert "the hub asks first" in hands.toasts[-1]
        assert sync.accepted_erasures == set()
        sync.sync_now()
        await hands.wait_until_idle()
        assert sync.error == ""


@pytest.mark.parametrize(
    ("ref", "asked", "others"),
    [
        ("zebedee-quill", "Erase the person on this laptop", "Make these changes"),
        (None, "Make these changes on this laptop", "the person"),
    ],
)
async def test_a_question_names_what_an_accepted_erasure_changes(
    office: Workspace, wide: OpenDesk, tmp_path: Path, ref: str | None, asked: str, others: str
) -> None:
    """Without a person in this copy only words or records change, so that there is nobody to erase."""
    erasure = IncomingErasure("erasure-1", ref, None, "2013-12-30", False, ())
    question = Question("erasure-1", ref, "erasure", None, "kept", "erased", "what the other copy did", "", "")
    report = MergeFileReport(tmp_path, 0, (), (), 0, (question,), (), erasures=(erasure,))
    async with wide(office) as hands:
        hands.app.background_sync.sync_service = lambda _workspace, _accepted: ImportReport((report,), applied=True)
        await hands.press_keys(".", "S", ".", "s", "y")
        assert "what the other copy did" in hands.text
        assert asked in hands.text
        assert others not in hands.text
        assert "This cannot be undone." in hands.text


async def test_a_refused_line_is_listed_and_announced_once(office: Workspace, wide: OpenDesk, tmp_path: Path) -> None:
    line = RefusedLine("laptop-2", 7, "actions", "title", "its value is no text")
    report = MergeFileReport(tmp_path, 0, (), (), 0, (), (), refused=(line,))
    async with wide(office) as hands:
        hands.app.background_sync.sync_service = lambda _workspace, _accepted: ImportReport((report,), applied=True)
        await hands.press_keys(".", "S", ".", "s", ".", "s")
        assert hands.toasts == ["From the hub: 1 note (. S)"]
        [row] = hands.rows
        assert "laptop-2" in row
