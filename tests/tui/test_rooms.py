"""Every room behind a list shows hostile words as letters, and stands whatever keys are pressed in it."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress

import pytest
from textual import pilot

from ahtc_tui.domain.drafts.meetings import meeting_draft
from ahtc_tui.domain.drafts.minutes import agenda_draft
from ahtc_tui.services.meetings.agenda import add_item
from ahtc_tui.services.meetings.service import add_meeting
from ahtc_tui.services.minutes.service import add_line
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY
from tests.journeys.hands import Hands
from tests.journeys.monkey import ROOMS, pressed
from tests.tui.conftest import Sitting
from tests.tui.test_hostile import TITLES, at_rest, harmless

KEYS_A_ROOM = 2
SHORT = [title[:200] for title in TITLES]
WORDS = "name name_cy short title title_cy text text_cy note reason purpose venue link detail evidence caveat section"
OPEN_WORDS = {*WORDS.split(), "org_class", "basis", "response", "words", "subject", "withheld_because", "brag_reason"}


def written_into_every_word(office: Workspace) -> None:
    """Give every field of words of every record a hostile title, as another program might."""
    with closing(sqlite3.connect(office.database.path, isolation_level=None)) as file:
        file.create_function("hostile", 1, lambda n: SHORT[n % len(SHORT)])
        tables = [name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE sql LIKE '%source_notes%'")]
        for table in tables:
            for column in [row[1] for row in file.execute(f"PRAGMA table_info({table})") if row[1] in OPEN_WORDS]:
                with suppress(sqlite3.IntegrityError):
                    file.execute(f"UPDATE {table} SET {column} = hostile(rowid) WHERE {column} IS NOT NULL")


@pytest.fixture
def held(busy: Workspace, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """An office with a meeting that has an agenda and minutes, and hostile words everywhere."""
    monkeypatch.setattr(pilot, "wait_for_idle", at_rest)
    monkeypatch.chdir(busy.root)
    said = {"group": "leadership-group", "starts": "2014-01-14 10:00", "minutes": "60"}
    ref = add_meeting(busy, meeting_draft(said, TODAY)).ref
    for title in ("One", "Two", "Three"):
        add_item(busy, ref, agenda_draft({"title": title, "presenter": "AHTC"}))
    for line in ("n: said", "d: decided", "a: do it @ahtc due 2w"):
        add_line(busy, ref, line, 1)
    written_into_every_word(busy)
    return busy


async def back_to_a_list(desk: Hands) -> None:
    """Leave whatever is open, as a person does; each room has a way out."""
    before = ""
    for _step in range(12):
        before = desk.text
        await desk.press("y" if "Leave without saving" in before else "escape")
        if len(desk.app.screen_stack) == 1 and desk.text == before:
            return
    raise AssertionError(f"There is no way out of {desk.screen}: {desk.text}")


async def test_every_room_shows_hostile_words_as_letters_and_stands_whatever_is_pressed(
    held: Workspace, narrow: Sitting
) -> None:
    async with narrow(held) as desk:
        for seed, (room, keys) in enumerate(ROOMS.items()):
            await desk.press(*keys)
            harmless(desk)
            for key in ("down", *pressed(seed, KEYS_A_ROOM)):
                await desk.press(key)
                assert not desk.app.broken, (room, key)
            harmless(desk)
            await back_to_a_list(desk)
