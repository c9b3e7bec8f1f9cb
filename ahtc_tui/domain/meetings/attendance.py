"""Attendance rates of seats, persons and deputies.

A seat attended if its holder, a member of its organisation or a deputy attended. A person attended only personally:
where a deputy came every time, the seat has 100 % and its holder 0 %. Cancelled meetings and meetings without
recorded attendance are not counted. Where nothing was recorded of a seat or person at any meeting there is no rate:
nobody said that they were absent. The seat of an organisation that was never filled is left out where people of it
attended in seats of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from ahtc_tui.domain.contacts.model import OrganisationKind
from ahtc_tui.domain.i18n import _, gettext_noop
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.labelled_enum import LabelledEnum
from ahtc_tui.domain.meetings.kinds import PRESENT_STATES
from ahtc_tui.domain.meetings.seating import (
    HeldMeeting,
    Seat,
    SeatFilling,
    find_seat_fillings,
    list_current_seats,
)


def format_quorum(needed: int, present: int) -> str:
    """Return the quorum with its result: "quorum 8 ✓", or "quorum 8: 3 short"."""
    if present >= needed:
        return _("quorum {n} ✓").format(n=needed)
    return _("quorum {n}: {m} short").format(n=needed, m=needed - present)


class RateSubject(LabelledEnum):
    """Whose attendance a rate measures."""

    SEAT = "seat", gettext_noop("seat")
    BODY = "kind of body", gettext_noop("kind of body")
    """All seats of one kind of body, such as health boards; each seat counts at each meeting."""
    PERSON = "person", gettext_noop("person")
    DEPUTY = "deputy", gettext_noop("deputy")
    """A deputy: number of meetings without a total, since deputies are not expected."""


@dataclass(frozen=True, slots=True)
class AttendanceRate:
    """Attended meetings of a seat, kind of body, person or deputy."""

    group: str
    group_ref: str
    kind: RateSubject
    name: str
    ref: str | None
    attended: int
    of: int
    """Held meetings with attendance during the term of the seat or person."""
    rate: float | None
    """From 0 to 1; None without meetings, or where nothing is recorded."""
    by_deputy: int
    """Meetings that a deputy attended for the seat or person; for a deputy all attended meetings."""
    last_on: date | None = None
    """Day of the last attended meeting."""
    recorded: int = 0
    """Meetings of those whose attendance of the seat or person is recorded; for a deputy none."""


@dataclass
class _Tally:
    """How many of the meetings were attended, and how many of those by a deputy."""

    attended: int = 0
    of: int = 0
    by_deputy: int = 0
    last_on: date | None = None
    recorded: int = 0

    def compute_rate(self) -> float | None:
        """From 0 to 1; None without meetings, or where nothing is recorded."""
        return self.attended / self.of if self.recorded else None

    def add_meeting(self, day: date, *, present: bool, deputy: bool, recorded: bool) -> None:
        """Count one meeting; the meetings come by day."""
        self.of += 1
        self.recorded += present or recorded
        self.attended += present
        self.by_deputy += deputy
        self.last_on = day if present else self.last_on


@dataclass
class _GroupTallies:
    """Tallies of the seats, people and deputies of one group, from which its rates are built."""

    name: str
    ref: str
    seats: dict[tuple[str, str | None], _Tally] = field(default_factory=dict)
    bodies: dict[OrganisationKind, _Tally] = field(default_factory=dict)
    people: dict[tuple[str, str | None], _Tally] = field(default_factory=dict)
    deputies: dict[tuple[str, str | None], _Tally] = field(default_factory=dict)
    refs: dict[tuple[str, str | None], str | None] = field(default_factory=dict)
    """Reference of the latest seat by member."""

    def build_rates(self) -> Iterable[AttendanceRate]:
        """Rates of seats in their order, then of kinds of body, persons and deputies by name.

        A person with a seat is not listed as a deputy again.
        """
        deputies = {person: tally for person, tally in self.deputies.items() if person not in self.people}
        bodies = {(body.label, None): tally for body, tally in self.bodies.items()}
        for kind, tallies in (
            (RateSubject.SEAT, self.seats),
            (RateSubject.BODY, bodies),
            (RateSubject.PERSON, self.people),
            (RateSubject.DEPUTY, deputies),
        ):
            entries = list(tallies.items())
            for (name, ref), tally in (
                entries if kind is RateSubject.SEAT else sorted(entries, key=lambda entry: str(entry[0]))
            ):
                counts = (tally.attended, tally.of, tally.compute_rate(), tally.by_deputy)
                rate_ref = self.refs[name, ref] if kind is RateSubject.SEAT else ref
                last_on, recorded = tally.last_on, tally.recorded
                yield AttendanceRate(self.name, self.ref, kind, name, rate_ref, *counts, last_on, recorded)


def compute_attendance_rates(seats: Sequence[Seat], meetings: Sequence[HeldMeeting]) -> list[AttendanceRate]:
    """Rates of all seats, persons and deputies, by group in the order of the seats."""
    tallies_by_group: dict[RowKey, _GroupTallies] = {}
    for seat in seats:
        tallies_by_group.setdefault(seat.group, _GroupTallies(seat.group_name, seat.group_ref))
    represented = _find_represented(seats, meetings)
    for meeting in meetings:
        if meeting.attendees and meeting.group in tallies_by_group:
            group_tallies, seated = tallies_by_group[meeting.group], list_current_seats(seats, meeting)
            seated = [seat for seat in seated if seat.key not in represented]
            fillings = find_seat_fillings(seated, meeting)
            _count_seats(group_tallies, seated, fillings, meeting)
            _count_people(group_tallies, seated, fillings, meeting)
            _count_deputies(group_tallies, seated, meeting)
    return [rate for group_tallies in tallies_by_group.values() for rate in group_tallies.build_rates()]


def _find_represented(seats: Sequence[Seat], meetings: Sequence[HeldMeeting]) -> set[RowKey | None]:
    """Return the seats of organisations that were never filled, while people of them attended in their own seats."""
    filled: set[RowKey | None] = set()
    represented: set[RowKey | None] = set()
    for meeting in meetings:
        seated = list_current_seats(seats, meeting)
        own_keys = [seat.list_party_keys(meeting.day) for seat in seated]
        with_seat = [
            attendee
            for attendee in meeting.attendees
            if attendee.state in PRESENT_STATES and any(attendee.parties & own for own in own_keys)
        ]
        for seat, filling in zip(seated, find_seat_fillings(seated, meeting), strict=True):
            if filling:
                filled.add(seat.key)
            elif any(seat.party in attendee.bodies for attendee in with_seat):
                represented.add(seat.key)
    return represented - filled


def _is_recorded(seat: Seat, meeting: HeldMeeting) -> bool:
    """Return whether anything is recorded about the attendance of a seat, absence included."""
    own = seat.list_party_keys(meeting.day)
    return any(
        attendee.parties & own or attendee.deputy_for & own or attendee.bodies & own or attendee.seat == seat.key
        for attendee in meeting.attendees
        if seat.key or not attendee.seat
    )


def _count_seats(
    group_tallies: _GroupTallies, seated: Sequence[Seat], fillings: Sequence[SeatFilling | None], meeting: HeldMeeting
) -> None:
    """Count one meeting for each member, once for a member with two seats or a second term."""
    fillings_by_member: dict[tuple[str, str | None], list[SeatFilling | None]] = {}
    recorded: set[tuple[str, str | None]] = set()
    bodies: dict[tuple[str, str | None], OrganisationKind] = {}
    for seat, filling in zip(seated, fillings, strict=True):
        member = (seat.name, seat.party_ref or seat.ref)
        fillings_by_member.setdefault(member, []).append(filling)
        group_tallies.refs[member] = seat.ref or seat.party_ref
        if _is_recorded(seat, meeting):
            recorded.add(member)
        if seat.body:
            bodies[member] = seat.body
    for member, member_fillings in fillings_by_member.items():
        by_deputy = SeatFilling.ITSELF not in member_fillings and SeatFilling.BY_DEPUTY in member_fillings
        tallies = [group_tallies.seats.setdefault(member, _Tally())]
        if member in bodies:
            tallies.append(group_tallies.bodies.setdefault(bodies[member], _Tally()))
        for tally in tallies:
            present = any(member_fillings)
            tally.add_meeting(meeting.day, present=present, deputy=by_deputy, recorded=member in recorded)


def _count_people(
    group_tallies: _GroupTallies, seated: Sequence[Seat], fillings: Sequence[SeatFilling | None], meeting: HeldMeeting
) -> None:
    """Count one meeting for each person in a seat, once for a person with two seats."""
    tallies: dict[tuple[str, str | None], tuple[bool, bool, bool]] = {}
    for seat, filling in zip(seated, fillings, strict=True):
        is_deputised, is_recorded = filling is SeatFilling.BY_DEPUTY, _is_recorded(seat, meeting)
        for person, attended in _find_personal_attendance(seat, meeting):
            before = tallies.get(person, (False, False, False))
            tallies[person] = (before[0] or attended, before[1] or is_deputised, before[2] or is_recorded)
    for person, (attended, deputy, is_recorded) in tallies.items():
        tally = group_tallies.people.setdefault(person, _Tally())
        tally.add_meeting(meeting.day, present=attended, deputy=deputy and not attended, recorded=is_recorded)


def _find_personal_attendance(seat: Seat, meeting: HeldMeeting) -> Iterable[tuple[tuple[str, str | None], bool]]:
    """Yield name and reference of each person in a seat, and whether they attended personally."""
    holders = {
        (term.name or "", term.ref): term.person
        for term in seat.list_terms(meeting.day)
        if term.person and not term.deputy
    }
    if not holders and seat.is_person and seat.party:
        holders = {(seat.name, seat.party_ref or ""): seat.party}
    for person, person_key in holders.items():
        represented = {person_key, seat.party} if len(holders) == 1 and seat.party else {person_key}
        yield (
            person,
            any(
                attendee.state in PRESENT_STATES and not attendee.is_deputy and attendee.parties & represented
                for attendee in meeting.attendees
            ),
        )


def _count_deputies(group_tallies: _GroupTallies, seated: Sequence[Seat], meeting: HeldMeeting) -> None:
    """Count one meeting for each deputy, without those whose time as a deputy was over."""
    for attendee in meeting.attendees:
        expired = any(seat.is_expired_deputy(attendee.parties, meeting.day) for seat in seated)
        if attendee.state in PRESENT_STATES and attendee.is_deputy and not expired:
            tally = group_tallies.deputies.setdefault((attendee.name, attendee.ref), _Tally())
            tally.by_deputy, tally.last_on = tally.by_deputy + 1, meeting.day
