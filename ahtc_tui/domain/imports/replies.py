"""Answers to invitations, one as its file gives it. Never a file or a database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ahtc_tui.domain.meetings.model import Reply


@dataclass(frozen=True, slots=True)
class InvitationAnswer:
    """One guest's answer as a METHOD:REPLY calendar gives it (RFC 5546 section 3.2.3)."""

    cell: str
    """Where it stands in the file: "VEVENT 1"."""
    uid: str
    sequence: int | None
    """0 where the file has none (RFC 5545 section 3.8.7.4); None where it cannot be read."""
    sent: datetime | None
    """When it was answered (DTSTAMP), in UTC."""
    guest_count: int
    """How many guests it names; an answer has one."""
    email: str
    """The guest's address in small letters; empty where there is none."""
    partstat: str
    """PARTSTAT in capitals."""
    delegated_to: tuple[str, ...] = ()
    """Addresses in small letters."""
    comment: str | None = None
    instance: str | None = None
    """The day of a series that it is about, as written; None for the whole meeting."""
    planned: datetime | None = None
    """The same as a time: an instant where its zone was known, else a wall time."""
    whole_day: bool = False
    """The day is named without an hour."""

    @property
    def reply(self) -> Reply | None:
        """The answer; None for a word that is none."""
        return REPLIES.get(self.partstat)


REPLIES = {
    "ACCEPTED": Reply.ACCEPTED,
    "TENTATIVE": Reply.TENTATIVE,
    "DECLINED": Reply.DECLINED,
    "DELEGATED": Reply.DELEGATED,
    "NEEDS-ACTION": Reply.NEEDS_ACTION,
}
