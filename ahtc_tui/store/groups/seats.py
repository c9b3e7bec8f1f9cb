"""Reads the seats of groups: member, occupants, terms and vacancies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any, NamedTuple

from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.dates.periods import Period, Timeline
from ahtc_tui.domain.filters.model import FilterNoun, TermKind
from ahtc_tui.domain.groups.model import Occupant, SeatRole, SeatRow, SeatState, find_seat_state, find_vacant_since
from ahtc_tui.domain.keys import NO_KEY, RowKey
from ahtc_tui.store.contacts.filter_terms import (
    build_area_translator,
    build_attended_translator,
    build_class_translator,
    build_organisation_translator,
    build_party_translator,
)
from ahtc_tui.store.records.cursor import KEYS, Cursor, encode_keys
from ahtc_tui.store.records.fields import read_fields
from ahtc_tui.store.records.rows import select_rows
from ahtc_tui.store.search.filters import read_condition
from ahtc_tui.store.sql_fragments import (
    CURRENT_HOLDER,
    ENDS_BY,
    EXPIRED,
    FILLS,
    FIRST_DAY,
    HAS_BEGUN,
    IN_FORCE,
    LAST_FILLED,
    LAST_HELD,
    NEXT_TERM,
    SEAT_MEMBER,
    SITS,
)

NOT_ENDED = f"({SITS} OR (NOT s.deleted AND NOT {HAS_BEGUN.format('s.from_on')}))"
"""Whether the term `s` of a seat is valid on `:today`, or begins later."""

FILLED_BY = f"""CASE WHEN p.kind = 'person' THEN p.name
 WHEN EXISTS (SELECT 1 FROM occupancies o WHERE o.seat = s.id AND NOT o.deputy AND {FILLS})
 THEN (SELECT q.name FROM occupancies o JOIN named_parties q ON q.id = o.person WHERE o.seat = s.id AND NOT o.deputy
 AND {FILLS} ORDER BY o.from_on DESC, o.n DESC LIMIT 1)
 ELSE {CURRENT_HOLDER.format(field="name", post="s.party")} END"""
"""Name of the person on a seat: its occupant, the holder of its post, or the member."""

LAST_END = f"""(SELECT max(last) FROM (SELECT {LAST_HELD} AS last FROM holdings h WHERE h.post = s.party
 AND NOT h.deleted AND h.person IS NOT NULL UNION ALL SELECT {LAST_FILLED} FROM occupancies o WHERE o.seat = s.id
 AND NOT o.deleted AND NOT o.deputy) WHERE last < :today)"""
"""Last past day on which the seat was filled."""

SAME_SEAT = """x."group" = s."group" AND x.party IS s.party AND x.org_class IS s.org_class AND x.role = s.role"""

TERM_NUMBER = f"""(SELECT CASE WHEN count(*) > 1 THEN sum({FIRST_DAY.format("x.from_on")}
 <= {FIRST_DAY.format("s.from_on")}) END FROM seats x WHERE {SAME_SEAT} AND NOT x.deleted)"""
"""Number of a term among the terms of the same member in the same role, by first day."""

OVERLAPPING = f"""FROM seats x WHERE x."group" = s."group" AND x.role = s.role AND x.id <> s.id AND NOT x.deleted
 AND (s.role = 'chair' OR (x.party IS s.party AND x.org_class IS s.org_class)) AND CASE
 WHEN {FIRST_DAY.format("x.from_on")} < {FIRST_DAY.format("s.from_on")} THEN x.to_on >= {FIRST_DAY.format("s.from_on")}
 WHEN {FIRST_DAY.format("x.from_on")} > {FIRST_DAY.format("s.from_on")} THEN s.to_on >= {FIRST_DAY.format("x.from_on")}
 ELSE 1 END"""
"""Terms `x` of the seat `s` whose dates overlap with it. One without a known end lasts until the next one begins."""

COLUMNS = f"""s.id AS key, s.ref, g.name AS "group", g.ref AS group_ref,
 {SEAT_MEMBER} AS member, p.ref AS member_ref, coalesce(p.kind, 'class') AS member_kind,
 {FILLED_BY} AS holder, s.role, s.from_on, s.to_on, s.source, t.collective, s.voting, b.name AS on_behalf_of, s.basis,
 {TERM_NUMBER} AS term, {LAST_END} AS last_end, CASE p.kind WHEN 'organisation' THEN p.name ELSE w.name END
 AS organisation, s.note, g.short AS group_short,
 (SELECT group_concat(x.ref, char(10) ORDER BY x.n) {OVERLAPPING}) AS overlaps"""

SOURCE = """FROM seats s JOIN named_parties g ON g.id = s."group" LEFT JOIN named_parties p ON p.id = s.party
 LEFT JOIN posts t ON t.id = s.party LEFT JOIN people e ON e.id = s.party
 LEFT JOIN named_parties w ON w.id = coalesce(t.organisation, e.organisation)
 LEFT JOIN named_parties b ON b.id = s.on_behalf_of"""

ORDER = "ORDER BY sort_key(g.name), g.ref, s.role <> 'chair', s.n"

ENDS_SOON = f""" AND ({ENDS_BY.format(":ending")} OR EXISTS
 (SELECT 1 FROM occupancies o WHERE o.seat = s.id AND NOT o.deleted AND o.to_on >= :today AND o.to_on < :ending
 AND (s.to_on IS NULL OR o.to_on < s.to_on)))"""
"""Whether the seat ends before `:ending` without a next term, or an occupant leaves it."""


class OccupantColumns(NamedTuple):
    """Occupant or deputy of a seat; without a person for a vacancy."""

    seat: RowKey
    person: str | None
    person_ref: str | None
    deputy: bool
    rule: str | None
    from_on: DateAsKnown | None
    to_on: DateAsKnown | None


class ChairSeat(NamedTuple):
    """The seat with the role of chair, and the party in it."""

    key: RowKey
    party: RowKey | None


@dataclass(frozen=True, slots=True)
class StoredSeat(SeatRow):
    """Seat with the columns from which its state is computed."""

    key: RowKey = NO_KEY
    collective: bool = False
    last_end: str | None = None


def build_row(seat: StoredSeat, occupants: Sequence[Occupant], today: date) -> SeatRow:
    """Build a seat; it is vacant without a person or a collective post."""
    filled = seat.holder is not None or seat.collective
    state = find_seat_state(seat.from_on, seat.to_on, filled, seat.last_end is not None, today)
    columns = {field.name: getattr(seat, field.name) for field in fields(SeatRow)}
    columns |= {"vacant": not filled, "state": state, "occupants": tuple(occupants)}
    if state is SeatState.VACANT:
        columns["vacant_since"] = find_vacant_since(seat.last_end)
    return SeatRow(**columns)


def _read_rows(cursor: Cursor, condition: str, parameters: dict[str, Any], today: date) -> list[SeatRow]:
    values = {**parameters, "today": today.isoformat()}
    seats = select_rows(cursor, StoredSeat, f"SELECT {COLUMNS} {SOURCE} WHERE {condition} {ORDER}", values)
    occupants_by_seat = _read_occupants(cursor, [seat.key for seat in seats], today)
    return [build_row(seat, occupants_by_seat.get(seat.key, ()), today) for seat in seats]


def read_seats(
    cursor: Cursor,
    *,
    today: date,
    group: RowKey | None = None,
    ending_within_days: int | None = None,
    expired: bool = False,
    words: str = "",
) -> list[SeatRow]:
    """Return the current and future seats, by group, the chair first; with `expired` those whose last term is over."""
    translators = {
        TermKind.GROUP: build_party_translator(cursor, today, 's."group"', ("group",)),
        TermKind.ORGANISATION: build_organisation_translator(cursor, today, "s.party"),
        TermKind.AREA: build_area_translator(cursor, "p.area"),
        TermKind.CLASS: build_class_translator(cursor, "s.party", "s.org_class"),
        TermKind.ATTENDED: build_attended_translator("s.party", 's."group"'),
    }
    test, match = read_condition(words, ("seat",), "s.id", FilterNoun.SEATS, translators, today)
    parameters: dict[str, Any] = {**match, "group": group}
    condition = f"{EXPIRED if expired else NOT_ENDED} AND {test}"
    if group is not None:
        condition += ' AND s."group" = :group'
    if ending_within_days is not None:
        condition += ENDS_SOON
        days_left = (date.max - today).days - 1
        parameters["ending"] = (today + timedelta(days=min(ending_within_days, days_left) + 1)).isoformat()
    return _read_rows(cursor, condition, parameters, today)


def read_overlapping_seats(cursor: Cursor, today: date, group: RowKey | None = None) -> list[SeatRow]:
    """Return the terms of all groups, or of one, that overlap with another term of the same seat, the later one only.

    With a group, they include the day.
    """
    on_day = "" if group is None else f' AND s."group" = :group AND {IN_FORCE.format("s")} AND {IN_FORCE.format("x")}'
    later = f"""{FIRST_DAY.format("x.from_on")} < {FIRST_DAY.format("s.from_on")}
 OR ({FIRST_DAY.format("x.from_on")} = {FIRST_DAY.format("s.from_on")} AND x.n < s.n)"""
    condition = f"NOT s.deleted AND EXISTS (SELECT 1 {OVERLAPPING} AND ({later}){on_day})"
    return _read_rows(cursor, condition, {"group": group}, today)


def read_party_seats(cursor: Cursor, party: RowKey, today: date) -> list[SeatRow]:
    """Return the current and future seats of a party."""
    return _read_rows(cursor, f"{NOT_ENDED} AND s.party = :party", {"party": party}, today)


def read_seat(cursor: Cursor, key: RowKey, today: date) -> SeatRow:
    """Return one seat in any state."""
    return _read_rows(cursor, "s.id = :key", {"key": key}, today)[0]


def _read_occupants(cursor: Cursor, seats: Iterable[RowKey], today: date) -> dict[RowKey, list[Occupant]]:
    """Return the current and future occupants and deputies by seat, each with the actual last day."""
    rows_by_seat: dict[RowKey, list[OccupantColumns]] = {}
    query = f"""SELECT o.seat, q.name AS person, q.ref AS person_ref, o.deputy, o.rule, o.from_on, o.to_on
 FROM occupancies o LEFT JOIN named_parties q ON q.id = o.person WHERE o.seat IN {KEYS.format(":seats")}
 AND NOT o.deleted ORDER BY o.deputy, o.from_on, o.n"""
    for row in select_rows(cursor, OccupantColumns, query, {"seats": encode_keys(seats)}):
        rows_by_seat.setdefault(row.seat, []).append(row)
    return {seat: list(_build_occupants(rows, today)) for seat, rows in rows_by_seat.items()}


def _build_occupants(rows: Sequence[OccupantColumns], today: date) -> Iterator[Occupant]:
    """Yield those who fill a seat today or will, then its deputies."""
    filling = Timeline((row for row in rows if not row.deputy), read_occupancy_period)
    for row in rows:
        period = read_occupancy_period(row)
        valid = period.includes(today) if row.deputy else row in filling.list_valid(today)
        if row.person and row.person_ref and (valid or period.first > today):
            end = row.to_on if row.deputy else filling.find_end(row)
            yield Occupant(row.person, row.person_ref, row.deputy, row.rule, row.from_on, end)


def read_occupancy_period(row: OccupantColumns) -> Period:
    """Return the period of an occupancy as entered."""
    return Period(row.from_on, row.to_on)


class SeatTerm(NamedTuple):
    """A term of a member in a group."""

    ref: str
    role: SeatRole
    from_on: DateAsKnown | None
    to_on: DateAsKnown | None

    @property
    def period(self) -> Period:
        """Period as entered."""
        return Period(self.from_on, self.to_on)


def read_member_terms(cursor: Cursor, group: RowKey, party: RowKey | None, org_class: str | None) -> list[SeatTerm]:
    """Return every term of a party or class in a group, by first day."""
    query = """SELECT ref, role, from_on, to_on FROM seats WHERE "group" = ? AND party IS ? AND org_class IS ?
 AND NOT deleted ORDER BY n"""
    terms = select_rows(cursor, SeatTerm, query, (group, party, org_class))
    return sorted(terms, key=lambda term: term.period.first)


def has_next_term(cursor: Cursor, seat: RowKey) -> bool:
    """Return whether a seat with a last day has a later term."""
    return bool(cursor.execute(f"SELECT {NEXT_TERM} FROM seats s WHERE s.id = ?", (seat,)).fetchone()[0])


def read_chair_seats(cursor: Cursor, group: RowKey, today: date) -> list[ChairSeat]:
    """Return the current and future chair seats of a group."""
    query = f"""SELECT s.id AS key, s.party FROM seats s WHERE s."group" = :group AND s.role = 'chair'
 AND {NOT_ENDED} ORDER BY s.n"""
    return select_rows(cursor, ChairSeat, query, {"group": group, "today": today.isoformat()})


def read_stored_seat(cursor: Cursor, key: RowKey) -> dict[str, Any]:
    """Return the columns of a seat that its next term copies, and its dates."""
    names = (
        "group", "party", "org_class", "role", "voting", "on_behalf_of", "basis", "term", "from_on", "to_on", "ref",
    )  # fmt: skip
    return read_fields(cursor, "seats", key, names)


class StoredOccupancy(NamedTuple):
    """A row of `occupancies`: who fills a seat, or deputises, from when to when."""

    id: RowKey
    person: RowKey | None
    deputy: int
    rule: str | None
    from_on: str | None
    to_on: str | None


def read_occupancies(cursor: Cursor, seat: RowKey, day: date) -> list[dict[str, Any]]:
    """Return the occupancies of a seat that are valid on a day, deputies and a vacancy included, as stored."""
    query = f"""SELECT o.id, o.person, o.deputy, o.rule, o.from_on, o.to_on FROM occupancies o WHERE o.seat = :seat
 AND {FILLS} ORDER BY o.n"""
    occupancies = select_rows(cursor, StoredOccupancy, query, {"seat": seat, "today": day.isoformat()})
    return [occupancy._asdict() for occupancy in occupancies]


def read_all_occupancies(cursor: Cursor, seat: RowKey) -> list[StoredOccupancy]:
    """Return every occupancy of a seat, deputies and vacancies included, in order of entry."""
    query = """SELECT id, person, deputy, rule, from_on, to_on FROM occupancies WHERE seat = ? AND NOT deleted
 ORDER BY n"""
    return select_rows(cursor, StoredOccupancy, query, (seat,))
