"""Seats of groups out of the database: who fills each, for whom, since when, and which terms end. Reads only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.dates.date_as_known import read_stored_date
from ahtc_tui.domain.groups.model import SeatRole, SeatRow
from ahtc_tui.domain.groups.seat_status import Occupant, SeatState, find_seat_state, find_vacant_since
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.contacts.party_lookup import KEYS, encode_keys
from ahtc_tui.store.records.references import mint_name_ref
from ahtc_tui.store.sql_fragments import CURRENT_HOLDER, IN_FORCE, NAME_ON_DAY, build_word_condition

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor

NOT_ENDED = "NOT s.deleted AND (s.to_on IS NULL OR s.to_on >= :today)"

CURRENT = IN_FORCE.format("s")
"""A seat that stands on `:today`."""

FILLED_BY = f"""CASE p.kind WHEN 'person' THEN p.name ELSE coalesce((SELECT q.name FROM occupancies o JOIN parties q
 ON q.id = o.person WHERE o.seat = s.id AND NOT o.deputy AND {IN_FORCE.format("o")}
 ORDER BY o.from_on DESC, o.n DESC LIMIT 1), {CURRENT_HOLDER.format(field="name", post="s.party")}) END"""
"""The person on a seat: named for it, holding its post, or the member itself."""

LAST_END = """(SELECT max(last) FROM (SELECT h.to_on AS last FROM holdings h WHERE h.post = s.party AND NOT h.deleted
 AND h.person IS NOT NULL AND h.to_on < :today UNION ALL SELECT o.to_on FROM occupancies o WHERE o.seat = s.id
 AND NOT o.deleted AND NOT o.deputy AND o.to_on < :today))"""
"""The last day on which anybody filled a seat, of the days that are past."""

COLUMNS = f"""s.id, s.ref, {NAME_ON_DAY.format(party="g", day=":today")}, g.ref, coalesce(p.name, s.org_class), p.ref,
 coalesce(p.kind, 'class'), {FILLED_BY}, s.role, s.from_on, s.to_on, s.source, coalesce(t.collective, 0), s.voting,
 b.name, s.basis, s.term, {LAST_END},
 CASE p.kind WHEN 'organisation' THEN p.name ELSE w.name END, s.note, g.short"""

SOURCE = """FROM seats s JOIN parties g ON g.id = s."group" LEFT JOIN parties p ON p.id = s.party
 LEFT JOIN posts t ON t.id = s.party LEFT JOIN people e ON e.id = s.party
 LEFT JOIN parties w ON w.id = coalesce(t.organisation, e.organisation)
 LEFT JOIN parties b ON b.id = s.on_behalf_of"""

ORDER = "ORDER BY g.name, g.ref, s.role <> 'chair', s.n"

NEXT_TERM = """EXISTS (SELECT 1 FROM seats x WHERE x."group" = s."group" AND x.id <> s.id AND NOT x.deleted
 AND x.party IS s.party AND x.org_class IS s.org_class AND (x.to_on IS NULL OR x.to_on > s.to_on))"""

ENDS_SOON = f""" AND ((s.to_on >= :today AND s.to_on < :ending AND NOT {NEXT_TERM}) OR EXISTS
 (SELECT 1 FROM occupancies o WHERE o.seat = s.id AND NOT o.deleted AND o.to_on >= :today AND o.to_on < :ending
 AND (s.to_on IS NULL OR o.to_on < s.to_on)))"""
"""The seat ends and has no next term, or somebody leaves it."""

EXPIRED = f"NOT s.deleted AND s.to_on < :today AND NOT {NEXT_TERM}"
"""Its last term is over."""


def build_row(row: Sequence[Any], occupants: Sequence[Occupant], today: date) -> SeatRow:
    """The row that a line of the database is; a seat is vacant where no person and no collective post fills it."""
    _key, ref, group, group_ref, member, member_ref, kind, holder, role, first, last, source, *columns = row
    collective, voting, behalf, basis, term, last_end, organisation, note, short = columns
    filled = holder is not None or bool(collective)
    start, end = read_stored_date(first), read_stored_date(last)
    state = find_seat_state(start, end, filled, last_end is not None, today)
    return SeatRow(
        ref,
        group,
        group_ref,
        member,
        member_ref,
        kind,
        holder,
        SeatRole(role),
        start,
        end,
        source,
        not filled,
        state,
        find_vacant_since(last_end) if state is SeatState.VACANT else None,
        None if voting is None else bool(voting),
        behalf,
        basis,
        term,
        organisation,
        note,
        tuple(occupants),
        short,
    )


def read_seats(
    cursor: Cursor,
    *,
    today: date,
    group: RowKey | None = None,
    vacant: bool = False,
    ending_within_days: int | None = None,
    expired: bool = False,
    words: str = "",
) -> list[SeatRow]:
    """The seats that stand today or will, group by group, the chair first; or those whose last term is over."""
    test, parameters = build_word_condition(words, ("seat",), "s.id")
    parameters["today"] = today.isoformat()
    query = f"SELECT {COLUMNS} {SOURCE} WHERE {EXPIRED if expired else NOT_ENDED} AND {test}"
    if group is not None:
        query += ' AND s."group" = :group'
    if ending_within_days is not None:
        query += ENDS_SOON
        days_left = (date.max - today).days - 1
        parameters["ending"] = (today + timedelta(days=min(ending_within_days, days_left) + 1)).isoformat()
    seats = _build_rows(cursor, cursor.execute(f"{query} {ORDER}", {**parameters, "group": group}).fetchall(), today)
    return [seat for seat in seats if seat.vacant] if vacant else seats


def read_party_seats(cursor: Cursor, party: RowKey, today: date) -> list[SeatRow]:
    """The seats that one party has today or will have."""
    parameters = {"today": today.isoformat(), "party": party}
    query = f"SELECT {COLUMNS} {SOURCE} WHERE {NOT_ENDED} AND s.party = :party {ORDER}"
    return _build_rows(cursor, cursor.execute(query, parameters).fetchall(), today)


def read_seat(cursor: Cursor, key: RowKey, today: date) -> SeatRow:
    """One seat, whatever its state."""
    parameters = {"today": today.isoformat(), "key": key}
    return _build_rows(
        cursor, cursor.execute(f"SELECT {COLUMNS} {SOURCE} WHERE s.id = :key", parameters).fetchall(), today
    )[0]


def _build_rows(cursor: Cursor, rows: Sequence[Sequence[Any]], today: date) -> list[SeatRow]:
    occupants_by_seat = _read_occupants(cursor, [line[0] for line in rows], today)
    return [build_row(line, occupants_by_seat.get(line[0], ()), today) for line in rows]


def _read_occupants(cursor: Cursor, seats: Iterable[RowKey], today: date) -> dict[RowKey, list[Occupant]]:
    """Whoever is named for each of the seats today or later, as holder or as deputy."""
    occupants_by_seat: dict[RowKey, list[Occupant]] = {}
    for seat, person, ref, deputy, rule, first, last in cursor.execute(
        "SELECT o.seat, q.name, q.ref, o.deputy, o.rule, o.from_on, o.to_on FROM occupancies o JOIN parties q"
        f" ON q.id = o.person WHERE o.seat IN {KEYS.format(':seats')} AND NOT o.deleted"
        " AND (o.to_on IS NULL OR o.to_on >= :today) ORDER BY o.deputy, o.from_on, o.n",
        {"seats": encode_keys(seats), "today": today.isoformat()},
    ):
        occupants_by_seat.setdefault(seat, []).append(
            Occupant(person, ref, bool(deputy), rule, read_stored_date(first), read_stored_date(last))
        )
    return occupants_by_seat


def find_current_seat(
    cursor: Cursor, group: RowKey, party: RowKey | None, org_class: str | None, today: date
) -> RowKey | None:
    """The key of the seat that a party or class has on a group today or will have; None where it has none."""
    row = cursor.execute(
        f'SELECT s.id FROM seats s WHERE s."group" = :group AND s.party IS :party AND s.org_class IS :org_class'
        f" AND {NOT_ENDED} ORDER BY s.n DESC LIMIT 1",
        {"group": group, "party": party, "org_class": org_class, "today": today.isoformat()},
    ).fetchone()
    return row[0] if row else None


def count_terms(cursor: Cursor, group: RowKey, party: RowKey | None, org_class: str | None) -> int:
    """How many terms a party or class has had on a group, by their numbers."""
    row = cursor.execute(
        'SELECT max(coalesce(term, 1)) FROM seats WHERE "group" = ? AND party IS ? AND org_class IS ? AND NOT deleted',
        (group, party, org_class),
    ).fetchone()
    return int(row[0] or 0)


def has_next_term(cursor: Cursor, seat: RowKey) -> bool:
    """Whether a seat whose end is known has a later term."""
    return bool(cursor.execute(f"SELECT {NEXT_TERM} FROM seats s WHERE s.id = ?", (seat,)).fetchone()[0])


def read_chair_seats(cursor: Cursor, group: RowKey, today: date) -> list[tuple[RowKey, RowKey | None]]:
    """Key and party of the chairs' seats of a group that are not over."""
    return cursor.execute(
        f"""SELECT s.id, s.party FROM seats s WHERE s."group" = :group AND s.role = 'chair' AND {NOT_ENDED}
 ORDER BY s.n""",
        {"group": group, "today": today.isoformat()},
    ).fetchall()


