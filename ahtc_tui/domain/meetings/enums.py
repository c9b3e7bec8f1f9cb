"""The words of meetings: kinds, states, presence, roles and replies. The rows are in `model`."""

from __future__ import annotations

from enum import StrEnum

from ahtc_tui.domain.i18n import _

LONDON = "Europe/London"


class MeetingKind(StrEnum):
    """What kind of dated thing it is; only meetings, visits, conferences and scrutiny gather people."""

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
        """The word that people read."""
        return _(self.value.capitalize())


class MeetingState(StrEnum):
    """Whether it will be, was, or will not be held (RFC 5545 STATUS, and `held`)."""

    TENTATIVE = "tentative"
    CONFIRMED = "confirmed"
    HELD = "held"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        """The word that people read."""
        return _(self.value.capitalize())


class OnHoliday(StrEnum):
    """What becomes of a meeting of a series that falls on a bank holiday in Wales."""

    KEEP = "keep"
    MOVE = "move"
    """To the next working day."""
    SKIP = "skip"


class MeetingScope(StrEnum):
    """Which meetings of a list, by when they are."""

    ALL = "all"
    COMING = "coming"
    """From today on, and not cancelled."""
    PAST = "past"


class Presence(StrEnum):
    """How somebody was at a meeting."""

    PRESENT = "present"
    ONLINE = "online"
    DEPUTY = "deputy"
    APOLOGIES = "apologies"
    ABSENT = "absent"
    IN_ATTENDANCE = "in_attendance"
    PART = "part"


class InviteRole(StrEnum):
    """What an invited party is to the meeting (RFC 5545 ROLE)."""

    CHAIR = "chair"
    REQUIRED = "required"
    OPTIONAL = "optional"
    SPEAKER = "speaker"


class Reply(StrEnum):
    """What an invited party answered (RFC 5545 PARTSTAT)."""

    NEEDS_ACTION = "needs_action"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    TENTATIVE = "tentative"
    DELEGATED = "delegated"


class LineKind(StrEnum):
    """What a line of the minutes is."""

    NOTE = "note"
    DECISION = "decision"
    ACTION = "action"
