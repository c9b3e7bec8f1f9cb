"""Seats of a group and who sat in them at a meeting. The rules alone: where the rows come from is not known here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ahtc_tui.domain.dates.date_as_known import DateAsKnown, Precision
from ahtc_tui.domain.meetings.enums import Presence

THERE = frozenset(
    (Presence.PRESENT, Presence.ONLINE, Presence.PART, Presence.IN_ATTENDANCE, Presence.DEPUTY),
)


@dataclass(frozen=True, slots=True)
class Term:
    """A person in a post or in a seat for a time."""

    person: bytes
    name: str
    ref: str
    deputy: bool
    start: DateAsKnown | None
    end: DateAsKnown | None

    def covers(self, day: date) -> bool:
        """Whether it holds on a day."""
        return in_time(self.start, self.end, day)


@dataclass(frozen=True, slots=True)
class Place:
    """A seat of a group."""

    group: bytes
    group_name: str
    group_ref: str
    ref: str | None
    """None for a chair without a seat."""
    name: str
    party: bytes | None
    """None where the seat is of a class of organisations."""
    is_person: bool
    party_ref: str | None
    start: DateAsKnown | None
    end: DateAsKnown | None
    votes: bool
    sat_in: tuple[Term, ...]
    """Who fills the seat, deputies included, and who holds the post that it belongs to."""

    def terms(self, day: date) -> list[Term]:
        """Who sits or may sit in it on a day."""
        return [term for term in self.sat_in if term.covers(day)]

    def keys(self, day: date) -> set[bytes]:
        """The parties that are the seat itself on a day: its own, and whoever fills it."""
        own = {self.party} if self.party else set()
        return own | {term.person for term in self.terms(day) if not term.deputy}


@dataclass(frozen=True, slots=True)
class Came:
    """One line of attendance on the day of its meeting."""

    parties: frozenset[bytes]
    """Whoever it is about: a person with the posts that they hold, or a post with its holder."""
    bodies: frozenset[bytes]
    """The organisations that they are of."""
    name: str
    ref: str | None
    state: Presence
    deputy_for: frozenset[bytes]
    """Whom they stood in for, as a post and its holder; empty for nobody."""

    @property
    def deputises(self) -> bool:
        """Whether they came in somebody's place."""
        return bool(self.deputy_for) or self.state is Presence.DEPUTY


@dataclass(frozen=True, slots=True)
class Held:
    """A meeting with its attendance."""

    group: bytes
    day: date
    came: tuple[Came, ...]


class Filled(StrEnum):
    """Who sat in a seat."""

    ITSELF = "itself"
    BY_DEPUTY = "by deputy"


def in_time(start: DateAsKnown | None, end: DateAsKnown | None, day: date) -> bool:
    """Whether a day lies between two; what is known to the month or year counts from its beginning."""
    return (start is None or _first(start) <= day) and (end is None or day <= end.latest)


def _first(known: DateAsKnown) -> date:
    match known.precision:
        case Precision.MONTH | Precision.SEASON:
            return known.latest.replace(day=1)
        case Precision.YEAR:
            return known.latest.replace(month=1, day=1)
        case _:
            return known.latest


def in_office(places: Sequence[Place], meeting: Held) -> list[Place]:
    """The seats of the meeting's group that stood on its day and that somebody could fill."""
    of_group = (place for place in places if place.group == meeting.group)
    return [place for place in of_group if in_time(place.start, place.end, meeting.day) and place.keys(meeting.day)]


def filled_seats(seated: Sequence[Place], meeting: Held) -> list[Filled | None]:
    """How each seat was filled; None where nobody sat in it. Somebody with a seat of their own fills no other."""
    there = [one for one in meeting.came if one.state in THERE]
    keys = [place.keys(meeting.day) for place in seated]
    everybody = frozenset[bytes]().union(*keys)
    return [_filled(place, own, everybody, there, meeting.day) for place, own in zip(seated, keys, strict=True)]


def _filled(place: Place, own: set[bytes], everybody: frozenset[bytes], there: list[Came], day: date) -> Filled | None:
    from_it = [one for one in there if one.parties & own or (one.bodies & own and not one.parties & everybody)]
    if any(not one.deputises for one in from_it):
        return Filled.ITSELF
    known = {term.person for term in place.terms(day) if term.deputy}
    for one in there:
        if one.deputy_for & own or (not one.deputy_for and (one in from_it or one.parties & known)):
            return Filled.BY_DEPUTY
    return None


def voting(places: Sequence[Place], meeting: Held) -> int:
    """How many count towards the quorum: one for each seat with a vote that is filled, by whomever.

    Where seats are of a class of organisations only, or there are none, the register cannot say who sits there:
    everybody else who is present counts as well, but for those in attendance and those in seats without a vote.
    """
    seated = in_office(places, meeting)
    filled = filled_seats(seated, meeting)
    count = sum(place.votes and how is not None for place, how in zip(seated, filled, strict=True))
    if seated and not any(place.party is None for place in places if place.group == meeting.group):
        return count
    known = frozenset[bytes]().union(*(place.keys(meeting.day) for place in seated))
    bodies_and_deputies = [one for one in meeting.came if one.state in THERE - {Presence.IN_ATTENDANCE}]
    return count + sum(not (one.parties | one.bodies | one.deputy_for) & known for one in bodies_and_deputies)
