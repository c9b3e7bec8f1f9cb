"""Meetings as other people's calendars give them. Wall times are of London; never a file or a database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from ahtc_tui.domain.imports.report import FileWarning
from ahtc_tui.domain.meetings.model import InviteRole, MeetingState, Reply


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody whom a calendar names, in small letters where it is an address; either may be empty."""

    email: str
    name: str
    role: InviteRole = InviteRole.REQUIRED
    reply: Reply = Reply.NEEDS_ACTION


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """One VEVENT."""

    position: str
    """Where it stands: "VEVENT 3"."""
    uid: str
    title: str
    day: date
    starts: datetime | None
    """Wall time; None for whole days."""
    ends: datetime | None
    """Wall time; of whole days the midnight after the last, None for one day."""
    tz: str
    """The zone of the wall times: London's, but for an hour that comes twice there."""
    instance: datetime | None
    """RECURRENCE-ID: the wall time of the day of the series that this one stands for."""
    recurrence: str | None
    exceptions: tuple[datetime, ...]
    """EXDATE: days of the series that are left out."""
    state: MeetingState
    cancels: bool
    """It came with METHOD:CANCEL."""
    sequence: int
    modified: datetime | None
    """LAST-MODIFIED, an instant."""
    place: str
    link: str | None
    note: str
    """Empty in our own files: their description says what other fields hold."""
    categories: tuple[str, ...]
    organiser: Guest | None
    guests: tuple[Guest, ...]
    sensitive: bool
    is_own: bool = False
    """It is in a file that this program wrote."""


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """What was read of one calendar file."""

    path: Path
    read: int
    """How many VEVENT it holds; those that are no event here have a warning."""
    events: tuple[CalendarEvent, ...]
    warnings: tuple[FileWarning, ...]
