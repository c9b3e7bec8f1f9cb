"""Who sits where, seen whole: organisations by groups, the fora of Wales by area, and the seats of one of our posts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ahtc_tui.domain.groups.membership import OUR_POST, ForumMap, Membership, SeatMatrix, matrix_of
from ahtc_tui.domain.meetings.attendance import Counted
from ahtc_tui.services.meetings.attendance import attendance_rates
from ahtc_tui.services.meetings.service import next_meetings
from ahtc_tui.store.contacts.party_lookup import find_party
from ahtc_tui.store.groups import membership as stored
from ahtc_tui.store.groups import seats as stored_seats

if TYPE_CHECKING:
    from ahtc_tui.domain.dates.date_as_known import DateAsKnown
    from ahtc_tui.domain.groups.model import SeatRow
    from ahtc_tui.domain.meetings.attendance import AttendanceRate
    from ahtc_tui.services.workspace import Workspace


def matrix(workspace: Workspace, words: str = "") -> SeatMatrix:
    """Organisations by groups: who sits where, who has a seat that nobody is named for, whose class is not there."""
    with workspace.database.read() as cursor:
        kinds = stored.kinds(cursor)
        seats = stored_seats.seats(cursor, today=workspace.today(), words=words)
        seats.sort(key=lambda seat: (stored.MATRIX_ORDER.index(kinds[seat.group_ref]), seat.group.casefold()))
        return matrix_of(seats, stored.homes(cursor), stored.classes(cursor, seats))


def forum_map(workspace: Workspace) -> ForumMap:
    """Each forum area of Wales with its forum, or without one, and the authorities that are in no area."""
    nearest = _next_days(workspace)
    with workspace.database.read() as cursor:
        areas = stored.fora(cursor, workspace.today())
        seats = stored_seats.seats(cursor, today=workspace.today())
        outside = stored.outside(cursor)
    of_forum: dict[str, list[SeatRow]] = {}
    for seat in seats:
        of_forum.setdefault(seat.group_ref, []).append(seat)
    rows = []
    for area, _key in areas:
        own = of_forum.get(area.forum_ref or "", [])
        day = nearest.get(area.forum_ref or "")
        rows.append(replace(area, seats=len(own), unnamed=sum(seat.vacant for seat in own), next_meeting=day))
    return ForumMap(tuple(rows), outside)


def memberships(workspace: Workspace, post: str = OUR_POST) -> list[Membership]:
    """The seats of one of our posts, from our side; UK boards first, then groups, then the others. Raises NotFound."""
    nearest = _next_days(workspace)
    rates = {(rate.group_ref, rate.ref): rate for rate in attendance_rates(workspace) if rate.kind is Counted.SEAT}
    today = workspace.today()
    with workspace.database.read() as cursor:
        party = find_party(cursor, post, ("post", "person", "organisation"))
        homes = stored.homes(cursor)
        kinds = stored.kinds(cursor)
        all_seats = stored_seats.seats(cursor, today=today)
        found = []
        for seat in stored_seats.of_party(cursor, party.key, today):
            past = stored.our_past(cursor, seat.group_ref, party.key, today)
            beside = _beside(seat, all_seats, homes)
            rate = rates.get((seat.group_ref, seat.ref))
            found.append(_membership(seat, kinds[seat.group_ref], past, beside, nearest.get(seat.group_ref), rate))
    return sorted(found, key=lambda one: (stored.KIND_ORDER.index(one.group_kind), one.group.casefold()))


def _membership(
    seat: SeatRow,
    kind: str,
    past: stored.OurPast,
    beside: tuple[str, ...],
    next_meeting: DateAsKnown | None,
    rate: AttendanceRate | None,
) -> Membership:
    return Membership(
        seat.group,
        seat.group_ref,
        kind,
        seat.ref,
        seat.role,
        seat.basis,
        seat.on_behalf_of,
        seat.holder,
        beside,
        past.last_attended,
        next_meeting,
        past.papers_due,
        past.actions,
        rate.attended if rate else 0,
        rate.of if rate else 0,
        seat.to_on,
        seat.source,
    )


def _beside(seat: SeatRow, seats: list[SeatRow], homes: dict[str, tuple[str, str | None]]) -> tuple[str, ...]:
    """Who else of the same body sits on the group: the Minister."""
    ours = homes.get(seat.member_ref or "")
    return tuple(
        other.holder or other.member
        for other in seats
        if other.group_ref == seat.group_ref
        and other.ref != seat.ref
        and ours
        and other.member_kind in ("person", "post")
        and homes.get(other.member_ref or "") == ours
    )


def _next_days(workspace: Workspace) -> dict[str, DateAsKnown | None]:
    """Reference of a group to the day of its next meeting."""
    return {meeting.group_ref or "": meeting.day for meeting in reversed(next_meetings(workspace))}
