"""Attendance out of the database: single lines, and what rates and quorum are counted from. Reads only."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from ahtc_tui.domain.dates.date_as_known import read_stored_date
from ahtc_tui.domain.keys import NO_KEY, RowKey
from ahtc_tui.domain.meetings.enums import Presence
from ahtc_tui.domain.meetings.seating import Attended, HeldMeeting, Seat, Term
from ahtc_tui.store.sql_fragments import CURRENT_HOLDER

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor

VOTING_ROLES = ("chair", "deputy-chair", "member", "lead", "co-opted", "represents-wales")
"""Whose seat has a vote where it is not said whether it has."""

PLACES = """SELECT s.id, s."group", g.name, g.ref, s.ref, coalesce(p.name, s.org_class), s.party, p.kind, p.ref,
 s.from_on, s.to_on, coalesce(s.voting, s.role IN (SELECT value FROM json_each(:roles))) AS votes,
 s.role <> 'chair' AS later, s.n AS n FROM seats s JOIN parties g ON g.id = s."group"
 LEFT JOIN parties p ON p.id = s.party WHERE NOT s.deleted
 UNION ALL SELECT NULL, g.id, p.name, p.ref, NULL, c.name, c.id, c.kind, c.ref, NULL, NULL, 1, 0, 0
 FROM groups g JOIN parties p ON p.id = g.id JOIN parties c ON c.id = g.chair WHERE NOT g.deleted AND NOT EXISTS
 (SELECT 1 FROM seats s WHERE s."group" = g.id AND s.party = g.chair AND NOT s.deleted)"""
"""Every seat there is or was, and chairs that have none."""

MEETINGS = """SELECT id, "group", day FROM meetings m WHERE NOT deleted AND state <> 'cancelled' AND "group" IS NOT NULL
 AND substr(day, 1, 10) BETWEEN :first AND :last AND (:group IS NULL OR "group" = :group) AND EXISTS
 (SELECT 1 FROM attendances t WHERE t.meeting = m.id AND NOT t.deleted) ORDER BY substr(day, 1, 10), n"""

LINES = """SELECT t.meeting, t.party, coalesce(p.name, t.words), p.ref, p.kind, t.state, t.deputy_for FROM attendances t
 LEFT JOIN parties p ON p.id = t.party WHERE NOT t.deleted AND t.meeting IN (SELECT unhex(value) FROM json_each(?))"""


EXPECTED = """SELECT p.id, p.name FROM (SELECT party, 0 AS later, n FROM invitations WHERE meeting = :meeting
 AND NOT deleted UNION ALL SELECT s.party, 1, s.n FROM meetings m JOIN seats s ON s."group" = m."group"
 WHERE m.id = :meeting AND NOT s.deleted AND (s.from_on IS NULL OR substr(s.from_on, 1, 7) <= substr(m.day, 1, 7))
 AND (s.to_on IS NULL OR s.to_on >= m.day)) e JOIN parties p ON p.id = e.party GROUP BY p.id
 ORDER BY min(e.later), min(e.n)"""
"""Everybody who is invited, and then every seat of the group that is not."""

WANTS_WELSH = f"""SELECT count(DISTINCT w.id) FROM (SELECT party FROM invitations WHERE meeting = :meeting
 AND NOT deleted UNION SELECT party FROM attendances WHERE meeting = :meeting AND NOT deleted) c
 JOIN people w ON w.id = c.party OR w.id = {CURRENT_HOLDER.format(field="id", post="c.party")}
 WHERE w.language = 'cy' AND NOT w.deleted AND NOT EXISTS (SELECT 1 FROM attendances t WHERE t.meeting = :meeting
 AND t.party IN (c.party, w.id) AND t.state IN ('apologies', 'absent') AND NOT t.deleted)"""


class _Affiliations(NamedTuple):
    """Which posts people hold when, and of which organisation people and posts are."""

    terms: dict[RowKey, list[Term]]
    """Post to its holders."""
    posts: dict[RowKey, list[tuple[RowKey, Term]]]
    """Person to the posts that they hold."""
    bodies: dict[RowKey, RowKey]

    def expand_party(self, party: RowKey, day: date) -> frozenset[RowKey]:
        """A party with whoever holds it, or with the posts that it holds, on a day."""
        holders = (term.person for term in self.terms.get(party, ()) if term.is_current_on(day))
        posts_held = (post for post, term in self.posts.get(party, ()) if term.is_current_on(day))
        return frozenset((party, *holders, *posts_held))


def find_line(cursor: Cursor, meeting: RowKey, party: RowKey | None, words: str) -> RowKey | None:
    """The key of what is said of somebody's attendance: of a party, else of the words."""
    column, value = ("party", party) if party else ("words", words)
    row = cursor.execute(
        f"SELECT id FROM attendances WHERE meeting = ? AND {column} = ? AND NOT deleted", (meeting, value)
    ).fetchone()
    return row[0] if row else None


def read_name(cursor: Cursor, party: RowKey) -> str:
    """The name of a party."""
    name: str = cursor.execute("SELECT name FROM parties WHERE id = ?", (party,)).fetchone()[0]
    return name


