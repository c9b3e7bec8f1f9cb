"""Answers about the time of a meeting (RFC 5546): another time (COUNTER), the refusal of one (DECLINECOUNTER), and the
reply to an invitation (REPLY).
"""

from __future__ import annotations

from datetime import UTC, datetime

from ahtc_tui.domain.meetings.kinds import Reply
from ahtc_tui.domain.text.cleaning import clean_line
from ahtc_tui.formats.ics.invitation_text import parse_address
from ahtc_tui.formats.ics.invites import Invite, build_calendar, require_organiser_and_day
from ahtc_tui.formats.ics.people import build_organiser, format_person_name
from ahtc_tui.formats.ics.times import build_moved_span, find_replaced_instance

COUNTER, DECLINECOUNTER, REPLY = "COUNTER", "DECLINECOUNTER", "REPLY"


def build_time_answer(
    invite: Invite,
    starts: datetime,
    method: str,
    sender: tuple[str, str] | None = None,
    reply: Reply | None = None,
) -> bytes:
    """Return a proposal of another start, the refusal of such a proposal, or the reply to an invitation.

    SEQUENCE is the number that the meeting has.

    `sender` is name and address of the guest who answers. Raises Refused without an organiser's address or a day.
    """
    from icalendar import Event, vCalAddress

    require_organiser_and_day(invite.card)
    row, span = invite.card.row, build_moved_span(invite.card.row, starts)
    event = Event()
    event.add("uid", clean_line(row.uid))
    event.add("sequence", row.sequence)
    event.add("dtstamp", invite.changed_at.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", span.start)
    event.add("dtend", span.end)
    event.add("summary", clean_line(row.shown_title))
    event.add("organizer", build_organiser(invite.card))
    if (instance := find_replaced_instance(invite.card)) is not None:
        event.add("recurrence-id", instance)
    if sender and (address := parse_address(sender[1])):
        partstat = reply.value.upper() if reply else None
        event.add("attendee", vCalAddress.new(address, cn=format_person_name(sender[0]) or None, partstat=partstat))
    return build_calendar([event], method)
