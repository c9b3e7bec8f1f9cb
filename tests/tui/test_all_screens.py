"""Every screen that opens from a list shows hostile text literally and survives random keys."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress

import pytest
from textual import pilot

from ahtc_tui.domain.drafts.meetings import build_meeting_draft
from ahtc_tui.domain.drafts.minutes import build_agenda_draft
from ahtc_tui.services.meetings.agenda import add_item
from ahtc_tui.services.meetings.service import add_meeting
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY, make_line
from tests.journeys.hands import Hands
from tests.journeys.monkey import KEYS_TO_SCREEN, random_keys
from tests.tui.conftest import OpenDesk
from tests.tui.test_hostile import TITLES, check_harmless, wait_until_idle

KEYS_PER_ROOM = 2
SHORT_TITLES = [title[:200] for title in TITLES]
WORDS = "name name_cy short title title_cy text text_cy note reason purpose venue link detail evidence caveat section"
TEXT_COLUMNS = {*WORDS.split(), "org_class", "basis", "response", "words", "subject", "withheld_because", "brag_reason"}


def write_hostile_text(office: Workspace) -> None:
    """Write a hostile title to every text column by plain SQL."""
    with closing(sqlite3.connect(office.database.path, isolation_level=None)) as file:
        file.create_function("hostile", 1, lambda n: SHORT_TITLES[n % len(SHORT_TITLES)])
        tables = [name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE sql LIKE '%source_notes%'")]
        for table in tables:
            for column in [row[1] for row in file.execute(f"PRAGMA table_info({table})") if row[1] in TEXT_COLUMNS]:
                with suppress(sqlite3.IntegrityError):
                    file.execute(f"UPDATE {table} SET {column} = hostile(rowid) WHERE {column} IS NOT NULL")


@pytest.fixture
def hostile_office(busy: Workspace, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A workspace with a minuted meeting and hostile text in every record."""
    monkeypatch.setattr(pilot, "wait_for_idle", wait_until_idle)
    monkeypatch.chdir(busy.root)
    values = {"group": "leadership-group", "starts": "2014-01-14 10:00", "minutes": "60"}
    ref = add_meeting(busy, build_meeting_draft(values, TODAY)).ref
    for title in ("One", "Two", "Three"):
        add_item(busy, ref, build_agenda_draft({"title": title, "presenter": "AHTC"}))
    for line in ("n: said", "d: decided", "a: do it @ahtc due 2w"):
        make_line(busy, ref, line, 1)
    write_hostile_text(busy)
    return busy


async def return_to_list(desk: Hands) -> None:
    """Close all open screens by keys."""
    before = ""
    for _step in range(12):
        before = desk.text
        await desk.press_keys("y" if "Leave without saving" in before else "escape")
        if len(desk.app.screen_stack) == 1 and desk.text == before:
            return
    raise AssertionError(f"There is no way out of {desk.screen}: {desk.text}")


@pytest.mark.long
async def test_every_screen_shows_hostile_text_literally(hostile_office: Workspace, narrow: OpenDesk) -> None:
    async with narrow(hostile_office) as desk:
        for seed, (room, keys) in enumerate(KEYS_TO_SCREEN.items()):
            await desk.press_keys(*keys)
            check_harmless(desk)
            for key in ("down", *random_keys(seed, KEYS_PER_ROOM)):
                await desk.press_keys(key)
                assert not desk.app.crash_message, (room, key)
            check_harmless(desk)
            await return_to_list(desk)