def read_places(cursor: Cursor, group: RowKey | None = None) -> list[Seat]:
    """The seats of one group or of all, by group; within a group the chair comes first."""
    import json

    affiliations = _read_affiliations(cursor)
    filled = defaultdict(list)
    for seat, *term in cursor.execute(
        "SELECT o.seat, p.id, p.name, p.ref, o.deputy, o.from_on, o.to_on FROM occupancies o JOIN parties p"
        " ON p.id = o.person WHERE NOT o.deleted ORDER BY o.n"
    ):
        filled[seat].append(_build_term(*term))
    rows = cursor.execute(
        f'SELECT * FROM ({PLACES}) WHERE :group IS NULL OR "group" = :group ORDER BY 3, 4, later, n',
        {"group": group, "roles": json.dumps(VOTING_ROLES)},
    )
    places = []
    for seat, key, name, ref, seat_ref, member, party, kind, party_ref, first, last, votes, *_order in rows:
        occupants = filled.get(seat, [])
        sat_in = (
            occupants
            if any(not term.deputy for term in occupants)
            else [*occupants, *affiliations.terms.get(party, ())]
        )
        places.append(
            Seat(
                key,
                name,
                ref,
                seat_ref,
                member,
                party,
                kind == "person",
                party_ref,
                read_stored_date(first),
                read_stored_date(last),
                bool(votes),
                tuple(sat_in),
            )
        )
    return places


def read_meetings_held(cursor: Cursor, group: RowKey | None, first: date, last: date) -> list[HeldMeeting]:
    """The meetings of one group or of all between two days that were not called off and have attendance, by day."""
    rows = cursor.execute(MEETINGS, {"group": group, "first": first.isoformat(), "last": last.isoformat()})
    return _build_meetings(cursor, rows.fetchall())


def read_meeting_attendance(cursor: Cursor, meeting: RowKey, today: date) -> HeldMeeting:
    """One meeting with its attendance so far; one without a day is read as of today."""
    rows = cursor.execute(
        "SELECT id, coalesce(\"group\", x''), coalesce(day, ?) FROM meetings WHERE id = ?", (today.isoformat(), meeting)
    ).fetchall()
    return _build_meetings(cursor, rows)[0]


def read_not_marked(cursor: Cursor, meeting: RowKey, today: date) -> list[tuple[RowKey, str]]:
    """Key and name of those invited or seated of whom nothing is said: not themselves, their post, nor a deputy.

    Somebody of an organisation who is not due for themselves speaks for it.
    """
    attended = read_meeting_attendance(cursor, meeting, today).attendees
    expected = cursor.execute(EXPECTED, {"meeting": meeting}).fetchall()
    own = frozenset(key for key, _name in expected)
    marked = frozenset[bytes]().union(
        *(
            attendee.parties | attendee.deputy_for | (frozenset() if attendee.parties & own else attendee.bodies)
            for attendee in attended
        )
    )
    return [(key, name) for key, name in expected if key not in marked]


def count_welsh_speakers(cursor: Cursor, meeting: RowKey, today: date) -> int:
    """How many people of those invited or there wish to speak Welsh, but for those who are not coming."""
    return int(cursor.execute(WANTS_WELSH, {"meeting": meeting, "today": today.isoformat()}).fetchone()[0])


def _build_meetings(cursor: Cursor, meetings: list[tuple[RowKey, RowKey, str]]) -> list[HeldMeeting]:
    from ahtc_tui.store.contacts.party_lookup import encode_keys

    affiliations = _read_affiliations(cursor)
    days = {key: date.fromisoformat(day[:10]) for key, _group, day in meetings}
    attended: dict[RowKey, list[Attended]] = defaultdict(list)
    for meeting, *line in cursor.execute(LINES, (encode_keys(days),)):
        attended[meeting].append(_build_attended(affiliations, days[meeting], *line))
    return [HeldMeeting(group, days[key], tuple(attended[key])) for key, group, _day in meetings]


def _build_attended(
    affiliations: _Affiliations,
    day: date,
    party: RowKey | None,
    name: str,
    ref: str | None,
    kind: str,
    state: str,
    deputy_for: RowKey | None,
) -> Attended:
    parties = affiliations.expand_party(party, day) if party else frozenset()
    bodies = frozenset(body for member in parties if (body := affiliations.bodies.get(member)))
    stood_in = affiliations.expand_party(deputy_for, day) if deputy_for else frozenset()
    if kind == "post":
        holders = [term for term in affiliations.terms.get(party or NO_KEY, ()) if term.is_current_on(day)]
        name, ref = (holders[0].name, holders[0].ref) if len(holders) == 1 else (name, ref)
    return Attended(parties, bodies, name, ref, Presence(state), stood_in)


def _read_affiliations(cursor: Cursor) -> _Affiliations:
    terms, posts = defaultdict(list), defaultdict(list)
    for post, *line in cursor.execute(
        "SELECT h.post, p.id, p.name, p.ref, 0, h.from_on, h.to_on FROM holdings h JOIN parties p ON p.id = h.person"
        " WHERE NOT h.deleted ORDER BY h.n"
    ):
        term = _build_term(*line)
        terms[post].append(term)
        posts[term.person].append((post, term))
    bodies = cursor.execute(
        "SELECT id, organisation FROM people WHERE organisation IS NOT NULL AND NOT deleted"
        " UNION SELECT id, organisation FROM posts WHERE organisation IS NOT NULL AND NOT deleted"
    )
    return _Affiliations(terms, posts, dict(bodies.fetchall()))


def _build_term(person: RowKey, name: str, ref: str, deputy: int, first: str | None, last: str | None) -> Term:
    return Term(person, name, ref, bool(deputy), read_stored_date(first), read_stored_date(last))
