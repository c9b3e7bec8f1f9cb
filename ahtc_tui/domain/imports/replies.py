"""Answers to invitations as they are read from METHOD:REPLY calendars."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from ahtc_tui.domain.meetings.kinds import Reply


@dataclass(frozen=True, slots=True)
class InvitationAnswer:
    """The answer of one guest (RFC 5546 section 3.2.3), or another event that came with answers."""

    cell: str
    """Position in the file: "VEVENT 1"."""
    uid: str
    sequence: int | None
    """SEQUENCE; 0 where it is absent (RFC 5545 section 3.8.7.4), None where it is not a number."""
    sent: datetime | None
    """Time of the answer (DTSTAMP) in UTC."""
    guest_count: int
    """Number of ATTENDEE properties; a valid answer has one."""
    email: str
    """Address of the guest in lower case, or empty."""
    partstat: str
    """PARTSTAT in upper case."""
    delegated_to: tuple[str, ...] = ()
    """Addresses in lower case."""
    comment: str | None = None
    instance: str | None = None
    """RECURRENCE-ID as written; None for an answer to the whole meeting."""
    planned: datetime | None = None
    """RECURRENCE-ID as a time: aware where its zone is known, else a wall time."""
    whole_day: bool = False
    """RECURRENCE-ID is a date."""
    method: str = "REPLY"
    """METHOD of the calendar: only a REPLY is an answer."""
    starts: date | None = None
    """DTSTART, which a counter-proposal changes."""

    @property
    def reply(self) -> Reply | None:
        """The reply that `partstat` means, or None."""
        return REPLIES.get(self.partstat)


REPLIES = {
    "ACCEPTED": Reply.ACCEPTED,
    "TENTATIVE": Reply.TENTATIVE,
    "DECLINED": Reply.DECLINED,
    "DELEGATED": Reply.DELEGATED,
    "NEEDS-ACTION": Reply.NEEDS_ACTION,
}
