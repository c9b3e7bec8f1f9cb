"""A meeting as the note-taker lives it: typing, marking who is there, closing."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import Select

from ahtc_tui.domain.drafts.meetings import meeting_draft
from ahtc_tui.domain.drafts.minutes import agenda_draft
from ahtc_tui.domain.meetings.model import MeetingState, Presence
from ahtc_tui.services import doctor
from ahtc_tui.services.actions import service as actions
from ahtc_tui.services.meetings import service as meetings
from ahtc_tui.services.minutes import lifecycle, live_minutes
from ahtc_tui.services.minutes import service as minutes
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.tui.minutes.screen import MinutesScreen
from ahtc_tui.tui.shell.app import AhtcApp
from tests.journeys.hands import Hands
from tests.tui.conftest import Sitting


@pytest.fixture
def office(wales: Workspace) -> Workspace:
    """A Leadership Group today with three items, and the next one in March."""
    today = meeting_draft({"group": "LG", "starts": "2013-12-31 10:00", "minutes": "60"}, wales.today())
    ref = meetings.add_meeting(wales, today).ref
    meetings.add_meeting(wales, meeting_draft({"group": "LG", "starts": "2014-03-11 10:00"}, wales.today()))
    for title, length in (("Welcome", 5), ("Training", 15), ("Data sets", 20)):
        minutes.add_item(wales, ref, agenda_draft({"title": title, "minutes": length}))
    return wales


async def settle(pilot: Pilot[int]) -> None:
    await Hands(pilot).rest()


def text_of(app: AhtcApp) -> str:
    return "\n".join(line.text for line in app.screen._compositor.render_strips())


async def until(pilot: Pilot[int], stands: Callable[[], bool]) -> None:
    for _round in range(200):
        await pilot.pause(0.01)
        if stands():
            return
    raise AssertionError(text_of(pilot.app))  # type: ignore[arg-type]


async def type_line(pilot: Pilot[int], text: str) -> None:
    """Type a line and enter it."""
    desk = Hands(pilot)
    await desk.type(text)
    await desk.press("enter")


async def test_a_meeting_is_typed_marked_and_closed_without_a_mouse(office: Workspace) -> None:
    app = AhtcApp(office)
    async with app.run_test(size=(120, 30)) as pilot:
        app.take_minutes("LG-2013-01")
        await settle(pilot)
        await pilot.press("alt+down")
        await type_line(pilot, "two held")
        await type_line(pilot, "d: adopted")
        await type_line(pilot, "a: agree dates @jef due end jan")
        await pilot.press("ctrl+t")
        await settle(pilot)
        card = meetings.show_meeting(office, "LG-2013-01")
        assert [(line.item, line.kind) for line in card.lines] == [(2, "note"), (2, "decision"), (2, "note")]
        await pilot.press("ctrl+z")
        await settle(pilot)
        row = actions.show_action(office, "LG-2013-01/01").row
        assert (row.title, row.lead) == ("agree dates", "Jeff Farrar")
        await pilot.press("ctrl+a", "p", "r", "q")
        await settle(pilot)
        states = [row.state for row in meetings.show_meeting(office, "LG-2013-01").attendance]
        assert states == [Presence.PRESENT] * 3
        await pilot.press("ctrl+k")
        await pilot.pause()
        await pilot.press("enter")
        await until(pilot, lambda: "Write the files" in text_of(app))
        await pilot.press("n")
        await settle(pilot)
    assert meetings.show_meeting(office, "LG-2013-01").row.state is MeetingState.HELD
    carried = [item.title for item in meetings.show_meeting(office, "LG-2014-01").agenda]
    assert carried == ["Welcome", "Training", "Data sets"]
    assert doctor.faults(office) == []


async def test_what_will_be_stored_is_said_while_it_is_typed(office: Workspace) -> None:
    app = AhtcApp(office)
    async with app.run_test(size=(120, 30)) as pilot:
        app.take_minutes("LG-2013-01")
        await settle(pilot)
        await Hands(pilot).type("a: share @st due end jan")
        assert isinstance(app.screen, MinutesScreen)
        said = str(app.screen.entry.meaning.content)
        assert "@st → Stephen Chapman (AHTC)" in said
        assert "Friday 31 January 2014" in said
        await pilot.press("enter")
        await settle(pilot)
    assert actions.show_action(office, "LG-2013-01/01").row.lead_ref == "ahtc"


async def test_words_that_were_not_entered_come_back(office: Workspace) -> None:
    live_minutes.keep_unfinished(office, "LG-2013-01", "a: half a th")
    app = AhtcApp(office)
    async with app.run_test(size=(80, 24)) as pilot:
        app.take_minutes("LG-2013-01")
        await settle(pilot)
        assert isinstance(app.screen, MinutesScreen)
        assert app.screen.entry.text == "a: half a th"
        await pilot.press("x")
        await settle(pilot)
        assert live_minutes.unfinished(office, "LG-2013-01") == "a: half a thx"


async def test_no_letter_is_lost_that_is_typed_while_the_meeting_is_read(
    office: Workspace, narrow: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    unfinished, asked, go_on = live_minutes.unfinished, threading.Event(), threading.Event()

    def slowly(*given: Any) -> Any:
        asked.set()
        assert go_on.wait(10)
        return unfinished(*given)

    monkeypatch.setattr(live_minutes, "unfinished", slowly)
    async with narrow(office) as desk:
        await desk.press("4")
        await desk.pilot.press("m")
        await asyncio.to_thread(asked.wait, 10)
        for letter in "half":
            desk.app.post_message(events.Key(letter, letter))
        go_on.set()
        await desk.rest()
        await until(desk.pilot, lambda: desk.screen.entry.text == "half")


async def test_words_typed_without_a_pause_are_on_disk_all_the_same(
    office: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[asyncio.Event] = []

    async def until_told(_seconds: float) -> None:
        waits.append(asyncio.Event())
        await waits[-1].wait()

    monkeypatch.setattr("ahtc_tui.tui.minutes.screen.asyncio", SimpleNamespace(sleep=until_told))
    app = AhtcApp(office)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.take_minutes("LG-2013-01")
        await pilot.pause()
        await pilot.press(*"one")
        waits[0].set()
        await pilot.press(*"two")
        await pilot.pause()
        kept = live_minutes.unfinished(office, "LG-2013-01")
        for wait in waits:
            wait.set()
        await settle(pilot)
    assert kept
    assert "onetwo".startswith(kept)
    assert len(waits) == 2, "a key does not begin the wait anew"


async def test_the_next_line_is_typed_while_the_last_goes_to_disk(
    office: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_line, at_work, go_on = minutes.add_line, threading.Event(), threading.Event()

    def slowly(*given: Any) -> Any:
        at_work.set()
        assert go_on.wait(10)
        return add_line(*given)

    monkeypatch.setattr(minutes, "add_line", slowly)
    app = AhtcApp(office)
    async with app.run_test(size=(80, 24)) as pilot:
        app.take_minutes("LG-2013-01")
        await settle(pilot)
        await pilot.press(*"first", "enter")
        await asyncio.to_thread(at_work.wait, 10)
        await pilot.press(*"second", "enter", "enter", *"a:")
        go_on.set()
        await settle(pilot)
        assert [line.text for line in meetings.show_meeting(office, "LG-2013-01").lines] == ["first", "second"]
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, MinutesScreen)
        assert app.screen.entry.text == "a:", "what is refused comes back"


async def test_what_is_typed_and_left_at_once_comes_back(office: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ahtc_tui.tui.minutes.screen.KEEP_EVERY", 3600)
    app = AhtcApp(office)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.take_minutes("LG-2013-01")
        await settle(pilot)
        await pilot.press(*"half", "escape")
        await settle(pilot)
        assert not isinstance(app.screen, MinutesScreen)
    assert live_minutes.unfinished(office, "LG-2013-01") == "half"


async def test_a_line_is_edited_moved_and_removed(office: Workspace) -> None:
    for text in ("n: first", "a: second @jeff"):
        minutes.add_line(office, "LG-2013-01", text, 1)
    app = AhtcApp(office)
    async with app.run_test(size=(120, 30)) as pilot:
        app.take_minutes("LG-2013-01")
        await settle(pilot)
        await pilot.press("f2", "exclamation_mark", "enter")
        await settle(pilot)
        assert actions.show_action(office, "LG-2013-01/01").row.title == "second!"
        await pilot.press("shift+up")
        await settle(pilot)
        assert [line.text for line in meetings.show_meeting(office, "LG-2013-01").lines] == ["second!", "first"]
        await pilot.press("f8")
        await settle(pilot)
        assert len(meetings.show_meeting(office, "LG-2013-01").lines) == 1


@pytest.mark.parametrize(
    ("hour", "minute", "said"), [(10, 4, "10:04"), (10, 12, "10:12, 7 min over"), (16, 0, "16:00")]
)
async def test_the_head_says_the_time_and_by_how_much_the_item_is_late(
    office: Workspace, monkeypatch: pytest.MonkeyPatch, hour: int, minute: int, said: str
) -> None:
    now = time.struct_time((2013, 12, 31, hour, minute, 0, 1, 365, 0))
    clock = SimpleNamespace(localtime=lambda: now, strftime=time.strftime)
    monkeypatch.setattr("ahtc_tui.tui.minutes.view.time", clock)
    minutes.add_line(office, "LG-2013-01", "a: a line that is longer than the list is wide, so that it is cut @jeff", 1)
    app = AhtcApp(office)
    async with app.run_test(size=(80, 24)) as pilot:
        app.take_minutes("LG-2013-01")
        await settle(pilot)
        assert f"Tue 31 Dec 10:00  item 1 of 3  {said}" in text_of(app)
        assert ("min over" in text_of(app)) == ("min over" in said)
        assert "LG-2013-01/01   Jeff Farrar · no date" in text_of(app)
        assert text_of(app).count("a line that is longer") == 2, "cut in the list, whole under it"
        await pilot.press("f5")
        await settle(pilot)
        await pilot.press("I")
        await settle(pilot)
        app.screen.query_one("#form-row-language Select", Select).value = "cy"
        app.screen.query_one("#form-row-cut Select", Select).value = "published"
        await pilot.press("ctrl+s")
        await settle(pilot)
    copy = lifecycle.issued(office, "LG-2013-01")[0]
    assert (copy.cut, copy.language) == ("published", "cy")


async def test_a_message_never_covers_what_is_typed(office: Workspace, narrow: Sitting) -> None:
    async with narrow(office) as desk:
        desk.app.take_minutes("LG-2013-01")
        await desk.rest()
        for words in ("one message", "and another"):
            desk.app.notify(words)
        await desk.type("half a thought")
        assert "another" in desk.text
        assert desk.text.splitlines()[-4:-2] == [" half a thought", " note"]
