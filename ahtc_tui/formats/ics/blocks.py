"""Calendar files cut into their VEVENT blocks, line by line, whatever wrote them. Never what a line means.

Every BEGIN:VEVENT gives a block, whole or not, so that what is read can be counted. Alarms, attachments and other
components are left behind here: they are never parsed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.i18n import _
from ahtc_tui.formats.files.input_files import bytes_of, text_of

LARGEST_MB = 20
MOST_EVENTS = 20_000
MOST_LETTERS = 200_000
"""Of one VEVENT, folded lines included."""

DEEPEST = 50
"""Components inside one another that are kept apart; no real file goes beyond 4."""
MOST_OF_ZONE = 500
"""Lines of a VTIMEZONE that are kept."""

_LINE_END = re.compile(r"\r+\n?|\n")
_BEGIN_EVENT = re.compile(r"^begin:vevent[ \t]*\r*$", re.IGNORECASE | re.MULTILINE)
_LEFT_OUT = ("ATTACH", "X-ALT-DESC", "X-MICROSOFT-", "X-WR-", "X-APPLE-")
_OTHERS = ("VTODO", "VJOURNAL", "VFREEBUSY")


@dataclass
class Calendar:
    """What the calendar around a block says."""

    method: str = ""
    prodid: str = ""
    zone: str = ""
    """X-WR-TIMEZONE: the zone of times that name none."""
    zones: dict[str, list[str]] = field(default_factory=dict)
    """The lines of each VTIMEZONE by its TZID."""


@dataclass
class Block:
    """One VEVENT."""

    number: int
    calendar: Calendar
    lines: list[str] = field(default_factory=list)
    whole: bool = False
    size: int = 0


@dataclass(frozen=True, slots=True)
class Blocks:
    """A calendar file in pieces."""

    events: list[Block]
    others: dict[str, int]
    """How many to-dos, journals and the like it holds."""


def read_blocks(path: Path) -> Blocks:
    """The blocks of a file. Raises BadFile with one sentence where there is none."""
    text = text_of(bytes_of(path, LARGEST_MB)).replace("\x00", "")
    count = len(_BEGIN_EVENT.findall(text))
    if count > MOST_EVENTS:
        sentence = _('"{path}" holds {n} events: import at most {most} at once.')
        raise BadFile(sentence.format(path=path, n=count, most=MOST_EVENTS))
    cutter = _Cutter()
    for line in _LINE_END.split(text):
        cutter.take(line)
    if not cutter.seen:
        raise BadFile(_('"{path}" is no calendar: there is no BEGIN:VCALENDAR in it.').format(path=path))
    if not cutter.events:
        raise BadFile(_('"{path}" holds no meeting: there is no VEVENT in it.').format(path=path))
    return Blocks(cutter.events, cutter.others)


class _Cutter:
    """Goes through the lines of a file and keeps those of events."""

    def __init__(self) -> None:
        self.events: list[Block] = []
        self.others = dict.fromkeys(_OTHERS, 0)
        self.seen = False
        self._calendar = Calendar()
        self._event: Block | None = None
        self._inner: list[str] = []
        """The components open inside the event or the calendar."""
        self._zone: list[str] = []
        self._skips = False
        """The line before is left out, and so are those folded under it."""

    def take(self, line: str) -> None:
        """Look at one line."""
        if line[:1] in (" ", "\t"):
            if not self._skips:
                self._keep(line)
            return
        self._skips = False
        name, _colon, value = line.partition(":")
        word = name.strip().upper()
        if word in ("BEGIN", "END"):
            self._turn(word == "BEGIN", value.strip().upper(), line)
        elif not line.strip():
            self._skips = True
        elif self._event is None and not self._inner:
            self._head(word.partition(";")[0], value.strip())
        else:
            self._keep(line)

    def _turn(self, begins: bool, component: str, line: str) -> None:
        if component == "VCALENDAR":
            self.seen = True
            self._event, self._inner = None, []
            self._calendar = Calendar() if begins else self._calendar
        elif component == "VEVENT":
            self._turn_event(begins)
        elif begins:
            self._open(component, line)
        elif component in self._inner:
            self._in_zone(line)
            if component == "VTIMEZONE":
                self._end_zone()
            del self._inner[self._inner.index(component) :]

    def _turn_event(self, begins: bool) -> None:
        """An event begins or ends; one that begins inside another leaves that one broken off."""
        if begins:
            self.seen = True
            self.events.append(Block(len(self.events) + 1, self._calendar))
        elif self._event:
            self._event.whole = True
        self._event = self.events[-1] if begins else None
        self._inner = []

    def _open(self, component: str, line: str) -> None:
        if component in self.others and not self._inner:
            self.others[component] += 1
        if len(self._inner) < DEEPEST:
            self._inner.append(component)
        if component == "VTIMEZONE":
            self._zone = []
        self._in_zone(line)

    def _head(self, word: str, value: str) -> None:
        """A line of the calendar itself."""
        if word == "METHOD":
            self._calendar.method = value.upper()
        elif word == "PRODID":
            self._calendar.prodid = value
        elif word == "X-WR-TIMEZONE":
            self._calendar.zone = value

    def _keep(self, line: str) -> None:
        """Keep a line of an event, or of a time zone."""
        if self._event is None:
            self._in_zone(line)
            return
        if self._inner or line.upper().startswith(_LEFT_OUT):
            self._skips = not line.upper().startswith("X-MICROSOFT-SKYPETEAMSMEETINGURL")
            if self._skips:
                return
        self._event.size += len(line)
        if self._event.size <= MOST_LETTERS:
            self._event.lines.append(line)

    def _in_zone(self, line: str) -> None:
        if self._inner[:1] == ["VTIMEZONE"] and len(self._zone) < MOST_OF_ZONE:
            self._zone.append(line)

    def _end_zone(self) -> None:
        """Keep the description under each of its names, and with that name alone: with two it cannot be parsed."""
        named = [line for line in self._zone if line.upper().startswith("TZID")]
        rest = [line for line in self._zone if line not in named]
        for line in named:
            self._calendar.zones.setdefault(line.partition(":")[2].strip(), [*rest[:1], line, *rest[1:]])
