"""Records short sessions of the real screen for the documentation: `python -m tests.tui.recordings docs/recordings`.

Each is a cast in the format of asciinema (version 2), and an animated SVG of the same frames. The screen runs in a
terminal of its own; each key has a fixed time in the recording, whatever time the machine took.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from html import escape
from pathlib import Path
from tempfile import gettempdir
from time import monotonic

import pexpect
import pyte
from openpyxl import load_workbook

from ahtc_tui.cli.main import run
from ahtc_tui.services.recovery.first_start import make_sample

DAY = "2014-01-28"
COLUMNS, ROWS = 100, 30
QUIET_SECONDS = 0.4
"""Seconds without output after which the screen counts as drawn; a cursor that blinks is never quiet."""
LONGEST_WAIT = 2.5
START_SECONDS = 6.0
TYPING = 0.06
"""Seconds of the recording between two typed letters."""
KEYS = {"enter": "\r", "escape": "\x1b", "down": "\x1b[B", "f2": "\x1bOQ"}
LETTER_WIDTH, LINE_HEIGHT = 8.4, 18
INK, PAPER = "#e6e6e6", "#101418"
NAMED_COLOURS = {
    **{"black": "#000000", "red": "#cc3333", "green": "#33aa55", "brown": "#cc9933", "blue": "#3366cc"},
    **{"magenta": "#aa55aa", "cyan": "#33aaaa", "white": "#d0d0d0"},
}


@dataclass(frozen=True)
class Step:
    """A key or a typed text, and how long its result stays on show."""

    key: str = ""
    text: str = ""
    pause: float = 1.2


def prepare_return(root: Path) -> None:
    """Put a return with an update and two new dates into the folder of exports."""
    run(
        ["--quiet", "--workspace", str(root), "--as-at", DAY, "export", "returns", str(root / "sent"), "--lead", "AHTC"]
    )
    [sent] = (root / "sent").glob("*.xlsx")
    book = load_workbook(sent)
    rows = {str(row[0].value): row for row in book.worksheets[0].iter_rows()}
    columns = {cell.value: number for number, cell in enumerate(rows["Ref"])}
    for ref, heading, value in RETURNED:
        rows[ref][columns[heading]].value = value
    (root / "exports").mkdir(exist_ok=True)
    book.save(root / "exports" / "return.xlsx")


RETURNED = (
    ("DP-05", "Your update", "The last force has sent its figures."),
    ("DP-06", "Proposed date", date(2014, 3, 14)),
    ("DP-30", "Proposed date", date(2014, 9, 30)),
)
"""What the lead filled in: reference, heading and value."""


@dataclass(frozen=True)
class Session:
    """What is recorded: the keys, the date on which the screen works, and what is prepared before."""

    title: str
    steps: tuple[Step, ...]
    day: str = DAY
    prepare: Callable[[Path], None] | None = None


SESSIONS = {
    "monday": Session(
        "Monday: what is late, an update, and undo",
        (
            Step(pause=3),
            *(Step("down", pause=0.5) for _press in range(2)),
            Step("enter", pause=3),
            Step("escape", pause=1),
            Step("2", pause=2),
            Step("/", pause=0.6),
            Step(text="@ahtc is:open", pause=2),
            Step("enter", pause=1),
            Step("U", pause=1),
            Step(text="Draft sent to the four forces", pause=1),
            Step("enter", pause=3),
            Step("u", pause=3),
        ),
    ),
    "minutes": Session(
        "Minutes with three actions, and the files after the meeting",
        (
            Step("4", pause=2),
            Step("m", pause=2),
            Step(text="a: Send the dates of the courses @bawso due end march", pause=0.6),
            Step("enter", pause=1.5),
            Step(text="a: Agree the data set with the forces @ahtc due 2w", pause=0.6),
            Step("enter", pause=1.5),
            Step(text="a: Invite the health boards @ahtc due end april", pause=0.6),
            Step("enter", pause=2),
            Step("f2", pause=1.5),
            Step("x", pause=5),
        ),
        day="2014-02-11",
    ),
    "return": Session(
        "A return with an update and two questions",
        (
            Step("8", pause=2),
            Step("i", pause=1.5),
            Step("enter", pause=4),
            Step("enter", pause=3),
            Step("2", pause=2),
            Step("1", pause=2),
            Step("y", pause=3),
        ),
        prepare=prepare_return,
    ),
}
"""The sessions by the names of their files."""


Run = tuple[int, str, str, str, bool]
"""First column, text, ink, paper and whether bold."""
Row = tuple[Run, ...]


@dataclass
class Recording:
    """Frames of a session with their times; a frame has the rows that changed, by their number."""

    screen: pyte.Screen = field(default_factory=lambda: pyte.Screen(COLUMNS, ROWS))
    frames: list[tuple[float, dict[int, Row]]] = field(default_factory=list)
    clock: float = 0.0
    shown: dict[int, Row] = field(default_factory=dict)

    def add_output(self, output: str, pause: float) -> None:
        """Add what the screen printed after a step, which stays on show for `pause` seconds."""
        pyte.Stream(self.screen).feed(output)
        rows = {number: tuple(_read_runs(self.screen, number)) for number in range(ROWS)}
        if changed := {number: row for number, row in rows.items() if self.shown.get(number) != row}:
            self.frames.append((round(self.clock, 2), changed))
            self.shown = rows
        self.clock += pause


def record_session(root: Path, session: Session) -> Recording:
    """Run the screen on the workspace in a terminal, press the keys and return what it printed."""
    recording = Recording()
    command = [sys.executable, "-m", "ahtc_tui", "--workspace", str(root), "--as-at", session.day]
    variables = {
        **os.environ,
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "AHTC_LANG": "en",
        "AHTC_USER": "AHTC",
    }
    terminal = pexpect.spawn(command[0], command[1:], dimensions=(ROWS, COLUMNS), env=variables, encoding="utf-8")
    try:
        recording.add_output(_read_until_quiet(terminal, START_SECONDS, START_SECONDS), 0.5)
        for step in session.steps:
            for word in re.findall(r"\S+\s*", step.text):
                terminal.send(word)
                recording.add_output(_read_until_quiet(terminal), TYPING * len(word))
            terminal.send(KEYS.get(step.key, step.key))
            recording.add_output(_read_until_quiet(terminal), step.pause)
    finally:
        terminal.close(force=True)
    return recording


def _read_until_quiet(terminal: pexpect.spawn[str], quiet: float = QUIET_SECONDS, longest: float = LONGEST_WAIT) -> str:
    """Return the output until there is none for `quiet` seconds, of `longest` seconds at most."""
    parts: list[str] = []
    deadline = monotonic() + longest
    while monotonic() < deadline:
        try:
            parts.append(terminal.read_nonblocking(65_536, timeout=quiet))
        except pexpect.TIMEOUT:
            break
    return "".join(parts)


def _read_runs(screen: pyte.Screen, number: int) -> Iterator[Run]:
    """Yield the parts of a row that have one style."""
    row, first = screen.buffer[number], 0
    while first < COLUMNS:
        style, end = _read_style(row[first]), first
        while end < COLUMNS and _read_style(row[end]) == style:
            end += 1
        text = "".join(row[column].data for column in range(first, end))
        if text.strip() or style[1] != PAPER:
            yield first, text, *style
        first = end


def _read_style(cell: pyte.screens.Char) -> tuple[str, str, bool]:
    ink, paper = _find_colour(cell.fg, INK), _find_colour(cell.bg, PAPER)
    return (paper, ink, cell.bold) if cell.reverse else (ink, paper, cell.bold)


def _find_colour(name: str, default: str) -> str:
    if name == "default":
        return default
    return NAMED_COLOURS.get(name.removeprefix("bright"), f"#{name}")


def format_cast(recording: Recording, title: str) -> str:
    """Return the session in the format of asciinema, version 2."""
    head = {"version": 2, "width": COLUMNS, "height": ROWS, "title": title}
    events = (
        [time, "o", "".join(f"\x1b[{number + 1}H\x1b[0m\x1b[2K{_print_row(row)}" for number, row in rows.items())]
        for time, rows in recording.frames
    )
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in (head, *events))


def _print_row(row: Row) -> str:
    """Return a row as a terminal prints it."""
    return "".join(
        f"\x1b[{first + 1}G\x1b[{int(bold)};38;2;{_format_rgb(ink)};48;2;{_format_rgb(paper)}m{text}"
        for first, text, ink, paper, bold in row
    )


def _format_rgb(colour: str) -> str:
    return ";".join(str(int(colour[n : n + 2], 16)) for n in (1, 3, 5))


def format_animation(recording: Recording, title: str) -> str:
    """Return the session as an SVG that begins again at its end.

    Each state of a row is drawn once and is visible while it lasts. A reader who asks the system for less motion gets
    the last frame alone.
    """
    width, height = round(COLUMNS * LETTER_WIDTH), ROWS * LINE_HEIGHT
    rules, groups = [], []
    for number, (row_number, row, start, end) in enumerate(_list_states(recording)):
        first, last = (f"{100 * time / recording.clock:.2f}%" for time in (start, end))
        is_last = end == recording.clock
        rules.append(
            f"@keyframes f{number}{{0%{{visibility:hidden}}{first}{{visibility:visible}}"
            f"{last}{{visibility:{'visible' if is_last else 'hidden'}}}}}"
        )
        name = ' class="last"' if is_last else ""
        drawn = "".join(part for run in row for part in _draw_run(row_number, *run))
        groups.append(f'<g{name} style="animation-name:f{number}">{drawn}</g>')
    style = f"g{{visibility:hidden;animation:{recording.clock:.1f}s step-end infinite}}"
    calm = "@media(prefers-reduced-motion){g{animation:none!important}.last{visibility:visible}}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        f'aria-label="{escape(title)}" font-family="monospace" font-size="14">\n'
        f"<title>{escape(title)}</title>\n"
        f"<style>{style}{''.join(rules)}{calm}</style>\n"
        f'<rect width="{width}" height="{height}" fill="{PAPER}"/>\n' + "\n".join(groups) + "\n</svg>\n"
    )


def _list_states(recording: Recording) -> Iterator[tuple[int, Row, float, float]]:
    """Yield each state of each row with its number, and when it begins and ends."""
    for number in range(ROWS):
        changes = [(time, rows[number]) for time, rows in recording.frames if number in rows]
        ends = [time for time, _row in changes[1:]] + [recording.clock]
        yield from ((number, row, start, end) for (start, row), end in zip(changes, ends, strict=True) if row)


def _draw_run(row: int, first: int, text: str, ink: str, paper: str, bold: bool) -> Iterator[str]:
    """Yield a part of a row as elements of SVG."""
    top = row * LINE_HEIGHT
    if paper != PAPER:
        left, width = first * LETTER_WIDTH, len(text) * LETTER_WIDTH
        yield f'<rect x="{left:.1f}" y="{top}" width="{width:.1f}" height="{LINE_HEIGHT}" fill="{paper}"/>'
    if words := text.strip():
        left = (first + len(text) - len(text.lstrip())) * LETTER_WIDTH
        weight = ' font-weight="bold"' if bold else ""
        place = f'x="{left:.1f}" y="{top + 13}" textLength="{len(words) * LETTER_WIDTH:.1f}"'
        yield f'<text {place} fill="{ink}"{weight}>{_keep_blanks(words)}</text>'


def _keep_blanks(text: str) -> str:
    """Return the text with blanks that no viewer joins."""
    return escape(text).replace("  ", "\N{NO-BREAK SPACE}\N{NO-BREAK SPACE}")


def main(folder: Path) -> None:
    """Record each session on a sample of its own and write both files of it."""
    folder.mkdir(parents=True, exist_ok=True)
    os.environ["AHTC_USER"] = "secretariat"
    for name, session in SESSIONS.items():
        root = Path(gettempdir()) / "office"  # a fixed name, since some screens show it
        make_sample(root)
        try:
            if session.prepare:
                session.prepare(root)
            recording = record_session(root, session)
        finally:
            shutil.rmtree(root)
        (folder / f"{name}.cast").write_text(format_cast(recording, session.title), encoding="utf-8")
        (folder / f"{name}.svg").write_text(format_animation(recording, session.title), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
