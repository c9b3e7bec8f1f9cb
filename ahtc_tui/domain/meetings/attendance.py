"""How often seats and people were at the meetings that they were due at: the rule, never where the rows come from.

A seat was there if anybody sat in it: its holder, somebody of its organisation, or a deputy. A person was there only in
person. So a seat that a deputy filled each time has 100 %, and the person who holds it 0 %. Meetings that were called
off, and those where nobody took attendance, do not count at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.meetings.seating import THERE, Filled, Held, Place, filled_seats, in_office


def say_quorum(needed: int, there: int) -> str:
    """Whether enough are there: "quorum 8 ✓", or "quorum 8: 3 short"."""
    if there >= needed:
        return _("quorum {n} ✓").format(n=needed)
    return _("quorum {n}: {m} short").format(n=needed, m=needed - there)


class Counted(StrEnum):
    """What a rate is about."""

    SEAT = "seat"
    PERSON = "person"
    DEPUTY = "deputy"
    """Somebody who came for another: how often, and of nothing, because nobody expected them."""


@dataclass(frozen=True, slots=True)
class AttendanceRate:
    """How often a seat or a person was there, of how many meetings."""

    group: str
    group_ref: str
    kind: Counted
    name: str
    ref: str | None
    attended: int
    of: int
    """The meetings with attendance that were held while the seat, or the person in it, was due to come."""
    rate: float | None
    """From 0 to 1; None of no meetings."""
    by_deputy: int
    """Of a seat, how many of those attended were a deputy's; of a person, how often another came instead; of a deputy,
    how often they came for somebody."""


@dataclass
class _Tally:
    attended: int = 0
    of: int = 0
    by_deputy: int = 0

    def rate(self) -> float | None:
        """From 0 to 1; None of no meetings."""
        return self.attended / self.of if self.of else None

    def add(self, *, there: bool, deputy: bool) -> None:
        """One more meeting."""
        self.of += 1
        self.attended += there
        self.by_deputy += deputy


@dataclass
class _Count:
    """The rates of one group."""

    name: str
    ref: str
    seats: dict[tuple[str, str | None], _Tally] = field(default_factory=dict)
    people: dict[tuple[str, str | None], _Tally] = field(default_factory=dict)
    deputies: dict[tuple[str, str | None], _Tally] = field(default_factory=dict)

    def rates(self) -> Iterable[AttendanceRate]:
        """Seats in the order of the group, then people, then deputies, each by name."""
        for kind, tallies in (
            (Counted.SEAT, self.seats),
            (Counted.PERSON, self.people),
            (Counted.DEPUTY, self.deputies),
        ):
            listed = list(tallies.items())
            for (name, ref), tally in listed if kind is Counted.SEAT else sorted(listed, key=lambda one: str(one[0])):
                counts = (tally.attended, tally.of, tally.rate(), tally.by_deputy)
                yield AttendanceRate(self.name, self.ref, kind, name, ref, *counts)


def rates(places: Sequence[Place], meetings: Sequence[Held]) -> list[AttendanceRate]:
    """The rates of every seat and person, group by group in the order of the places."""
    counts: dict[bytes, _Count] = {}
    for place in places:
        counts.setdefault(place.group, _Count(place.group_name, place.group_ref))
    for meeting in meetings:
        if meeting.came and meeting.group in counts:
            count, seated = counts[meeting.group], in_office(places, meeting)
            filled = filled_seats(seated, meeting)
            for place, how in zip(seated, filled, strict=True):
                seat = count.seats.setdefault((place.name, place.ref or place.party_ref), _Tally())
                seat.add(there=how is not None, deputy=how is Filled.BY_DEPUTY)
            _count_people(count, seated, filled, meeting)
            _count_deputies(count, meeting)
    return [rate for count in counts.values() for rate in count.rates()]


def _count_people(count: _Count, seated: Sequence[Place], filled: Sequence[Filled | None], meeting: Held) -> None:
    """One meeting of everybody who sits in a seat; whoever sits in two is due once."""
    tallies: dict[tuple[str, str | None], tuple[bool, bool]] = {}
    for place, how in zip(seated, filled, strict=True):
        for who, came in _in_person(place, meeting):
            before = tallies.get(who, (False, False))
            tallies[who] = (before[0] or came, before[1] or how is Filled.BY_DEPUTY)
    for who, (came, deputy) in tallies.items():
        count.people.setdefault(who, _Tally()).add(there=came, deputy=deputy and not came)


def _in_person(place: Place, meeting: Held) -> Iterable[tuple[tuple[str, str | None], bool]]:
    """Name and reference of each person who sits in a seat, and whether they were there themselves."""
    holders = {(term.name, term.ref): term.person for term in place.terms(meeting.day) if not term.deputy}
    if not holders and place.is_person and place.party:
        holders = {(place.name, place.party_ref or ""): place.party}
    for who, person in holders.items():
        speaks = {person, place.party} if len(holders) == 1 and place.party else {person}
        yield who, any(one.state in THERE and not one.deputises and one.parties & speaks for one in meeting.came)


def _count_deputies(count: _Count, meeting: Held) -> None:
    for one in meeting.came:
        if one.state in THERE and one.deputises:
            count.deputies.setdefault((one.name, one.ref), _Tally()).by_deputy += 1
