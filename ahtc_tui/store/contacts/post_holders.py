"""Who held which post when, and what hangs on a post and on a person. Reads only."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.contacts.post_holders import Holding
from ahtc_tui.domain.dates.date_as_known import from_stored
from ahtc_tui.domain.groups.model import SeatRole
from ahtc_tui.domain.i18n import _
from ahtc_tui.store.sql_fragments import IN_FORCE, NOW_IN_POST

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor

Asked = dict[str, Any]

HELPED = "SELECT action FROM action_parties WHERE party = :key AND role <> 'lead' AND NOT deleted"

OPEN = (
    f"SELECT ref || ' ' || title FROM actions WHERE is_open = 1 AND (lead = :key OR id IN ({HELPED})) ORDER BY ref_key"
)

KEPT = """SELECT ref || ' ' || title FROM actions WHERE lead = :key AND is_open = 0 AND NOT deleted ORDER BY ref_key"""

IN_PERSON = "SELECT ref || ' ' || title FROM actions WHERE is_open = 1 AND lead = :key ORDER BY ref_key"

STANDS = f"({IN_FORCE.format('s')} OR (NOT s.deleted AND s.from_on > :today))"
"""A seat that stands, or will."""

SEATS = f"""SELECT g.name, s.role FROM seats s JOIN parties g ON g.id = s."group" WHERE s.party = :key AND {STANDS}
 ORDER BY g.name, s.n"""

CHAIRED = """SELECT p.name FROM groups g JOIN parties p ON p.id = g.id WHERE g.chair = :key AND NOT g.deleted
 ORDER BY p.name"""

INVITES = """SELECT m.ref || ' ' || m.title, m.day FROM invitations i JOIN meetings m ON m.id = i.meeting
 WHERE i.party = :key AND NOT i.deleted AND NOT m.deleted AND m.state NOT IN ('held', 'cancelled')
 AND (substr(m.day, 1, 10) >= :today OR m.recurrence IS NOT NULL) ORDER BY substr(m.day, 1, 10), m.n"""

OCCUPIED = f"""SELECT o.id FROM occupancies o JOIN seats s ON s.id = o.seat WHERE s.party = :post AND o.person = :person
 AND NOT o.deputy AND {IN_FORCE.format("o")} AND NOT s.deleted"""


def of_post(cursor: Cursor, post: bytes) -> list[Holding]:
    """Everybody's time in a post, by their first day."""
    lines = cursor.execute(
        "SELECT h.id, h.person, p.name, h.ordinal, h.from_on, h.to_on, h.acting FROM holdings h"
        " LEFT JOIN parties p ON p.id = h.person WHERE h.post = ? AND NOT h.deleted ORDER BY h.ordinal, h.n",
        (post,),
    )
    found = [
        Holding(key, person, name, ordinal, from_stored(first), from_stored(last), bool(acting))
        for key, person, name, ordinal, first, last, acting in lines
    ]
    return sorted(found, key=lambda held: held.begins)


def holder_on(cursor: Cursor, post: bytes, day: date) -> bytes | None:
    """The key of whoever holds a post on a day; None where nobody is known to, and of what is no post."""
    asked = {"post": post, "today": day.isoformat()}
    found: bytes | None = cursor.execute(f"SELECT {NOW_IN_POST.format(field='id', post=':post')}", asked).fetchone()[0]
    return found


def is_collective(cursor: Cursor, post: bytes) -> bool:
    """Whether several people hold a post together."""
    return bool(cursor.execute("SELECT collective FROM posts WHERE id = ?", (post,)).fetchone()[0])


def open_actions(cursor: Cursor, party: bytes) -> tuple[str, ...]:
    """Reference and title of the open actions that somebody leads or helps with."""
    return _lines(cursor, OPEN, {"key": party})


def closed_actions(cursor: Cursor, post: bytes) -> tuple[str, ...]:
    """Reference and title of the closed actions that a post led."""
    return _lines(cursor, KEPT, {"key": post})


def seats(cursor: Cursor, party: bytes, today: date) -> tuple[str, ...]:
    """Group and role of the seats that somebody has or will have."""
    lines = cursor.execute(SEATS, {"key": party, "today": today.isoformat()})
    return tuple(f"{group}, {SeatRole(role).label}" for group, role in lines)


def invites(cursor: Cursor, party: bytes, today: date) -> tuple[str, ...]:
    """The meetings to come that somebody is invited to, with the day."""
    lines = cursor.execute(INVITES, {"key": party, "today": today.isoformat()})
    return tuple(f"{said}, {from_stored(day)}" for said, day in lines)


def in_person(cursor: Cursor, person: bytes, today: date) -> tuple[str, ...]:
    """What somebody has in person, and not through a post: open actions, seats, chairs."""
    said = [_("leads {action}").format(action=line) for line in _lines(cursor, IN_PERSON, {"key": person})]
    said += [_("sits on {seat}").format(seat=seat) for seat in seats(cursor, person, today)]
    said += [_("chairs {group}").format(group=group) for group in _lines(cursor, CHAIRED, {"key": person})]
    return tuple(said)


def occupied(cursor: Cursor, post: bytes, person: bytes, day: date) -> list[bytes]:
    """Where somebody is named for a seat of a post on a day: the keys of those records."""
    asked = {"post": post, "person": person, "today": day.isoformat()}
    return [key for (key,) in cursor.execute(OCCUPIED, asked)]


def _lines(cursor: Cursor, query: str, asked: Asked) -> tuple[str, ...]:
    return tuple(said for (said,) in cursor.execute(query, asked))
