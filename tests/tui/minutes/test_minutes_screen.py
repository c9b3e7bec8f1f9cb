"""Live minutes: typing lines, attendance and closing."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import Select

from ahtc_tui.domain.actions.filters import ActionFilter
from ahtc_tui.domain.drafts.meetings import build_meeting_draft
from ahtc_tui.domain.drafts.minutes import build_agenda_draft
from ahtc_tui.domain.i18n import Language, use_language
from ahtc_tui.domain.meetings.kinds import MeetingState, Presence
from ahtc_tui.domain.minutes.model import UnfinishedLine
from ahtc_tui.services import doctor
from ahtc_tui.services.actions import service as actions
from ahtc_tui.services.meetings import service as meetings
from ahtc_tui.services.meetings.agenda import add_item, list_forward_items
from ahtc_tui.services.minutes import carry_forward, lifecycle, live_minutes
from ahtc_tui.services.minutes import service as minutes
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.tui.minutes.screen import MinutesScreen
from ahtc_tui.tui.shell.app import AhtcApp
from ahtc_tui.tui.widgets.overwrite_question import OverwriteQuestion
from ahtc_tui.tui.widgets.record_list import RecordList
from tests.builders import TODAY, make_line
from tests.journeys.hands import Hands, open_desk, read_rows
from tests.tui.conftest import OpenDesk


@pytest.fixture
def office(wales: Workspace) -> Workspace:
    """A Leadership Group meeting today with three items, and the next one in March."""
    today = build_meeting_draft({"group": "LG", "starts": "2013-12-31 10:00", "minutes": "60"}, wales.today())
    ref = meetings.add_meeting(wales, today).ref
    meetings.add_meeting(wales, build_meeting_draft({"group": "LG", "starts": "2014-03-11 10:00"}, wales.today()))
    for title, length in (("Welcome", 5), ("Training", 15), ("Data sets", 20)):
        add_item(wales, ref, build_agenda_draft({"title": title, "minutes": length}))
    return wales


async def wait_until_idle(pilot: Pilot[int]) -> None:
    await Hands(pilot).wait_until_idle()


def read_screen(app: AhtcApp) -> str:
    return "\n".join(line.text for line in app.screen._compositor.render_strips())


async def wait_until(pilot: Pilot[int], is_true: Callable[[], bool]) -> None:
    for _round in range(200):
        await pilot.pause(0.01)
        if is_true():
            return
    raise AssertionError(read_screen(pilot.app))  # type: ignore[arg-type]


async def type_line(pilot: Pilot[int], text: str) -> None:
    """Type a line and press enter."""
    desk = Hands(pilot)
    await desk.type_text(text)
    await desk.press_keys("enter")


@pytest.mark.long
async def test_meeting_is_minuted_and_closed_by_keyboard(office: Workspace) -> None:
    app = AhtcApp(office)
    async with app.run_test(size=(120, 30)) as pilot:
        app.open_minutes("LG-2013-01")
        await wait_until_idle(pilot)
        await pilot.press("alt+down")
        await type_line(pilot, "two held")
        await type_line(pilot, "d: adopted")
        await type_line(pilot, "a: agree dates @jef due end jan")
        await pilot.press("ctrl+t")
        await wait_until_idle(pilot)
        card = meetings.show_meeting(office, "LG-2013-01")
        assert [(line.item, line.kind) for line in card.lines] == [(2, "note"), (2, "decision"), (2, "note")]
        await pilot.press("ctrl+z")
        await wait_until_idle(pilot)
        row = actions.show_action(office, "LG-2013-01/01").row
        assert (row.title, row.lead) == ("agree dates", "Jeff Farrar")
        await pilot.press("ctrl+a", "1", ".", "r", "q")
        await wait_until_idle(pilot)
        states = [row.state for row in meetings.show_meeting(office, "LG-2013-01").attendance]
        assert states == [Presence.PRESENT] * 3
        await pilot.press("f2", "k")
        await pilot.pause()
        await pilot.press("enter")
        await wait_until(pilot, lambda: "Which objectives do the actions serve?" in read_screen(app))
        await pilot.press("escape")
        await wait_until(pilot, lambda: "Export the files" in read_screen(app))
        await pilot.press("n")
        await wait_until_idle(pilot)
    assert meetings.show_meeting(office, "LG-2013-01").row.state is MeetingState.HELD
    carried = [item.title for item in meetings.show_meeting(office, "LG-2014-01").agenda]
    assert carried == ["Welcome", "Training", "Data sets"]
    assert doctor.find_faults(office) == []


async def test_closing_asks_about_an_item_that_was_carried_twice_before(wales: Workspace) -> None:
    days = ("2013-12-02", "2013-12-03", "2013-12-04", "2013-12-05")
    drafts = [build_meeting_draft({"group": "leadership-group", "starts": f"{day} 10:00"}, TODAY) for day in days]
    refs = [meetings.add_meeting(wales, draft).ref for draft in drafts]
    add_item(wales, refs[0], build_agenda_draft({"title": "Data"}, TODAY))
    for earlier, later in pairwise(refs[:3]):
        carry_forward.carry_items(wales, earlier, later)
    app = AhtcApp(wales)
    async with app.run_test(size=(80, 24)) as pilot:
        app.open_minutes(refs[2])
        await wait_until_idle(pilot)
        await pilot.press("f2", "k")
        await pilot.pause()
        await pilot.press("enter")
        await wait_until(pilot, lambda: f"These items were carried to {refs[3]} again" in read_screen(app))
        await pilot.press("m", "ctrl+s")
        await wait_until(pilot, lambda: "Export the files" in read_screen(app))
        await pilot.press("n")
        await wait_until_idle(pilot)
    assert meetings.show_meeting(wales, refs[3]).agenda == ()
    assert [row.title for row in list_forward_items(wales, "leadership-group")] == ["Data"]


async def test_meaning_is_shown_while_typing(office: Workspace) -> None:
    app = AhtcApp(office)
    async with app.run_test(size=(120, 30)) as pilot:
        app.open_minutes("LG-2013-01")
        await wait_until_idle(pilot)
        await Hands(pilot).type_text("a: share @st due end jan")
        assert isinstance(app.screen, MinutesScreen)
        meaning = str(app.screen.entry.meaning.content)
        assert "@st → Stephen Chapman (AHTC)" in meaning
        assert "due Fri 31 January 2014" in meaning
        await pilot.press("enter")
        await wait_until_idle(pilot)
    assert actions.show_action(office, "LG-2013-01/01").row.lead_ref == "ahtc"


async def test_unfinished_text_is_restored(office: Workspace) -> None:
    live_minutes.save_unfinished_line(office, "LG-2013-01", UnfinishedLine("a: half a th"))
    app = AhtcApp(office)
    async with app.run_test(size=(80, 24)) as pilot:
        app.open_minutes("LG-2013-01")
        await wait_until_idle(pilot)
        assert isinstance(app.screen, MinutesScreen)
        assert app.screen.entry.text == "a: half a th"
        await pilot.press("x")
        await wait_until_idle(pilot)
        assert live_minutes.read_unfinished_line(office, "LG-2013-01").text == "a: half a thx"


@pytest.mark.long
async def test_keys_typed_while_loading_are_not_lost(
    office: Workspace, narrow: OpenDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    unfinished, is_reading, may_continue = live_minutes.read_unfinished_line, threading.Event(), threading.Event()

    def read_slowly(*args: Any) -> Any:
        is_reading.set()
        assert may_continue.wait(10)
        return unfinished(*args)

    monkeypatch.setattr(live_minutes, "read_unfinished_line", read_slowly)
    async with narrow(office) as desk:
        await desk.press_keys("4")
        await desk.pilot.press("m")
        await asyncio.to_thread(is_reading.wait, 10)
        for letter in "half":
            desk.app.post_message(events.Key(letter, letter))
        may_continue.set()
        await desk.wait_until_idle()
        await wait_until(desk.pilot, lambda: desk.screen.entry.text == "half")


@pytest.mark.long
async def test_unfinished_text_is_stored_while_typing_continues(
    office: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[asyncio.Event] = []

    async def sleep_until_set(_seconds: float) -> None:
        waits.append(asyncio.Event())
        await waits[-1].wait()

    monkeypatch.setattr("ahtc_tui.tui.minutes.screen.asyncio", SimpleNamespace(sleep=sleep_until_set))
    app = AhtcApp(office)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until_idle(pilot)
        app.open_minutes("LG-2013-01")
        await pilot.pause()
        await pilot.press(*"one")
        waits[0].set()
        await pilot.press(*"two")
        await pilot.pause()
        kept = live_minutes.read_unfinished_line(office, "LG-2013-01").text
        for wait in waits:
            wait.set()
        await wait_until_idle(pilot)
    assert kept
    assert "onetwo".startswith(kept)
    assert len(waits) == 2, "further keys do not restart the delay"


@pytest.mark.long
async def test_next_line_can_be_typed_while_previous_is_stored(
    office: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_lines, is_storing, may_continue = minutes.add_lines, threading.Event(), threading.Event()

    def add_slowly(*args: Any) -> Any:
        is_storing.set()
        assert may_continue.wait(10)
        return add_lines(*args)

    monkeypatch.setattr(minutes, "add_lines", add_slowly)
    app = AhtcApp(office)
    async with app.run_test(size=(80, 24)) as pilot:
        app.open_minutes("LG-2013-01")
        await wait_until_idle(pilot)
        await pilot.press(*"first", "enter")
        assert await asyncio.to_thread(is_storing.wait, 10)
        await pilot.press(*"second", "enter", "enter", *"a:")
        may_continue.set()
        await wait_until_idle(pilot)
        assert [line.text for line in meetings.show_meeting(office, "LG-2013-01").lines] == ["first", "second"]
        await pilot.press("enter")
        await wait_until_idle(pilot)
        assert isinstance(app.screen, MinutesScreen)
        assert app.screen.entry.text == "a:", "a rejected line is put back"


@pytest.mark.long
async def test_text_is_restored_after_leaving_at_once(office: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ahtc_tui.tui.minutes.screen.KEEP_SECONDS", 3600)
    app = AhtcApp(office)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until_idle(pilot)
        app.open_minutes("LG-2013-01")
        await wait_until_idle(pilot)
        await pilot.press(*"half", "escape")
        await wait_until_idle(pilot)
        assert not isinstance(app.screen, MinutesScreen)
    assert live_minutes.read_unfinished_line(office, "LG-2013-01").text == "half"


async def test_line_is_edited_moved_and_removed(office: Workspace) -> None:
    for text in ("n: first", "a: second @jeff"):
        make_line(office, "LG-2013-01", text, 1)
    app = AhtcApp(office)
    async with app.run_test(size=(120, 30)) as pilot:
        app.open_minutes("LG-2013-01")
        await wait_until_idle(pilot)
        await pilot.press("f2", "e", "exclamation_mark", "enter")
        await wait_until_idle(pilot)
        assert actions.show_action(office, "LG-2013-01/01").row.title == "second!"
        await pilot.press("shift+up")
        await wait_until_idle(pilot)
        assert [line.text for line in meetings.show_meeting(office, "LG-2013-01").lines] == ["second!", "first"]
        await pilot.press("f2", "delete")
        await wait_until_idle(pilot)
        assert len(meetings.show_meeting(office, "LG-2013-01").lines) == 1


@pytest.mark.long
@pytest.mark.parametrize(
    ("hour", "minute", "expected"), [(10, 4, "10:04am"), (10, 12, "10:12am, 7 min over"), (16, 0, "4pm")]
)
async def test_head_shows_time_and_overrun(
    office: Workspace, monkeypatch: pytest.MonkeyPatch, hour: int, minute: int, expected: str
) -> None:
    now = time.struct_time((2013, 12, 31, hour, minute, 0, 1, 365, 0))
    clock = SimpleNamespace(localtime=lambda: now)
    monkeypatch.setattr("ahtc_tui.tui.minutes.view.time", clock)
    make_line(office, "LG-2013-01", "a: write to all @jeff", 1)
    app = AhtcApp(office)
    async with app.run_test(size=(80, 24)) as pilot:
        app.open_minutes("LG-2013-01")
        await wait_until_idle(pilot)
        assert f"Tue 31 Dec 10am   item 1 of 3   {expected}" in read_screen(app)
        assert ("min over" in read_screen(app)) == ("min over" in expected)
        assert "Jeff Farrar · no date" in read_screen(app)
        await pilot.press("f2", "s")
        await wait_until_idle(pilot)
        await pilot.press(".", "I")
        await wait_until_idle(pilot)
        app.screen.query_one("#form-row-language Select", Select).value = "cy"
        app.screen.query_one("#form-row-cut Select", Select).value = "chair"
        await pilot.press("ctrl+s")
        await wait_until_idle(pilot)
    copy = lifecycle.list_issues(office, "LG-2013-01")[0]
    assert (copy.cut, copy.language) == ("chair", "cy")


async def test_a_message_names_the_undo_key_that_works_while_a_line_is_typed(
    office: Workspace, narrow: OpenDesk
) -> None:
    ref = next(row.ref for row in meetings.next_meetings(office))
    async with narrow(office) as desk:
        desk.app.announce_write("saved")
        await desk.wait_until_idle()
        assert desk.toasts[-1].endswith("   press u to undo")
        await desk.app.push_screen(MinutesScreen(ref))
        await desk.wait_until_idle()
        desk.app.announce_write("saved")
        await desk.wait_until_idle()
        assert desk.toasts[-1].endswith("   press ctrl+z to undo")


async def test_toasts_do_not_cover_the_input(office: Workspace, narrow: OpenDesk) -> None:
    async with narrow(office) as desk:
        desk.app.open_minutes("LG-2013-01")
        await desk.wait_until_idle()
        for words in ("one message", "and another"):
            desk.app.notify(words)
        await desk.type_text("half a thought")
        assert "another" in desk.text
        assert [line.strip(" ▏▕") for line in desk.text.splitlines()[-4:-2]] == ["half a thought", "note"]


@pytest.mark.long
@pytest.mark.parametrize(
    ("key", "text", "shown"),
    [("2", "theirs", ""), ("1", "two held in Newport", ""), ("escape", "theirs", "two held in Newport")],
)
async def test_a_line_that_somebody_else_edited_is_a_question(
    office: Workspace, wide: OpenDesk, key: str, text: str, shown: str
) -> None:
    line = make_line(office, "LG-2013-01", "two held", 2)
    async with wide(office) as desk:
        desk.app.open_minutes("LG-2013-01")
        await desk.wait_until_idle()
        await desk.press_keys("alt+down", "f2", "e")
        await desk.type_text(" in Newport")
        minutes.edit_line(office, "LG-2013-01", line.key, "theirs")
        minutes_screen = desk.screen
        await desk.press_keys("enter")
        assert isinstance(desk.screen, OverwriteQuestion)
        assert "root at" in desk.text
        await desk.press_keys(key)
        assert minutes_screen.entry.text == shown
    assert [row.text for row in meetings.show_meeting(office, "LG-2013-01").lines] == [text]


@pytest.mark.sample(2)
@pytest.mark.parametrize("ref", ["LG-2013-01", "services-review-report"])
async def test_escape_leaves_while_a_list_has_the_focus(office: Workspace, narrow: OpenDesk, ref: str) -> None:
    async with narrow(office) as desk:
        desk.app.open_minutes(ref)
        await desk.wait_until_idle()
        await desk.press_keys("tab")
        assert isinstance(desk.app.focused, RecordList)
        await desk.press_keys("escape")
        assert not isinstance(desk.screen, MinutesScreen)


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (200, 60)], ids=lambda size: f"{size[0]}")
async def test_lead_and_due_date_of_an_action_stand_at_its_line(office: Workspace, size: tuple[int, int]) -> None:
    ref = "LG-2013-01"
    make_line(office, ref, "a: agree dates @ahtc due end jan 2014", 1)
    make_line(office, ref, "n: dates discussed", 1)
    async with open_desk(office, size) as desk:
        desk.app.open_minutes(ref)
        await desk.wait_until_idle()
        row = next(row for row in read_rows(desk.screen.lines) if "agree dates" in row)
        assert "Anti Human Trafficking Co-ordinator · by 31 January 2014 LG-2013-01/01" in " ".join(row.split())


async def test_the_owner_in_welsh_minutes_has_a_welsh_name(office: Workspace) -> None:
    make_line(office, "LG-2013-01", "a: agree dates @home-office due end jan 2014", 1)
    with use_language(Language.CY):
        async with open_desk(office, (200, 60)) as desk:
            desk.app.open_minutes("LG-2013-01")
            await desk.wait_until_idle()
            assert "Y Swyddfa Gartref · erbyn 31 Ionawr 2014" in desk.text


async def test_the_owner_in_an_action_with_a_label_is_proposed_and_never_taken_silently(
    office: Workspace, narrow: OpenDesk
) -> None:
    async with narrow(office) as desk:
        await desk.press_keys("4", "m")
        assert isinstance(desk.screen, MinutesScreen)
        await desk.type_text("Action: Bawso to send the figures by 14 feb 2014")
        assert "ctrl+t: action, Bawso, due Fri 14 February 2014 enter: without lead" in " ".join(desk.text.split())
        await desk.press_keys("ctrl+t", "enter")
        await desk.type_text("Action: send nothing")
        assert "ctrl+t: action" not in desk.text
        await desk.press_keys("enter")
        rows = {row.title: row.lead_ref for row in actions.list_actions(office, ActionFilter())}
        assert rows["Bawso to send the figures"] == "bawso"
        assert rows["send nothing"] is None


@pytest.mark.parametrize("key", ["ctrl+t", "enter"])
async def test_words_that_read_like_an_action_are_proposed_and_taken_or_declined_by_one_key(
    office: Workspace, narrow: OpenDesk, key: str
) -> None:
    async with narrow(office) as desk:
        await desk.press_keys("4", "m")
        assert isinstance(desk.screen, MinutesScreen)
        await desk.type_text("Bawso to send the figures by 14 feb 2014")
        assert "ctrl+t: action, Bawso, due Fri 14 February 2014 enter: note" in " ".join(desk.text.split())
        await desk.press_keys(key)
        if key == "ctrl+t":
            assert desk.screen.entry.text == "a: Bawso to send the figures by 14 feb 2014 @bawso"
            await desk.press_keys("enter")
            (action,) = [row for row in actions.list_actions(office, ActionFilter()) if "send the figures" in row.title]
            assert (action.lead_ref, str(action.due)) == ("bawso", "14 February 2014")
        else:
            assert "Bawso to send the figures by 14 feb 2014" in desk.text
            assert not [row for row in actions.list_actions(office, ActionFilter()) if "send the figures" in row.title]


async def test_a_lead_whom_nobody_knows_is_added_where_it_is_typed(office: Workspace, narrow: OpenDesk) -> None:
    async with narrow(office) as desk:
        await desk.press_keys("4", "m")
        await desk.type_text("ACTION: Ann Example to send the pack by 14 feb 2014")
        assert "ctrl+t: add Ann Example as the lead enter: without lead" in " ".join(desk.text.split())
        await desk.press_keys("ctrl+t")
        assert "Ann Example added" in desk.toasts[-1]
        await desk.press_keys("enter")
    rows = {row.title: row.lead_ref for row in actions.list_actions(office, ActionFilter())}
    assert rows["Ann Example to send the pack"] == "ann-example"
