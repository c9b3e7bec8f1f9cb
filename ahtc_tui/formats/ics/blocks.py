"""Splits calendar files into VEVENT blocks, line by line, without parsing them.

Every BEGIN:VEVENT gives a block, complete or not, so that the events read can be counted. Alarms, attachments and other
components are dropped.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.i18n import _
from ahtc_tui.formats.files.input_files import decode_text, read_file_bytes
from ahtc_tui.formats.ics.zone_names import normalize_zone_name


def to_list(value: Any) -> list[Any]:
    """Return the values of a property that may occur several times."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def take_first(value: Any) -> Any:
    """Return the value of a property that should occur once."""
    return value[0] if isinstance(value, list) and value else value


def read_parameter(value: Any, name: str) -> str:
    """Return a parameter of a property; empty if it is missing."""
    parameter_value = getattr(value, "params", {}).get(name, "")
    return str(
        parameter_value[0] if isinstance(parameter_value, (list, tuple)) and parameter_value else parameter_value or ""
    )


def read_stamp(value: Any) -> datetime | None:
    """Return the time of a stamp in UTC, which one without a zone is in (RFC 5545 section 3.8.7); None for others."""
    try:
        moment: datetime = value.dt
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (AttributeError, TypeError, ValueError, OverflowError):
        return None


MAX_MEGABYTES = 60
MAX_EVENTS = 60_000
MAX_EVENT_LETTERS = 200_000
"""Maximum length of a VEVENT, including folded lines."""

MAX_DEPTH = 50
"""Maximum depth of nested components; real files have at most 4."""
MAX_ZONE_LINES = 500
"""Maximum number of lines of a VTIMEZONE."""

_LINE_END = re.compile(r"\r+\n?|\n")
_BEGIN_EVENT = re.compile(r"^begin:vevent[ \t]*\r*$", re.IGNORECASE | re.MULTILINE)
_CONTINUATION = re.compile(r"\n[ \t]")
_IGNORED_PROPERTIES = ("ATTACH", "X-ALT-DESC", "X-MICROSOFT-", "X-WR-", "X-APPLE-")
_OTHER_COMPONENTS = ("VTODO", "VJOURNAL", "VFREEBUSY")


@dataclass
class Calendar:
    """Properties of the calendar that contains a block."""

    method: str = ""
    prodid: str = ""
    zone: str = ""
    """X-WR-TIMEZONE: zone of times without one."""
    zones: dict[str, list[str]] = field(default_factory=dict)
    """Lines of each VTIMEZONE by its normalized TZID."""


@dataclass
class EventBlock:
    """Lines of one VEVENT."""

    number: int
    calendar: Calendar
    lines: list[str] = field(default_factory=list)
    complete: bool = False
    size: int = 0


@dataclass(frozen=True, slots=True)
class CalendarBlocks:
    """The VEVENT blocks of a calendar file, and how many other components it has by name."""

    events: list[EventBlock]
    other_components: dict[str, int]
    """Number of to-dos, journals and other components."""


def read_blocks(path: Path, data: bytes | None = None) -> CalendarBlocks:
    """Return the blocks of a file, or of `data` in its place. Raises BadFile with one sentence if there are none."""
    data = read_file_bytes(path, MAX_MEGABYTES) if data is None else data
    text = decode_text(data).replace("\x00", "")
    count = len(_BEGIN_EVENT.findall(text))
    if count > MAX_EVENTS:
        sentence = _('"{path}" holds {n} events. Import at most {most} at a time.')
        raise BadFile(sentence.format(path=path, n=count, most=MAX_EVENTS))
    reader = _BlockReader()
    for line in _LINE_END.split(text):
        reader.read_line(line)
    if not reader.has_calendar:
        raise BadFile(_('"{path}" is not a calendar. It has no BEGIN:VCALENDAR.').format(path=path))
    if not reader.events:
        raise BadFile(_('"{path}" contains no meeting (VEVENT).').format(path=path))
    return CalendarBlocks(reader.events, reader.other_components)


