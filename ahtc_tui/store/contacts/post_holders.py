"""Who held which post when, and what hangs on a post and on a person. Reads only."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.contacts.post_holders import Holding
from ahtc_tui.domain.dates.date_as_known import read_stored_date
from ahtc_tui.domain.groups.model import SeatRole
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.sql_fragments import CURRENT_HOLDER, IN_FORCE

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor

Parameters = dict[str, Any]

HELPED = "SELECT action FROM action_parties WHERE party = :key AND role <> 'lead' AND NOT deleted"

OPEN_ACTIONS = (
    f"SELECT ref || ' ' || title FROM actions WHERE is_open = 1 AND (lead = :key OR id IN ({HELPED})) ORDER BY ref_key"
)

CLOSED_ACTIONS = (
    """SELECT ref || ' ' || title FROM actions WHERE lead = :key AND is_open = 0 AND NOT deleted ORDER BY ref_key"""
)

LED_IN_PERSON = "SELECT ref || ' ' || title FROM actions WHERE is_open = 1 AND lead = :key ORDER BY ref_key"

CURRENT_OR_FUTURE = f"({IN_FORCE.format('s')} OR (NOT s.deleted AND s.from_on > :today))"
"""A seat that stands, or will."""

SEATS = f"""SELECT g.name, s.role FROM seats s JOIN parties g ON g.id = s."group" WHERE s.party = :key AND
 {CURRENT_OR_FUTURE}
 ORDER BY g.name, s.n"""

CHAIRED_GROUPS = """SELECT p.name FROM groups g JOIN parties p ON p.id = g.id WHERE g.chair = :key AND NOT g.deleted
 ORDER BY p.name"""

COMING_MEETINGS = """SELECT m.ref || ' ' || m.title, m.day FROM invitations i JOIN meetings m ON m.id = i.meeting
 WHERE i.party = :key AND NOT i.deleted AND NOT m.deleted AND m.state NOT IN ('held', 'cancelled')
 AND (substr(m.day, 1, 10) >= :today OR m.recurrence IS NOT NULL) ORDER BY substr(m.day, 1, 10), m.n"""

OCCUPANCIES = f"""SELECT o.id FROM occupancies o JOIN seats s ON s.id = o.seat WHERE s.party = :post AND o.person =
 :person
 AND NOT o.deputy AND {IN_FORCE.format("o")} AND NOT s.deleted"""


def read_holdings(cursor: Cursor, post: RowKey) -> list[Holding]:
    """Everybody's time in a post, by their first day."""
    rows = cursor.execute(
        "SELECT h.id, h.person, p.name, h.ordinal, h.from_on, h.to_on, h.acting FROM holdings h"
        " LEFT JOIN parties p ON p.id = h.person WHERE h.post = ? AND NOT h.deleted ORDER BY h.ordinal, h.n",
        (post,),
    )
    holdings = [
        Holding(key, person, name, ordinal, read_stored_date(first), read_stored_date(last), bool(acting))
        for key, person, name, ordinal, first, last, acting in rows
    ]
    return sorted(holdings, key=lambda holding: holding.start)


def find_holder_on(cursor: Cursor, post: RowKey, day: date) -> RowKey | None:
    """The key of whoever holds a post on a day; None where nobody is known to, and of what is no post."""
    parameters = {"post": post, "today": day.isoformat()}
    holder: RowKey | None = cursor.execute(
        f"SELECT {CURRENT_HOLDER.format(field='id', post=':post')}", parameters
    ).fetchone()[0]
    return holder


def is_collective(cursor: Cursor, post: RowKey) -> bool:
    """Whether several people hold a post together."""
    return bool(cursor.execute("SELECT collective FROM posts WHERE id = ?", (post,)).fetchone()[0])


def read_open_actions(cursor: Cursor, party: RowKey) -> tuple[str, ...]:
    """Reference and title of the open actions that somebody leads or helps with."""
    return _read_column(cursor, OPEN_ACTIONS, {"key": party})


def read_closed_actions(cursor: Cursor, post: RowKey) -> tuple[str, ...]:
    """Reference and title of the closed actions that a post led."""
    return _read_column(cursor, CLOSED_ACTIONS, {"key": post})


def read_seats(cursor: Cursor, party: RowKey, today: date) -> tuple[str, ...]:
    """Group and role of the seats that somebody has or will have."""
    rows = cursor.execute(SEATS, {"key": party, "today": today.isoformat()})
    return tuple(f"{group}, {SeatRole(role).label}" for group, role in rows)


def read_invitations(cursor: Cursor, party: RowKey, today: date) -> tuple[str, ...]:
    """The meetings to come that somebody is invited to, with the day."""
    rows = cursor.execute(COMING_MEETINGS, {"key": party, "today": today.isoformat()})
    return tuple(f"{title}, {read_stored_date(day)}" for title, day in rows)


def read_personal_roles(cursor: Cursor, person: RowKey, today: date) -> tuple[str, ...]:
    """What somebody has in person, and not through a post: open actions, seats, chairs."""
    roles = [_("leads {action}").format(action=title) for title in _read_column(cursor, LED_IN_PERSON, {"key": person})]
    roles += [_("sits on {seat}").format(seat=seat) for seat in read_seats(cursor, person, today)]
    roles += [
        _("chairs {group}").format(group=group) for group in _read_column(cursor, CHAIRED_GROUPS, {"key": person})
    ]
    return tuple(roles)


def find_occupancies(cursor: Cursor, post: RowKey, person: RowKey, day: date) -> list[RowKey]:
    """Where somebody is named for a seat of a post on a day: the keys of those records."""
    parameters = {"post": post, "person": person, "today": day.isoformat()}
    return [key for (key,) in cursor.execute(OCCUPANCIES, parameters)]


def _read_column(cursor: Cursor, query: str, parameters: Parameters) -> tuple[str, ...]:
    return tuple(value for (value,) in cursor.execute(query, parameters))
