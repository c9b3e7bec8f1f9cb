"""Checks a roll call against the seats of the group on the day of the meeting, and warns of interests."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from ahtc_tui.domain.dates.date_as_known import read_stored_date
from ahtc_tui.domain.errors import BadInput, Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.meetings.decisions import Votes
from ahtc_tui.domain.meetings.kinds import PRESENT_STATES
from ahtc_tui.domain.meetings.roll_call import Choice, RollCall, TypedRollCall, read_roll_call
from ahtc_tui.domain.meetings.seating import HeldMeeting, Seat, find_seat_fillings, has_class_vote, list_current_seats
from ahtc_tui.services.record_lookup import CONTACT_KINDS, find_meeting_key
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.contacts.interests import read_item_interests
from ahtc_tui.store.contacts.party_lookup import Party, find_party
from ahtc_tui.store.meetings import attendance as stored
from ahtc_tui.store.meetings.cards import read_card
from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.records.fields import read_field

CHAIR_ROLES = ("chair", "deputy-chair")


class Electorate(NamedTuple):
    """The seats of the group on the day, and who is present at the item."""

    seats: list[Seat]
    meeting: HeldMeeting
    present: list[bool]
    """Whether each seat is filled."""
    is_recorded: bool
    """Whether any person is recorded as present."""


def check_roll_call(cursor: Cursor, meeting: RowKey, item: int | None, roll: TypedRollCall, today: date) -> RollCall:
    """Return a roll call with the seat of each voter.

    Raises NotFound for an unknown name, BadInput for a name that votes twice, and Refused for a person without a vote
    or not present, a deputy whose time is over, and a casting vote without equal votes or other than the chair's.
    """
    electorate = _read_electorate(cursor, meeting, item, today)
    votes: dict[RowKey, Choice] = {}
    sides: dict[RowKey, Choice] = {}
    for choice, name in roll.votes:
        party = find_party(cursor, name.replace(".", " "), CONTACT_KINDS)
        seat = _find_voting_seat(electorate, party)
        key = seat.key or seat.party or party.key
        if key in votes:
            raise BadInput(_("The seat of {name} votes twice. Each seat has one vote.").format(name=seat.name))
        votes[key] = sides[party.key] = choice
    counted = tuple((choice, key) for key, choice in votes.items())
    if roll.casting is None:
        return RollCall(counted)
    counts = RollCall(counted).counts
    if counts.in_favour != counts.against:
        raise Refused(_("The votes for and against are not equal, so there is no casting vote."))
    chair = find_party(cursor, roll.casting.replace(".", " "), CONTACT_KINDS)
    seats = [seat for seat in electorate.seats if seat.role in CHAIR_ROLES]
    own = [seat for seat in seats if _belongs_to(seat, chair, electorate.meeting)]
    if seats and not own:
        raise Refused(_("{name} is not in the chair, so cannot give the casting vote.").format(name=chair.name))
    key = (own[0].key or own[0].party if own else None) or chair.key
    return RollCall(counted, key, roll.casting_side or votes.get(key) or Choice.FOR)


def refuse_votes_above_seats(cursor: Cursor, meeting: RowKey, votes: Votes, today: date) -> None:
    """Raise Refused where more votes are counted than the group has seats with a vote on the day."""
    held = stored.read_meeting_attendance(cursor, meeting, today)
    places = stored.read_places(cursor, held.group or None) if held.group else []
    votes_by_seat = {seat.party or seat.key for seat in list_current_seats(places, held) if seat.votes}
    if votes_by_seat and votes.total > len(votes_by_seat) and not has_class_vote(places, held):
        sentence = _("{n} votes are counted, but the group has {m} seats with a vote.")
        raise Refused(sentence.format(n=votes.total, m=len(votes_by_seat)))


def voter_interests(workspace: Workspace, ref: str, line: RowKey) -> tuple[str, ...]:
    """Return the interests of those who voted in a line in what its item names. Raises NotFound."""
    with workspace.database.read() as cursor:
        meeting = find_meeting_key(cursor, ref)
        return read_voter_interests(cursor, meeting, workspace.today()).get(line, ())


def read_voter_interests(cursor: Cursor, meeting: RowKey, today: date) -> dict[RowKey, tuple[str, ...]]:
    """Return, by key of a line with a roll call, the interests of those who voted in what its item names."""
    card = read_card(cursor, meeting, today)
    rolls = {key: roll for key, votes in stored.read_votes(cursor, meeting) if (roll := read_roll_call(votes))}
    if not rolls:
        return {}
    electorate = _read_electorate(cursor, meeting, None, today)
    lines = [(number, line) for number, line in enumerate(card.lines) if line.key in rolls]
    titles = {item.position: item.title for item in card.agenda}
    texts = [(number, f"{titles.get(line.item or 0, '')} {line.text}") for number, line in lines]
    found = read_item_interests(cursor, meeting, electorate.meeting.day.isoformat(), texts)
    warnings: dict[RowKey, tuple[str, ...]] = {}
    for number, line in lines:
        voted = {key for _choice, key in rolls[line.key].votes}
        refs = {
            ref
            for seat in electorate.seats
            if seat.key in voted
            for ref in (seat.party_ref, *(term.ref for term in seat.list_terms(electorate.meeting.day)))
        }
        sentences = tuple(str(interest) for interest in found.get(number, ()) if interest.name_ref in refs)
        if sentences:
            warnings[line.key] = sentences
    return warnings


def _read_electorate(cursor: Cursor, meeting: RowKey, item: int | None, today: date) -> Electorate:
    held = stored.read_meeting_attendance(cursor, meeting, today).at_item(item)
    day = read_stored_date(read_field(cursor, "meetings", meeting, "day"))
    seats = stored.read_places(cursor, held.group or None) if held.group and day else []
    current = list_current_seats(seats, held)
    present = [filling is not None for filling in find_seat_fillings(current, held)]
    is_recorded = any(attendee.state in PRESENT_STATES for attendee in held.attendees)
    return Electorate(current, held, present, is_recorded)


def _find_voting_seat(electorate: Electorate, party: Party) -> Seat:
    own = [
        (seat, filled)
        for seat, filled in zip(electorate.seats, electorate.present, strict=True)
        if _belongs_to(seat, party, electorate.meeting)
    ]
    voting = [(seat, filled) for seat, filled in own if seat.votes]
    if not voting:
        day = electorate.meeting.day
        if any(seat.is_expired_deputy(frozenset((party.key,)), day) for seat in electorate.seats):
            raise Refused(_("{name} is no longer a deputy on the date of the meeting.").format(name=party.shown_name))
        raise Refused(_("{name} has no vote in this group.").format(name=party.shown_name))
    seat, filled = voting[0]
    if electorate.is_recorded and not filled:
        raise Refused(_("{name} is not recorded as present at the item.").format(name=party.shown_name))
    return seat


def _belongs_to(seat: Seat, party: Party, meeting: HeldMeeting) -> bool:
    """Return whether a party votes by a seat: its member, who fills it, or its deputy on the day."""
    own = seat.list_party_keys(meeting.day)
    if party.key in own or any(term.person == party.key for term in seat.list_terms(meeting.day)):
        return True
    if seat.is_expired_deputy(frozenset((party.key,)), meeting.day):
        return False
    return any(
        party.key in attendee.parties
        and (attendee.deputy_for & own or attendee.bodies & own or (attendee.seat and attendee.seat == seat.key))
        for attendee in meeting.attendees
    )