class _BlockReader:
    """Collects the lines of events from the lines of a file."""

    def __init__(self) -> None:
        self.events: list[EventBlock] = []
        self.other_components = dict.fromkeys(_OTHER_COMPONENTS, 0)
        self.has_calendar = False
        self._calendar = Calendar()
        self._event: EventBlock | None = None
        self._open_components: list[str] = []
        """Components that are open inside the event or calendar."""
        self._zone_lines: list[str] = []
        self._is_skipping = False
        """Whether the current line and its continuations are dropped."""

    def read_line(self, line: str) -> None:
        """Process one line."""
        if line[:1] in (" ", "\t"):
            if not self._is_skipping:
                self._keep_line(line)
            return
        self._is_skipping = False
        name, _colon, value = line.partition(":")
        name_upper = name.strip().upper()
        if name_upper in ("BEGIN", "END"):
            self._read_boundary(name_upper == "BEGIN", value.strip().upper(), line)
        elif not line.strip():
            self._is_skipping = True
        elif self._event is None and not self._open_components:
            self._read_calendar_property(name_upper.partition(";")[0], value.strip())
        else:
            self._keep_line(line)

    def _read_boundary(self, begins: bool, component: str, line: str) -> None:
        if component == "VCALENDAR":
            self.has_calendar = True
            self._event, self._open_components = None, []
            self._calendar = Calendar() if begins else self._calendar
        elif component == "VEVENT":
            self._read_event_boundary(begins)
        elif begins:
            self._open_component(component, line)
        elif component in self._open_components:
            self._keep_zone_line(line)
            if component == "VTIMEZONE":
                self._close_zone()
            del self._open_components[self._open_components.index(component) :]

    def _read_event_boundary(self, begins: bool) -> None:
        """Begin or end an event; one that begins inside another leaves that one incomplete."""
        if begins:
            self.has_calendar = True
            self.events.append(EventBlock(len(self.events) + 1, self._calendar))
        elif self._event:
            self._event.complete = True
        self._event = self.events[-1] if begins else None
        self._open_components = []

    def _open_component(self, component: str, line: str) -> None:
        if component in self.other_components and not self._open_components:
            self.other_components[component] += 1
        if len(self._open_components) < MAX_DEPTH:
            self._open_components.append(component)
        if component == "VTIMEZONE":
            self._zone_lines = []
        self._keep_zone_line(line)

    def _read_calendar_property(self, name: str, value: str) -> None:
        if name == "METHOD":
            self._calendar.method = value.upper()
        elif name == "PRODID":
            self._calendar.prodid = value
        elif name == "X-WR-TIMEZONE":
            self._calendar.zone = value

    def _keep_line(self, line: str) -> None:
        if self._event is None:
            self._keep_zone_line(line)
            return
        if self._open_components or line.upper().startswith(_IGNORED_PROPERTIES):
            self._is_skipping = not line.upper().startswith("X-MICROSOFT-SKYPETEAMSMEETINGURL")
            if self._is_skipping:
                return
        self._event.size += len(line)
        if self._event.size <= MAX_EVENT_LETTERS:
            self._event.lines.append(line)

    def _keep_zone_line(self, line: str) -> None:
        if self._open_components[:1] == ["VTIMEZONE"] and len(self._zone_lines) < MAX_ZONE_LINES:
            self._zone_lines.append(line)

    def _close_zone(self) -> None:
        """Store the time zone under each of its names, with one TZID: with two it cannot be parsed."""
        lines = _CONTINUATION.sub("", "\n".join(self._zone_lines)).split("\n")
        name_lines = [line for line in lines if line.upper().startswith("TZID")]
        other_lines = [line for line in lines if line not in name_lines]
        for line in name_lines:
            name = normalize_zone_name(line.partition(":")[2])
            self._calendar.zones.setdefault(name, [*other_lines[:1], line, *other_lines[1:]])
