"""Meetings as they are read from calendar files. Wall times are in the zone of the event, by default London."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from ahtc_tui.domain.imports.report import FileWarning
from ahtc_tui.domain.meetings.kinds import InviteRole, MeetingState, Reply


@dataclass(frozen=True, slots=True)
class Guest:
    """An attendee or organiser. The address is in lower case; address or name may be empty."""

    email: str
    name: str
    role: InviteRole = InviteRole.REQUIRED
    reply: Reply = Reply.NEEDS_ACTION


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """A VEVENT as it was read, with its times in London (RFC 5545, section 3.6.1)."""

    position: str
    """Position in the file: "VEVENT 3"."""
    uid: str
    title: str
    day: date
    starts: datetime | None
    """Wall time; None for an all-day event."""
    ends: datetime | None
    """Wall time; for an all-day event midnight after its last day, None for a single day."""
    tz: str
    """Zone of the wall times: the zone of the series, else London, or UTC for the hour that occurs twice in London."""
    instance: datetime | None
    """RECURRENCE-ID: planned time of the day of the series that this event replaces, as wall time in London."""
    recurrence: str | None
    exceptions: tuple[datetime, ...]
    """EXDATE: planned wall times of the series that are excluded, in its zone."""
    state: MeetingState
    cancels: bool
    """The file has METHOD:CANCEL."""
    sequence: int
    modified: datetime | None
    """LAST-MODIFIED, with its zone."""
    place: str
    link: str | None
    note: str
    """Empty in files of this program, whose descriptions repeat other fields."""
    categories: tuple[str, ...]
    organiser: Guest | None
    guests: tuple[Guest, ...]
    sensitive: bool
    is_own: bool = False
    """The file was written by this program."""
    method: str = ""
    """METHOD of the calendar in upper case; empty without one."""
    has_start: bool = True
    """Whether the event has a DTSTART; otherwise its day is taken from `instance`, or from the message."""
    is_instance_day: bool = False
    """RECURRENCE-ID is a date, as `instance` at midnight."""
    is_onward: bool = False
    """RECURRENCE-ID has RANGE=THISANDFUTURE: all later days of the series change as well."""


@dataclass(frozen=True, slots=True)
class UnclearZone:
    """A time zone of a file that is unknown, or whose name and description differ. Its events are not read."""

    name: str
    position: str
    """Position of its first event."""
    events: int
    """Number of its events."""
    described: tuple[datetime, datetime] | None = None
    """First time that differs, in London: by the description in the file and by the name."""


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """The events of one calendar file."""

    path: Path
    read: int
    """Number of VEVENT components in the file; one that is not an event has a warning."""
    events: tuple[CalendarEvent, ...]
    warnings: tuple[FileWarning, ...]
    unclear_zones: tuple[UnclearZone, ...] = ()
    private: int = 0
    """Number of events that are left out because they are private."""
