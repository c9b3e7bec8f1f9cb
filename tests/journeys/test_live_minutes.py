"""Live minutes in a real terminal, also when the process is killed: AHTC_KILLS is the number of rounds (2)."""

from __future__ import annotations

import os
import random
import re
import signal
import time

import pytest

from ahtc_tui.domain.drafts.meetings import build_meeting_draft
from ahtc_tui.domain.drafts.minutes import build_agenda_draft
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.meetings.kinds import LineKind, Presence
from ahtc_tui.services.doctor import find_faults
from ahtc_tui.services.meetings import service as meetings
from ahtc_tui.services.meetings.agenda import add_item
from ahtc_tui.services.minutes import live_minutes
from ahtc_tui.services.workspace import Workspace
from tests.builders import make_line
from tests.journeys.conftest import Wording
from tests.journeys.test_terminal import ENTER, TAB, Terminal, open_terminal

pytestmark = pytest.mark.terminal

REF = "LG-2013-01"
TOPICS = ("Gwent", "Dyfed", "Powys", "training", "data", "housing", "ports", "law", "web")


def compose_lines(wording: Wording = lambda english, _welsh: english) -> list[str]:
    """Return nine notes, three decisions and twelve actions as they are typed."""
    decision, action = wording("d", "p"), wording("a", "c")
    due = wording("due end jan", "erbyn diwedd Ion")
    return [
        *(
            f"{word} was reported"
            for word in ["Gwent", "Dyfed", "Powys", "training", "data", "housing", "ports", "law", "web"]
        ),
        *(f"{decision}: {word} is adopted" for word in ("the course", "the card", "the map")),
        *(f"{action}: write to place {number} @jef {due}" for number in range(12)),
    ]


PROSE = compose_lines()
EXTRA_KEYS = len("a: ") + len("@") + len(ENTER)
"""Keys of an action without its text, the letters of its owner and its date."""

LATE_KEYS = len("\x01" + "w" + "\x13" + "\x13" + "q")
"""Keys of a late walk-in without the name: attendance, walk-in, save twice, back."""


@pytest.fixture
def office(wales: Workspace) -> Workspace:
    """A workspace with a Leadership Group today and three agenda items."""
    meetings.add_meeting(wales, build_meeting_draft({"group": "LG", "starts": "2013-12-31 10:00"}, wales.today()))
    for title in ("Welcome", "Training", "Data sets"):
        add_item(wales, REF, build_agenda_draft({"title": title}))
    return wales


def open_minutes(desk: Terminal) -> None:
    desk.press_keys("4")
    desk.wait_for("10am")
    desk.press_keys("m")
    desk.wait_for("Data sets")
    wait_for_input(desk)


def wait_for_input(desk: Terminal) -> None:
    """Wait for the hint of the empty input."""
    desk.wait_for(find_hint())


def find_hint() -> str:
    """The beginning of the hint of the empty input, in the language of the journey."""
    return _("type, press enter   n: note   d: decision   a: action @lead due end nov").partition("   ")[0]


def strip_marks(typed: str) -> str:
    return re.sub("^[acdp]: ", "", typed).partition(" @")[0]


def type_line(desk: Terminal, typed: str) -> None:
    """Type a line and wait until it is in the list and the input is empty."""
    desk.press_keys(*typed, ENTER)
    end = time.monotonic() + 20
    while not (find_hint() in desk.text and strip_marks(typed) in desk.text):
        assert time.monotonic() < end, desk.text
        desk.read_output(0.05)


def add_walk_in(desk: Terminal, wording: Wording) -> None:
    """Add a late attendee who is not in the register: five keys and a name."""
    desk.press_keys("\x01")
    desk.wait_for(wording("not marked", "heb farc"))
    desk.press_keys("n")
    desk.wait_for(_("Add an uninvited person"))
    desk.press_keys(*"Nia Wyn", "\x13")
    desk.wait_for(wording("Save again", "Cadwch eto"))
    desk.press_keys("\x13")
    desk.wait_for(wording("present 1", "yn bresennol 1"))
    desk.press_keys("q")
    wait_for_input(desk)


def add_late_attendee(desk: Terminal, wording: Wording) -> None:
    """Add a late attendee of the register for the last items."""
    desk.press_keys("\x01")
    desk.wait_for(wording("not marked", "heb farc"))
    desk.press_keys("n")
    desk.wait_for(_("Add an uninvited person"))
    desk.press_keys(*"jef")
    desk.wait_for("Jeff Farrar")
    desk.press_keys(ENTER, *TAB * 4, *"2-3", "\x13")
    desk.wait_for(wording("present 2", "yn bresennol 2"))
    desk.press_keys("q")
    wait_for_input(desk)


