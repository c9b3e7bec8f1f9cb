"""Seats of groups out of the database: who fills each, for whom, since when, and which terms end. Reads only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.dates.date_as_known import from_stored
from ahtc_tui.domain.groups.model import SeatRole, SeatRow
from ahtc_tui.domain.groups.seat_status import Occupant, SeatState, state_of, vacant_since
from ahtc_tui.store.contacts.party_lookup import KEYS, listed
from ahtc_tui.store.records.references import mint_name
from ahtc_tui.store.sql_fragments import IN_FORCE, NAME_ON, NOW_IN_POST, word_test

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor

NOT_OVER = "NOT s.deleted AND (s.to_on IS NULL OR s.to_on >= :today)"

STANDING = IN_FORCE.format("s")
"""A seat that stands on `:today`."""

FILLED_BY = f"""CASE p.kind WHEN 'person' THEN p.name ELSE coalesce((SELECT q.name FROM occupancies o JOIN parties q
 ON q.id = o.person WHERE o.seat = s.id AND NOT o.deputy AND {IN_FORCE.format("o")}
 ORDER BY o.from_on DESC, o.n DESC LIMIT 1), {NOW_IN_POST.format(field="name", post="s.party")}) END"""
"""The person on a seat: named for it, holding its post, or the member itself."""

LAST_END = """(SELECT max(last) FROM (SELECT h.to_on AS last FROM holdings h WHERE h.post = s.party AND NOT h.deleted
 AND h.person IS NOT NULL AND h.to_on < :today UNION ALL SELECT o.to_on FROM occupancies o WHERE o.seat = s.id
 AND NOT o.deleted AND NOT o.deputy AND o.to_on < :today))"""
"""The last day on which anybody filled a seat, of the days that are past."""

COLUMNS = f"""s.id, s.ref, {NAME_ON.format(party="g", day=":today")}, g.ref, coalesce(p.name, s.org_class), p.ref,
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


def row(line: Sequence[Any], occupants: Sequence[Occupant], today: date) -> SeatRow:
    """The row that a line of the database is; a seat is vacant where no person and no collective post fills it."""
    _key, ref, group, group_ref, member, member_ref, kind, holder, role, first, last, source, *rest = line
    collective, voting, behalf, basis, term, last_end, organisation, note, short = rest
    filled = holder is not None or bool(collective)
    start, end = from_stored(first), from_stored(last)
    state = state_of(start, end, filled, last_end is not None, today)
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
        vacant_since(last_end) if state is SeatState.VACANT else None,
        None if voting is None else bool(voting),
        behalf,
        basis,
        term,
        organisation,
        note,
        tuple(occupants),
        short,
    )


def seats(
    cursor: Cursor,
    *,
    today: date,
    group: bytes | None = None,
    vacant: bool = False,
    ending_within_days: int | None = None,
    expired: bool = False,
    words: str = "",
) -> list[SeatRow]:
    """The seats that stand today or will, group by group, the chair first; or those whose last term is over."""
    test, asked = word_test(words, ("seat",), "s.id")
    asked["today"] = today.isoformat()
    query = f"SELECT {COLUMNS} {SOURCE} WHERE {EXPIRED if expired else NOT_OVER} AND {test}"
    if group is not None:
        query += ' AND s."group" = :group'
    if ending_within_days is not None:
        query += ENDS_SOON
        left = (date.max - today).days - 1
        asked["ending"] = (today + timedelta(days=min(ending_within_days, left) + 1)).isoformat()
    found = _rows(cursor, cursor.execute(f"{query} {ORDER}", {**asked, "group": group}).fetchall(), today)
    return [seat for seat in found if seat.vacant] if vacant else found


def of_party(cursor: Cursor, party: bytes, today: date) -> list[SeatRow]:
    """The seats that one party has today or will have."""
    asked = {"today": today.isoformat(), "party": party}
    query = f"SELECT {COLUMNS} {SOURCE} WHERE {NOT_OVER} AND s.party = :party {ORDER}"
    return _rows(cursor, cursor.execute(query, asked).fetchall(), today)


