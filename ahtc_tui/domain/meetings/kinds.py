"""Kinds and states of meetings, attendance, invitations, replies and lines of minutes."""

from __future__ import annotations

from enum import StrEnum

from ahtc_tui.domain.i18n import gettext_noop, pgettext_noop
from ahtc_tui.domain.labelled_enum import LabelledEnum


class MeetingKind(LabelledEnum):
    """Kind of dated event. People attend only meetings, visits, conferences and scrutiny."""

    MEETING = "meeting", gettext_noop("Meeting")
    VISIT = "visit", gettext_noop("Visit")
    CONFERENCE = "conference", gettext_noop("Conference")
    SCRUTINY = "scrutiny", gettext_noop("Scrutiny")
    DECISION = "decision", gettext_noop("Decision")
    LAUNCH = "launch", gettext_noop("Launch")
    APPOINTMENT = "appointment", gettext_noop("Appointment")
    PUBLICATION = "publication", gettext_noop("Publication")


class MeetingState(LabelledEnum):
    """State of a meeting (RFC 5545 STATUS, and `held`)."""

    TENTATIVE = "tentative", gettext_noop("Tentative")
    CONFIRMED = "confirmed", gettext_noop("Confirmed")
    HELD = "held", gettext_noop("Held")
    CANCELLED = "cancelled", gettext_noop("Cancelled")


class OnHoliday(LabelledEnum):
    """Rule for meetings of a series on a bank holiday in Wales."""

    KEEP = "keep", gettext_noop("keep")
    MOVE = "move", gettext_noop("move")
    """Move to the next working day."""
    SKIP = "skip", gettext_noop("skip")


class MeetingScope(StrEnum):
    """Selection of meetings by date."""

    ALL = "all"
    COMING = "coming"
    """From today on, without cancelled ones and those that have been held."""
    PAST = "past"


class Presence(LabelledEnum):
    """Attendance state of a party."""

    PRESENT = "present", gettext_noop("present")
    ONLINE = "online", gettext_noop("online")
    DEPUTY = "deputy", gettext_noop("deputy")
    APOLOGIES = "apologies", gettext_noop("apologies")
    ABSENT = "absent", gettext_noop("absent")
    IN_ATTENDANCE = "in_attendance", gettext_noop("in attendance")
    PART = "part", gettext_noop("part")


PRESENT_STATES = frozenset((Presence.PRESENT, Presence.ONLINE, Presence.PART, Presence.IN_ATTENDANCE, Presence.DEPUTY))
"""States of those who attended, in the room or not."""


class InviteRole(LabelledEnum):
    """Role of an invited party (RFC 5545 ROLE)."""

    CHAIR = "chair", gettext_noop("chair")
    REQUIRED = "required", gettext_noop("required")
    OPTIONAL = "optional", gettext_noop("optional")
    SPEAKER = "speaker", gettext_noop("speaker")


class Reply(LabelledEnum, context="reply"):
    """Reply of an invited party (RFC 5545 PARTSTAT)."""

    NEEDS_ACTION = "needs_action", pgettext_noop("reply", "no answer")
    ACCEPTED = "accepted", pgettext_noop("reply", "accepted")
    DECLINED = "declined", pgettext_noop("reply", "declined")
    TENTATIVE = "tentative", pgettext_noop("reply", "tentative")
    DELEGATED = "delegated", pgettext_noop("reply", "delegated")


class LineKind(LabelledEnum):
    """Kind of a line of the minutes."""

    NOTE = "note", gettext_noop("note"), "n"
    DECISION = "decision", gettext_noop("decision"), "d", "p"
    ACTION = "action", gettext_noop("action"), "a", "c", "g"
    VOTE = "vote", gettext_noop("vote"), "v"
    DISSENT = "dissent", gettext_noop("dissent")
    DELEGATION = "delegation", gettext_noop("delegation")
    POST_MEETING = "post_meeting", gettext_noop("post-meeting note"), "pmn"


LABELLED_KINDS = frozenset((LineKind.VOTE, LineKind.DISSENT, LineKind.DELEGATION, LineKind.POST_MEETING))
"""Kinds that documents print as a note that begins with the kind."""


class ItemOutcome(LabelledEnum):
    """Outcome of an agenda item that needs no line."""

    NOTED = "noted", gettext_noop("noted")
    AGREED = "agreed", gettext_noop("agreed")
    DEFERRED = "deferred", gettext_noop("deferred")
    NOT_REACHED = "not_reached", gettext_noop("not reached")


class DecisionStatus(LabelledEnum, context="decision"):
    """How far a decision has come; an agreed one is superseded, implemented or withdrawn later."""

    PROPOSED = "proposed", pgettext_noop("decision", "proposed")
    AGREED = "agreed", pgettext_noop("decision", "agreed")
    SUPERSEDED = "superseded", pgettext_noop("decision", "superseded")
    IMPLEMENTED = "implemented", pgettext_noop("decision", "implemented")
    REJECTED = "rejected", pgettext_noop("decision", "rejected")
    WITHDRAWN = "withdrawn", pgettext_noop("decision", "withdrawn")


class TimeDecision(LabelledEnum):
    """Answer to a proposed time, or proposal to the organiser."""

    ACCEPT = "accept", gettext_noop("accept")
    DECLINE = "decline", gettext_noop("decline")
    PROPOSE = "propose", gettext_noop("propose")
