"""Seats of a group, and how they were filled at a meeting."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from ahtc_tui.domain.contacts.model import OrganisationKind
from ahtc_tui.domain.contacts.post_holders import build_replacement_rule
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.dates.periods import Period, Timeline
from ahtc_tui.domain.groups.model import SeatRole
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.meetings.attended_items import is_present_at
from ahtc_tui.domain.meetings.kinds import PRESENT_STATES, Presence


@dataclass(frozen=True, slots=True)
class Term:
    """A person's term in a post or seat."""

    person: RowKey | None
    """None where the person is not known, or the place is vacant."""
    name: str | None
    ref: str | None
    deputy: bool
    start: DateAsKnown | None
    end: DateAsKnown | None
    acting: bool = False
    vacant: bool = False

    @property
    def period(self) -> Period:
        """Period as entered."""
        return Period(self.start, self.end)


def build_term_timeline(terms: Iterable[Term], collective: bool = False) -> Timeline[Term]:
    """Return the holders of a post, or the people who fill a seat, over time."""
    return Timeline(terms, lambda term: term.period, build_replacement_rule(collective))


NO_TERMS: Timeline[Term] = build_term_timeline(())


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat of a group with its occupants and terms, as attendance is compared with it."""

    key: RowKey | None
    """None for a chair who has no seat."""
    role: str
    group: RowKey
    group_name: str
    group_ref: str
    ref: str | None
    name: str
    party: RowKey | None
    """None if the seat belongs to a class of organisations."""
    is_person: bool
    party_ref: str | None
    start: DateAsKnown | None
    end: DateAsKnown | None
    votes: bool
    body: OrganisationKind | None = None
    """Kind of the organisation that has the seat, or to which its holder belongs."""
    occupants: Timeline[Term] = NO_TERMS
    """The people named as occupants of the seat."""
    holders: Timeline[Term] = NO_TERMS
    """Holders of the post that has the seat."""
    deputies: tuple[Term, ...] = ()

    def list_terms(self, day: date) -> list[Term]:
        """Return the terms of those who fill the seat on a day, then those of its deputies."""
        filling = self.occupants.list_valid(day) or self.holders.list_valid(day)
        deputies = (term for term in self.deputies if term.period.includes(day))
        return [*(term for term in filling if term.person), *deputies]

    def is_expired_deputy(self, people: frozenset[RowKey], day: date) -> bool:
        """Return whether people are recorded as deputies of the seat, and none of their periods includes a day."""
        terms = [term for term in self.deputies if term.person in people]
        return bool(terms) and not any(term.period.includes(day) for term in terms)

    def list_party_keys(self, day: date) -> set[RowKey]:
        """Return the keys of the parties that fill the seat on a day: its member and occupants, without deputies."""
        own = {self.party} if self.party else set()
        return own | {term.person for term in self.list_terms(day) if term.person and not term.deputy}


@dataclass(frozen=True, slots=True)
class Attended:
    """Attendance of one party at a meeting."""

    parties: frozenset[RowKey]
    """Keys of the party: a person with their posts, or a post with its holder."""
    bodies: frozenset[RowKey]
    """Keys of its organisations."""
    name: str
    ref: str | None
    state: Presence
    deputy_for: frozenset[RowKey]
    """Keys of the represented post and its holder; empty if not a deputy."""
    person: RowKey | None = None
    """Key of the person, also of one who attends as the holder of a post; None if not known."""
    items: str | None = None
    """Agenda items that the party attended; None for all of them."""
    seat: RowKey | None = None
    """Key of the seat for which the party attended, where it is named."""

    @property
    def is_deputy(self) -> bool:
        """Whether the party attended as a deputy."""
        return bool(self.deputy_for) or self.state is Presence.DEPUTY


@dataclass(frozen=True, slots=True)
class HeldMeeting:
    """A held meeting with its attendance."""

    group: RowKey
    day: date
    attendees: tuple[Attended, ...]

    def at_item(self, position: int | None) -> HeldMeeting:
        """Return the meeting with those who were present at an agenda item; without an item all who attended."""
        if position is None:
            return self
        attendees = (attendee for attendee in self.attendees if is_present_at(attendee.items, position))
        return replace(self, attendees=tuple(attendees))


class SeatFilling(StrEnum):
    """How a seat was filled."""

    ITSELF = "itself"
    BY_DEPUTY = "by deputy"


def list_current_seats(seats: Sequence[Seat], meeting: HeldMeeting) -> list[Seat]:
    """Return the seats of the meeting's group that existed on its day; seats of a class only if filled or attended for.

    A member with several terms in one role counts once, with the latest term, and so do several chairs.
    """
    terms: dict[tuple[object, ...], list[Seat]] = {}
    for seat in seats:
        if seat.group == meeting.group:
            member = None if seat.role == SeatRole.CHAIR else seat.party or seat.name
            terms.setdefault((member, seat.role), []).append(seat)
    valid = {
        id(seat)
        for of_member in terms.values()
        for seat in Timeline(of_member, lambda seat: Period(seat.start, seat.end)).list_valid(meeting.day)
    }
    named = {attendee.seat for attendee in meeting.attendees if attendee.seat}
    return [seat for seat in seats if id(seat) in valid and (seat.list_party_keys(meeting.day) or seat.key in named)]


def find_seat_fillings(seats: Sequence[Seat], meeting: HeldMeeting) -> list[SeatFilling | None]:
    """Return how each seat was filled, None if empty. A party with a seat fills only that seat."""
    present = [attendee for attendee in meeting.attendees if attendee.state in PRESENT_STATES]
    keys = [seat.list_party_keys(meeting.day) for seat in seats]
    everybody = frozenset[RowKey]().union(*keys)
    return [_find_filling(seat, own, everybody, present, meeting.day) for seat, own in zip(seats, keys, strict=True)]


def _find_filling(
    seat: Seat, own: set[RowKey], everybody: frozenset[RowKey], present: list[Attended], day: date
) -> SeatFilling | None:
    representatives = [
        attendee
        for attendee in present
        if attendee.seat in (None, seat.key)
        and (attendee.parties & own or (attendee.bodies & own and not attendee.parties & everybody))
    ]
    if any(not attendee.is_deputy for attendee in representatives):
        return SeatFilling.ITSELF
    deputies = {term.person for term in seat.list_terms(day) if term.deputy}
    for attendee in present:
        if seat.is_expired_deputy(attendee.parties, day):
            continue
        stands_in = attendee.deputy_for & own or (attendee.seat and attendee.seat == seat.key)
        if stands_in or (
            not attendee.deputy_for
            and not attendee.seat
            and (attendee in representatives or attendee.parties & deputies)
        ):
            return SeatFilling.BY_DEPUTY
    return None


def has_class_vote(seats: Sequence[Seat], meeting: HeldMeeting) -> bool:
    """Return whether a class of organisations, which may have any number of members, had a vote on the day."""
    return any(
        seat.party is None
        and seat.votes
        and seat.group == meeting.group
        and Period(seat.start, seat.end).includes(meeting.day)
        for seat in seats
    )


def count_voting(seats: Sequence[Seat], meeting: HeldMeeting) -> int:
    """Return the number of votes present for the quorum: one for each member with a filled seat that has a vote.

    If the group has no seats, or a class of organisations has a vote, other present parties count as well, except those
    in attendance and those in seats without a vote.
    """
    current_seats = list_current_seats(seats, meeting)
    fillings = find_seat_fillings(current_seats, meeting)
    voting = {
        seat.party or seat.key
        for seat, filling in zip(current_seats, fillings, strict=True)
        if seat.votes and filling is not None
    }
    count = len(voting)
    if current_seats and not has_class_vote(seats, meeting):
        return count
    seated_parties = frozenset[RowKey]().union(*(seat.list_party_keys(meeting.day) for seat in current_seats))
    voters = [attendee for attendee in meeting.attendees if attendee.state in PRESENT_STATES - {Presence.IN_ATTENDANCE}]
    return count + sum(
        attendee.seat is None and not (attendee.parties | attendee.bodies | attendee.deputy_for) & seated_parties
        for attendee in voters
    )