def by_key(cursor: Cursor, key: bytes, today: date) -> SeatRow:
    """One seat, whatever its state."""
    asked = {"today": today.isoformat(), "key": key}
    return _rows(cursor, cursor.execute(f"SELECT {COLUMNS} {SOURCE} WHERE s.id = :key", asked).fetchall(), today)[0]


def _rows(cursor: Cursor, lines: Sequence[Sequence[Any]], today: date) -> list[SeatRow]:
    named = _occupants(cursor, [line[0] for line in lines], today)
    return [row(line, named.get(line[0], ()), today) for line in lines]


def _occupants(cursor: Cursor, seats: Iterable[bytes], today: date) -> dict[bytes, list[Occupant]]:
    """Whoever is named for each of the seats today or later, as holder or as deputy."""
    found: dict[bytes, list[Occupant]] = {}
    for seat, person, ref, deputy, rule, first, last in cursor.execute(
        "SELECT o.seat, q.name, q.ref, o.deputy, o.rule, o.from_on, o.to_on FROM occupancies o JOIN parties q"
        f" ON q.id = o.person WHERE o.seat IN {KEYS.format(':seats')} AND NOT o.deleted"
        " AND (o.to_on IS NULL OR o.to_on >= :today) ORDER BY o.deputy, o.from_on, o.n",
        {"seats": listed(seats), "today": today.isoformat()},
    ):
        found.setdefault(seat, []).append(
            Occupant(person, ref, bool(deputy), rule, from_stored(first), from_stored(last))
        )
    return found


def standing(cursor: Cursor, group: bytes, party: bytes | None, org_class: str | None, today: date) -> bytes | None:
    """The key of the seat that a party or class has on a group today or will have; None where it has none."""
    found = cursor.execute(
        f'SELECT s.id FROM seats s WHERE s."group" = :group AND s.party IS :party AND s.org_class IS :org_class'
        f" AND {NOT_OVER} ORDER BY s.n DESC LIMIT 1",
        {"group": group, "party": party, "org_class": org_class, "today": today.isoformat()},
    ).fetchone()
    return found[0] if found else None


def terms(cursor: Cursor, group: bytes, party: bytes | None, org_class: str | None) -> int:
    """How many terms a party or class has had on a group, by their numbers."""
    found = cursor.execute(
        'SELECT max(coalesce(term, 1)) FROM seats WHERE "group" = ? AND party IS ? AND org_class IS ? AND NOT deleted',
        (group, party, org_class),
    ).fetchone()
    return int(found[0] or 0)


def has_next(cursor: Cursor, seat: bytes) -> bool:
    """Whether a seat whose end is known has a later term."""
    return bool(cursor.execute(f"SELECT {NEXT_TERM} FROM seats s WHERE s.id = ?", (seat,)).fetchone()[0])


def chair_seats(cursor: Cursor, group: bytes, today: date) -> list[tuple[bytes, bytes | None]]:
    """Key and party of the chairs' seats of a group that are not over."""
    return cursor.execute(
        f"""SELECT s.id, s.party FROM seats s WHERE s."group" = :group AND s.role = 'chair' AND {NOT_OVER}
 ORDER BY s.n""",
        {"group": group, "today": today.isoformat()},
    ).fetchall()


def stored_seat(cursor: Cursor, key: bytes) -> dict[str, Any]:
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
    line = cursor.execute(f"SELECT {quoted} FROM seats WHERE id = ?", (key,)).fetchone()
    return dict(zip(names, line, strict=True))


def occupancies(cursor: Cursor, seat: bytes, day: date) -> list[dict[str, Any]]:
    """Whoever is named for a seat, or is its deputy, on a day, as stored; with the key of each record."""
    lines = cursor.execute(
        "SELECT o.id, o.person, o.deputy, o.rule, o.from_on, o.to_on FROM occupancies o"
        f" WHERE o.seat = :seat AND {IN_FORCE.format('o')} ORDER BY o.n",
        {"seat": seat, "today": day.isoformat()},
    )
    names = ("id", "person", "deputy", "rule", "from_on", "to_on")
    return [dict(zip(names, line, strict=True)) for line in lines]


def free_ref(cursor: Cursor, wanted: str) -> str:
    """A reference that no seat ever had: the one that is wanted, else with a number behind it."""
    return mint_name(cursor, "seats", wanted)