def read_stored_seat(cursor: Cursor, key: RowKey) -> dict[str, Any]:
    """The columns of a seat that its next term takes over, and its dates."""
    names = (
        "group",
        "party",
        "org_class",
        "role",
        "voting",
        "on_behalf_of",
        "basis",
        "term",
        "from_on",
        "to_on",
        "ref",
    )
    quoted = ", ".join(f'"{name}"' for name in names)
    row = cursor.execute(f"SELECT {quoted} FROM seats WHERE id = ?", (key,)).fetchone()
    return dict(zip(names, row, strict=True))


def read_occupancies(cursor: Cursor, seat: RowKey, day: date) -> list[dict[str, Any]]:
    """Whoever is named for a seat, or is its deputy, on a day, as stored; with the key of each record."""
    rows = cursor.execute(
        "SELECT o.id, o.person, o.deputy, o.rule, o.from_on, o.to_on FROM occupancies o"
        f" WHERE o.seat = :seat AND {IN_FORCE.format('o')} ORDER BY o.n",
        {"seat": seat, "today": day.isoformat()},
    )
    names = ("id", "person", "deputy", "rule", "from_on", "to_on")
    return [dict(zip(names, row, strict=True)) for row in rows]


def mint_ref(cursor: Cursor, ref: str) -> str:
    """A reference that no seat ever had: the one that is wanted, else with a number behind it."""
    return mint_name_ref(cursor, "seats", ref)
