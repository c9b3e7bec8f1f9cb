"""ORGANIZER and ATTENDEE properties of invitations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ahtc_tui.domain.meetings.kinds import InviteRole
from ahtc_tui.domain.meetings.model import InviteeRow, MeetingCard
from ahtc_tui.domain.text.cleaning import clean_line
from ahtc_tui.formats.ics.invitation_text import parse_address

if TYPE_CHECKING:
    from icalendar import vCalAddress

_ROLES = {InviteRole.CHAIR: "CHAIR", InviteRole.OPTIONAL: "OPT-PARTICIPANT"}


def list_without_address(card: MeetingCard) -> tuple[InviteeRow, ...]:
    """Return the invitees without an e-mail address."""
    return tuple(invitee for invitee in card.invitees if parse_address(invitee.email) is None)


def list_recipients(card: MeetingCard) -> tuple[tuple[str, str, InviteeRow], ...]:
    """Return name, address and row of the invitees, each address once."""
    recipients: dict[str, tuple[str, str, InviteeRow]] = {}
    for invitee in card.invitees:
        if email := parse_address(invitee.email):
            recipients.setdefault(email.lower(), (format_person_name(invitee.shown_name), email, invitee))
    return tuple(recipients.values())


def build_organiser(card: MeetingCard) -> vCalAddress | None:
    """Return ORGANIZER (RFC 5545 section 3.8.4.3), or None without an address."""
    from icalendar import vCalAddress

    email = parse_address(card.organiser_email)
    return vCalAddress.new(email, cn=format_person_name(card.shown_organiser) or None) if email else None


def build_attendees(card: MeetingCard, *, request_reply: bool) -> list[vCalAddress]:
    """Return ATTENDEE properties (RFC 5545 section 3.8.4.1); a speaker is REQ-PARTICIPANT, since ROLE has no value for
    one.

    A request needs at least one (RFC 5546 section 3.2.2): if no guest has an address, it is the organiser.
    """
    from icalendar import vCalAddress

    sender = parse_address(card.organiser_email)
    if request_reply and sender and not list_recipients(card):
        return [vCalAddress.new(sender, cn=format_person_name(card.shown_organiser) or None, partstat="ACCEPTED")]
    return [
        vCalAddress.new(
            email,
            cn=name or None,
            role=_ROLES.get(invitee.role, "REQ-PARTICIPANT"),
            partstat=invitee.reply.value.upper().replace("_", "-"),
            rsvp=True if request_reply else None,
        )
        for name, email, invitee in list_recipients(card)
    ]


def format_person_name(name: str | None) -> str:
    """Return a name for a parameter or mail header: one line, quotation marks as apostrophes (RFC 5545 section 3.2)."""
    return clean_line(name).replace('"', "'")