@pytest.mark.long
def test_a_meeting_is_typed_with_two_late_attendees(
    office: Workspace, wording: Wording, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AHTC_LANG", wording("en", "cy"))
    with open_terminal(office) as desk:
        open_minutes(desk)
        for number, typed in enumerate(compose_lines(wording)):
            type_line(desk, typed)
            if number in (5, 12):
                (add_walk_in if number == 5 else add_late_attendee)(desk, wording)
    card = meetings.show_meeting(office, REF)
    attendance = {row.name: (row.state, row.items) for row in card.attendance}
    assert attendance == {"Nia Wyn": (Presence.PRESENT, None), "Jeff Farrar": (Presence.PART, "2-3")}
    assert LATE_KEYS <= 5
    kinds = [line.kind for line in card.lines]
    assert [kinds.count(kind) for kind in (LineKind.NOTE, LineKind.DECISION, LineKind.ACTION)] == [9, 3, 12]
    assert EXTRA_KEYS <= 6
    assert len(card.actions) == 12


def wait_until_kept(office: Workspace, text: str) -> None:
    """Wait until the line that is being typed is in the database."""
    end = time.monotonic() + 20
    while live_minutes.read_unfinished_line(office, REF).text != text:
        assert time.monotonic() < end, live_minutes.read_unfinished_line(office, REF)
        time.sleep(0.05)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(int(os.environ.get("AHTC_KILLS", "2"))))
def test_no_acknowledged_line_is_lost_on_a_crash(office: Workspace, seed: int) -> None:
    generator = random.Random(seed)
    lines = generator.sample(PROSE, 4)
    with open_terminal(office) as desk:
        open_minutes(desk)
        for typed in lines[:3]:
            type_line(desk, typed)
        split = generator.randint(1, len(lines[3]))
        desk.press_keys(*lines[3][:split])
        paused = generator.random() < 0.5
        if paused:
            wait_until_kept(office, lines[3][:split])
        else:
            time.sleep(generator.random() * 0.8)
            desk.child.send(lines[3][split:] + ENTER)
            time.sleep(generator.random() * 0.1)
        os.kill(desk.child.pid, signal.SIGKILL)
        desk.child.wait()
    stored_lines = [line.text for line in meetings.show_meeting(office, REF).lines]
    assert stored_lines[:3] == [strip_marks(typed) for typed in lines[:3]]
    assert set(stored_lines[3:]) <= {strip_marks(lines[3])}
    assert find_faults(office) == []


ALT_DOWN, F2, CTRL_Q = "\x1b[1;3B", "\x1bOQ", "\x11"
PASTE = "\x1b[200~{}\x1b[201~"


@pytest.mark.long
def test_an_edit_comes_back_to_its_line_after_a_kill(office: Workspace) -> None:
    for number in range(1, 4):
        make_line(office, REF, f"n: line {number}", 3)
    with open_terminal(office) as desk:
        open_minutes(desk)
        desk.press_keys(ALT_DOWN, ALT_DOWN)
        desk.wait_for("item 3 of 3")
        desk.press_keys(F2)
        desk.wait_for("Edit the line")
        desk.press_keys("e")
        desk.wait_for("edit of 3.3")
        desk.press_keys(*" and more")
        wait_until_kept(office, "line 3 and more")
        os.kill(desk.child.pid, signal.SIGKILL)
        desk.child.wait()
    with open_terminal(office) as desk:
        desk.press_keys("4")
        desk.wait_for("to come")
        desk.press_keys("m")
        desk.wait_for("edit of 3.3")
        assert "item 3 of 3" in desk.text
        desk.press_keys(ENTER)
        desk.wait_for("saved")
    assert [line.text for line in meetings.show_meeting(office, REF).lines] == ["line 1", "line 2", "line 3 and more"]
    assert find_faults(office) == []


@pytest.mark.long
def test_a_half_typed_line_is_kept_when_the_app_is_quit_at_once(office: Workspace) -> None:
    with open_terminal(office) as desk:
        open_minutes(desk)
        desk.child.send("a: half a thought" + CTRL_Q)
        assert desk.wait_for_exit() == 0
    assert live_minutes.read_unfinished_line(office, REF).text == "a: half a thought"


@pytest.mark.long
def test_lines_pasted_into_the_terminal_are_a_line_each(office: Workspace) -> None:
    with open_terminal(office) as desk:
        open_minutes(desk)
        desk.child.send(PASTE.format("d: the map is adopted\ra: write to place 1 @jeff\rheard"))
        desk.wait_for("3 lines added")
    lines = meetings.show_meeting(office, REF).lines
    assert [(line.kind, line.text) for line in lines] == [
        (LineKind.DECISION, "the map is adopted"),
        (LineKind.ACTION, "write to place 1"),
        (LineKind.NOTE, "heard"),
    ]
