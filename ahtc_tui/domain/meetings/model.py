"""Meetings and dated events: their words and the rows that people see. Times are wall times with a zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.dates.date_as_known import DateAsKnown, Precision
from ahtc_tui.domain.keys import NO_KEY, RowKey
from ahtc_tui.domain.meetings.agenda import MatterRow, PaperRow
from ahtc_tui.domain.meetings.enums import (
    LONDON,
    InviteRole,
    LineKind,
    MeetingKind,
    MeetingScope,
    MeetingState,
    OnHoliday,
    Presence,
    Reply,
)

__all__ = [
    "LONDON",
    "AgendaRow",
    "AttendanceRow",
    "DecisionRow",
    "InviteRole",
    "InviteeRow",
    "LineKind",
    "LineRow",
    "MeetingCard",
    "MeetingKind",
    "MeetingRow",
    "MeetingScope",
    "MeetingState",
    "OnHoliday",
    "Presence",
    "Reply",
]


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A meeting as lists and exports show it."""

    key: RowKey
    ref: str
    kind: MeetingKind
    title: str
    group: str | None
    group_ref: str | None
    day: DateAsKnown | None
    """The day as known; a meeting known only to the month has no start."""
    start_time: time | None
    ends: datetime | None
    """Wall time of the end in `tz`, without an offset."""
    tz: str
    place: str | None
    venue: str | None
    link: str | None
    state: MeetingState
    uid: str
    """The UID in calendars; a day of a series has the UID of its series."""
    sequence: int
    recurrence: str | None
    """An RFC 5545 RRULE value, without the property name."""
    all_day: bool
    agenda_items: int
    source: str | None
    marking: Marking
    on_holiday: OnHoliday = OnHoliday.KEEP
    series: str | None = None
    """The reference of the series that it is a day of."""
    recurrence_id: datetime | None = None
    """The wall time that the series gives for this day, whenever it is held."""

    @property
    def starts(self) -> datetime | None:
        """Wall time of the start in `tz`; None where the hour or the day is not known."""
        if self.day is None or self.day.precision is not Precision.DAY or self.start_time is None:
            return None
        return datetime.combine(self.day.latest, self.start_time)

    @property
    def location(self) -> str:
        """Venue and place in one line."""
        return ", ".join(part for part in (self.venue, self.place) if part)


@dataclass(frozen=True, slots=True)
class AgendaRow:
    """One item of an agenda."""

    position: int
    section: str | None
    title: str
    presenter: str | None
    minutes: int | None
    standing: bool
    discussed: bool = False
    key: RowKey = NO_KEY
    closing: bool = False
    """It comes after the items of the day."""
    starts: time | None = None
    """When it begins if every earlier item keeps to its minutes; None where no minutes are allotted."""
    papers: tuple[PaperRow, ...] = ()
    matters: tuple[MatterRow, ...] = ()
    """On matters arising: the open actions of the group's earlier meetings."""
    carried: bool = False
    """It comes from the agenda of an earlier meeting."""
    note: str | None = None
    presenter_ref: str | None = None


@dataclass(frozen=True, slots=True)
class InviteeRow:
    """Somebody invited: a party of the register, or words where the paper names a class only."""

    name: str
    ref: str | None
    email: str | None
    role: InviteRole
    reply: Reply
    holder: str | None = None
    """Who holds the post on the day of the meeting."""


@dataclass(frozen=True, slots=True)
class AttendanceRow:
    """Somebody's presence at a meeting."""

    name: str
    state: Presence
    deputy_for: str | None
    items: str | None
    reason: str | None
    holder: str | None = None
    """Who held the post on the day of the meeting."""


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line of the minutes."""

    item: int | None
    position: int
    kind: LineKind
    text: str
    action: str | None
    """The reference of the action that the line makes."""
    decision: str | None = None
    key: RowKey = NO_KEY
    text_cy: str | None = None


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """One line of the decision register."""

    ref: str
    decided_on: DateAsKnown | None
    body: str | None
    text: str
    actions: tuple[str, ...]
    source: str | None


@dataclass(frozen=True, slots=True)
class MeetingCard:
    """Everything about one meeting."""

    row: MeetingRow
    area: str | None
    organiser: str | None
    organiser_email: str | None
    host: str | None
    keynote: str | None
    occasion: str | None
    attendance_text: str | None
    note: str | None
    agenda: tuple[AgendaRow, ...]
    invitees: tuple[InviteeRow, ...]
    attendance: tuple[AttendanceRow, ...]
    lines: tuple[LineRow, ...]
    decisions: tuple[DecisionRow, ...]
    actions: tuple[str, ...]
    """References and titles of the actions that come from it."""
    source_notes: tuple[tuple[str, str], ...] = ()
    """Where single fields come from, if not from the meeting's own paragraph."""
    papers: tuple[PaperRow, ...] = ()
    minutes_over: int = 0
    """By how many minutes the agenda is longer than the meeting."""
    notice_on: date | None = None
    papers_on: date | None = None
    draft_on: date | None = None
    final_on: date | None = None
