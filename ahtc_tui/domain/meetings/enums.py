"""Enums of meetings: kinds, states, attendance, roles and replies."""

from __future__ import annotations

from enum import StrEnum

from ahtc_tui.domain.i18n import _

LONDON = "Europe/London"


class MeetingKind(StrEnum):
    """Kind of dated event. People attend only meetings, visits, conferences and scrutiny."""

    MEETING = "meeting"
    VISIT = "visit"
    CONFERENCE = "conference"
    SCRUTINY = "scrutiny"
    DECISION = "decision"
    LAUNCH = "launch"
    APPOINTMENT = "appointment"
    PUBLICATION = "publication"

    @property
    def label(self) -> str:
        """Readable word."""
        return _(self.value.capitalize())


class MeetingState(StrEnum):
    """State of a meeting (RFC 5545 STATUS, and `held`)."""

    TENTATIVE = "tentative"
    CONFIRMED = "confirmed"
    HELD = "held"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        """Readable word."""
        return _(self.value.capitalize())


class OnHoliday(StrEnum):
    """Rule for meetings of a series on a bank holiday in Wales."""

    KEEP = "keep"
    MOVE = "move"
    """Move to the next working day."""
    SKIP = "skip"


class MeetingScope(StrEnum):
    """Selection of meetings by date."""

    ALL = "all"
    COMING = "coming"
    """From today on, without cancelled ones."""
    PAST = "past"


class Presence(StrEnum):
    """Attendance state of a party."""

    PRESENT = "present"
    ONLINE = "online"
    DEPUTY = "deputy"
    APOLOGIES = "apologies"
    ABSENT = "absent"
    IN_ATTENDANCE = "in_attendance"
    PART = "part"


class InviteRole(StrEnum):
    """Role of an invited party (RFC 5545 ROLE)."""

    CHAIR = "chair"
    REQUIRED = "required"
    OPTIONAL = "optional"
    SPEAKER = "speaker"


class Reply(StrEnum):
    """Reply of an invited party (RFC 5545 PARTSTAT)."""

    NEEDS_ACTION = "needs_action"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    TENTATIVE = "tentative"
    DELEGATED = "delegated"


class LineKind(StrEnum):
    """Kind of a line of the minutes."""

    NOTE = "note"
    DECISION = "decision"
    ACTION = "action"
