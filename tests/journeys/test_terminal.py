"""The program in a real terminal: start, keys, exit, hostile titles, crashes."""

from __future__ import annotations

import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import pexpect
import pyte
import pytest

from ahtc_tui.domain.dates.formatting import format_weekday_date
from ahtc_tui.domain.text.cleaning import capitalise
from ahtc_tui.services.actions.service import show_action
from ahtc_tui.services.doctor import find_faults
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY, make_action
from tests.journeys.monkey import KEYS, encode_key
from tests.tui.test_hostile import TITLES, write_hostile_titles

pytestmark = pytest.mark.terminal

COLUMNS, LINES = 80, 24
ESCAPE_SECONDS = 0.15
"""A key within this time after escape is read as alt and that key."""
COMMAND = ("-m", "ahtc_tui", "--as-at", TODAY.isoformat(), "--workspace")
ESCAPE, ENTER, TAB = "\x1b", "\r", "\t"
ALLOWED = re.compile(
    rb"\x1b\[[0-9;:?<>=]*[A-Za-z]|\x1b\[[0-9;?]*\$p|\x1bP[+=0-9a-z;]*\x1b\\"
    rb"|\x1b\]52;c;[A-Za-z0-9+/=]*\x07|\x1b\]22;[a-z-]*\x07|\x1b\]2;ahtc [^\x1b]* office\x1b\\|[\r\n]"
)
"""Control sequences of Textual: colours, moves, modes, the clipboard as base64, the shape of the pointer,
and the title of the window.
"""


