"""Views of membership: organisations by groups, fora by area, and the seats of one party. Reads only."""

from __future__ import annotations

from dataclasses import replace

from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.groups.membership import ForumMap, Membership, SeatMatrix, build_seat_matrix
from ahtc_tui.domain.groups.model import MemberKind, SeatRow, SeatState
from ahtc_tui.domain.meetings.attendance import AttendanceRate, RateSubject
from ahtc_tui.domain.text.collation import build_sort_key
from ahtc_tui.services.meetings.attendance import list_attendance_rates
from ahtc_tui.services.meetings.series_dates import find_next_days
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.contacts.own_post import require_own_post
from ahtc_tui.store.contacts.party_lookup import find_party
from ahtc_tui.store.groups import membership as stored
from ahtc_tui.store.groups import seats as stored_seats


def show_seat_matrix(workspace: Workspace, words: str = "") -> SeatMatrix:
    """Return organisations by groups with who sits where and where a named member is missing."""
    with workspace.database.read() as cursor:
        kinds = stored.read_group_kinds(cursor)
        seats = stored_seats.read_seats(cursor, today=workspace.today(), words=words)
        seats.sort(
            key=lambda seat: (
                stored.MATRIX_ORDER.index(kinds[seat.group_ref]),
                build_sort_key(seat.group, str.casefold),
            )
        )
        organisations = stored.read_party_organisations(cursor)
        return build_seat_matrix(seats, organisations, stored.read_class_members(cursor, seats))


def build_forum_map(workspace: Workspace) -> ForumMap:
    """Return each forum area with its forum, if any, and the local authorities outside all areas."""
    with workspace.database.read() as cursor:
        next_days = find_next_days(cursor, workspace.today())
        areas = stored.read_forum_areas(cursor, workspace.today())
        seats = stored_seats.read_seats(cursor, today=workspace.today())
        outside = stored.read_authorities_outside_fora(cursor)
    of_forum: dict[str, list[SeatRow]] = {}
    for seat in seats:
        of_forum.setdefault(seat.group_ref, []).append(seat)
    rows = []
    for area in areas:
        seats_on_day = of_forum.get(area.forum_ref or "", [])
        own = [seat for seat in seats_on_day if seat.state is not SeatState.FUTURE]
        day = next_days.get(area.forum_ref or "")
        rows.append(replace(area, seats=len(own), unnamed=sum(seat.vacant for seat in own), next_meeting=day))
    return ForumMap(tuple(rows), outside)


def list_memberships(workspace: Workspace, post: str = "") -> list[Membership]:
    """Return the seats of a post, person or organisation, else of our post, UK boards first. Raises NotFound."""
    seat_rates = (rate for rate in list_attendance_rates(workspace) if rate.kind is RateSubject.SEAT)
    rates = {(rate.group_ref, rate.name): rate for rate in seat_rates}
    today = workspace.today()
    with workspace.database.read() as cursor:
        next_days = find_next_days(cursor, today)
        party = find_party(cursor, post or require_own_post(cursor), ("post", "person", "organisation"))
        homes = stored.read_party_organisations(cursor)
        kinds = stored.read_group_kinds(cursor)
        all_seats = stored_seats.read_seats(cursor, today=today)
        rows = []
        for seat in stored_seats.read_party_seats(cursor, party.key, today):
            past = stored.read_post_history(cursor, seat.group_ref, party.key, today)
            colleagues = _find_colleagues(seat, all_seats, homes)
            rate = rates.get((seat.group_ref, seat.member))
            next_day = next_days.get(seat.group_ref)
            rows.append(_build_membership(seat, kinds[seat.group_ref], past, colleagues, next_day, rate))
    return sorted(
        rows, key=lambda row: (stored.KIND_ORDER.index(row.group_kind), build_sort_key(row.group, str.casefold))
    )


def _build_membership(
    seat: SeatRow,
    kind: str,
    past: stored.PostHistory,
    colleagues: tuple[str, ...],
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
        colleagues,
        past.last_attended,
        past.last_marking,
        next_meeting,
        past.papers_due,
        past.papers_marking,
        past.actions,
        rate.attended if rate else 0,
        rate.of if rate and rate.recorded else 0,
        seat.to_on,
        seat.source,
    )


def _find_colleagues(seat: SeatRow, seats: list[SeatRow], homes: dict[str, tuple[str, str | None]]) -> tuple[str, ...]:
    """Return the other members of the same organisation on the group, such as the Minister."""
    ours = homes.get(seat.member_ref or "")
    return tuple(
        other_seat.holder or other_seat.member
        for other_seat in seats
        if other_seat.group_ref == seat.group_ref
        and other_seat.ref != seat.ref
        and ours
        and other_seat.member_kind in (MemberKind.PERSON, MemberKind.POST)
        and homes.get(other_seat.member_ref or "") == ours
    )