class Terminal:
    """A pseudo-terminal that runs the program."""

    def __init__(self, office: Workspace, program: str = sys.executable, words: Sequence[str] = ()) -> None:
        self.screen = pyte.Screen(COLUMNS, LINES)
        self._stream = pyte.ByteStream(self.screen)
        self.sent = b""
        """All bytes that reached the terminal."""
        size = {"COLUMNS": str(COLUMNS), "LINES": str(LINES)}
        environment = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", **size}
        self.child = pexpect.spawn(
            program,
            list(words) or [*COMMAND, str(office.root)],
            dimensions=(LINES, COLUMNS),
            env=environment,
            timeout=20,
        )
        self.child.delaybeforesend = None

    def read_output(self, seconds: float = 0.0, *, draw: bool = True) -> bool:
        """Read pending output; return False if there is none. Without `draw` the screen is not updated."""
        try:
            data = self.child.read_nonblocking(1 << 16, seconds)
        except (pexpect.TIMEOUT, pexpect.EOF):
            return False
        self.sent += data
        if draw:
            self._stream.feed(data)
        return True

    @property
    def text(self) -> str:
        """The text of the screen."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def wait_for(self, words: str, seconds: float = 20.0) -> None:
        """Read until the words are on the screen."""
        end = time.monotonic() + seconds
        while words not in self.text:
            assert time.monotonic() < end, self.text
            assert self.child.isalive() or self.read_output(), self.text
            self.read_output(0.05)

    def press_keys(self, *keys: str) -> None:
        """Send keys and read the output after each."""
        for key in keys:
            self.child.send(key)
            while self.read_output(ESCAPE_SECONDS if key == ESCAPE else 0):
                pass

    def quit_app(self) -> int | None:
        """Quit and return the exit code."""
        self.press_keys(ESCAPE, ESCAPE, "q")  # escape closes the card and the filter, which quitting would ask about
        return self.wait_for_exit()

    def wait_for_exit(self) -> int | None:
        """Wait for the end of the program and return its exit code."""
        end = time.monotonic() + 20
        while self.child.isalive() or self.read_output():
            assert time.monotonic() < end, self.text
            self.read_output(0.05)
        code: int | None = self.child.exitstatus
        return code

    def close(self) -> None:
        """End the program and close its terminal."""
        if self.child.isalive():
            self.child.kill(signal.SIGKILL)
            self.child.wait()
        self.child.close()


@contextmanager
def open_terminal(office: Workspace, first_words: str | None = None) -> Iterator[Terminal]:
    """Run the program in a terminal and close it at the end; a first start opens Today, a later one the last list."""
    terminal = Terminal(office)
    try:
        terminal.wait_for(first_words or capitalise(format_weekday_date(TODAY)))
        yield terminal
    finally:
        terminal.close()


def test_start_read_a_card_undo_and_quit(wales: Workspace) -> None:
    ref = make_action(wales, "Taken back in a moment").ref
    with open_terminal(wales) as desk:
        desk.press_keys("2")
        desk.wait_for("by due")
        desk.press_keys("/", *"jeff")
        desk.wait_for("/ jeff")
        desk.press_keys(ENTER)
        desk.press_keys(ENTER)
        for words in ("UPDATES", "Jeff Farrar", "DP-36"):
            desk.wait_for(words)
        desk.press_keys("u")
        desk.wait_for("It was not made in this window")
        desk.press_keys("y")
        desk.wait_for("Undone: add Taken back in a moment")
        assert desk.quit_app() == 0
        for restored in (b"\x1b[?1049l", b"\x1b[?25h", b"\x1b[?1000l", b"\x1b[?2004l"):
            assert desk.sent.rindex(restored) > desk.sent.rindex(
                restored[:-1] + (b"h" if restored[-1:] == b"l" else b"l")
            )
    with pytest.raises(Exception, match=ref):
        show_action(wales, ref)


@pytest.mark.parametrize("stream", ["stdin", "stdout"])
def test_without_a_terminal_the_program_exits_with_a_sentence(wales: Workspace, stream: str) -> None:
    leader, follower = os.openpty()
    completed = subprocess.run(
        [sys.executable, *COMMAND, str(wales.root)],
        stdin=subprocess.DEVNULL if stream == "stdin" else follower,
        stdout=subprocess.DEVNULL if stream == "stdout" else follower,
        stderr=subprocess.PIPE,
        text=True,
        timeout=30,
    )
    os.close(leader)
    os.close(follower)
    assert completed.returncode == 2
    assert len(completed.stderr.splitlines()) == 1
    assert "needs a terminal" in completed.stderr


@pytest.mark.long
def test_titles_send_no_control_sequences(wales: Workspace) -> None:
    refs = write_hostile_titles(wales)
    with open_terminal(wales) as desk:
        desk.press_keys("2")
        desk.wait_for("by due")
        for _ref in refs:
            desk.press_keys("j")
            desk.read_output(0.05)
        desk.press_keys(ENTER)
        for keys in (
            [ESCAPE, "e"],
            [ESCAPE, "U"],
            [ESCAPE, "h"],
            [ESCAPE, "y"],
            ["3"],
            ["4"],
            ["5"],
            ["6"],
            ["7"],
            ["1"],
        ):
            desk.press_keys(*keys)
            while desk.read_output(0.1):
                pass
        assert desk.quit_app() == 0
    for title in TITLES:
        raw = title.encode("utf-8", "replace")
        if re.search(rb"[\x00-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80[\x8e\x8f\xaa-\xae]", raw):
            assert raw not in desk.sent
    text_sent = ALLOWED.sub(b"", desk.sent).decode("utf-8")
    assert re.findall("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]", text_sent) == []
    assert b"\x1b]0;" not in desk.sent
    assert b"\x1b[31mred" not in desk.sent


@pytest.mark.long
def test_two_thousand_random_keys_do_not_crash_the_app(busy: Workspace) -> None:
    generator = random.Random(2013)
    with open_terminal(busy) as desk:
        pressed = ""
        for _burst in range(250):
            burst = "".join(encode_key(generator.choice(KEYS)) for _key in range(8))
            pressed += burst
            desk.child.send(burst)
            while desk.read_output(0.05, draw=False):
                pass
            assert desk.child.isalive(), f"{pressed[-200:]!r}\n{desk.sent[-2000:]!r}"
        assert b"Traceback" not in desk.sent
        assert not (busy.root / "data" / "crash.log").exists()
    assert find_faults(busy) == []


@pytest.mark.long
def test_a_crash_prints_one_sentence_and_no_value(wales: Workspace, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import sys\n"
        "from importlib.abc import MetaPathFinder\n"
        "class Faulty(MetaPathFinder):\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'ahtc_tui.tui.plan.screen':\n"
        "            raise ValueError('the address sian.wyn@example.org')\n"
        "sys.meta_path.insert(0, Faulty())\n",
        encoding="utf-8",
    )
    os.environ["PYTHONPATH"] = str(tmp_path)
    try:
        with open_terminal(wales) as desk:
            desk.press_keys("3")
            assert desk.wait_for_exit() == 1
            after = desk.sent[desk.sent.rindex(b"\x1b[?1049l") :]
    finally:
        del os.environ["PYTHONPATH"]
    assert after.count(b"The screen stopped because of an error (ValueError)") == 1
    for value in (b"sian.wyn", b"Traceback"):
        assert value not in desk.sent
    assert "sian.wyn" not in (wales.root / "data" / "crash.log").read_text(encoding="utf-8")


@pytest.mark.long
@pytest.mark.parametrize("wait_ms", [7, 0, 23, 61])
def test_a_kill_during_a_write_leaves_the_database_whole(busy: Workspace, wait_ms: int) -> None:
    with open_terminal(busy) as desk:
        desk.press_keys("2")
        desk.wait_for("by due")
        desk.press_keys(*"dddududdd")
        time.sleep(wait_ms / 1000)
        os.kill(desk.child.pid, signal.SIGKILL)
        desk.child.wait()
    assert find_faults(busy) == []
    with closing(sqlite3.connect(busy.database.path)) as file:
        assert file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
