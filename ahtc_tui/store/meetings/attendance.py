"""Reads attendance: single records, and the rows from which rates and quorum are computed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from ahtc_tui.domain.dates.date_as_known import NO_DAY, DateAsKnown
from ahtc_tui.domain.dates.periods import Timeline
from ahtc_tui.domain.keys import NO_KEY, RowKey
from ahtc_tui.domain.meetings.kinds import Presence
from ahtc_tui.domain.meetings.seating import NO_TERMS, Attended, HeldMeeting, Seat, Term, build_term_timeline
from ahtc_tui.store.engine.party_names import names_on
from ahtc_tui.store.records.cursor import Cursor, encode_keys
from ahtc_tui.store.records.rows import select_column, select_mapping, select_row, select_rows, select_value
from ahtc_tui.store.sql_fragments import CURRENT_HOLDER, SEAT_MEMBER, SITS

VOTING_ROLES = ("chair", "deputy-chair", "member", "lead", "co-opted", "represents-wales")
"""Roles with a vote where the seat does not record whether it has one."""

SEAT = """seat AS key, role, "group", group_name, group_ref, ref, name, party, kind = 'person' AS is_person, party_ref,
 start, end,
 votes, (SELECT o.kind FROM organisations o WHERE o.id = coalesce(
 (SELECT t.organisation FROM posts t WHERE t.id = party),
 (SELECT r.organisation FROM people r WHERE r.id = party), party)) AS body"""

PLACES = f"""FROM (SELECT s.id AS seat, s."group", g.name AS group_name, g.ref AS group_ref, s.ref,
 {SEAT_MEMBER} AS name, s.party, s.role, p.kind, p.ref AS party_ref, s.from_on AS start, s.to_on AS end,
 coalesce(s.voting, s.role IN (SELECT value FROM json_each(:roles))) AS votes,
 s.role <> 'chair' AS later, s.n AS n FROM seats s JOIN named_parties g ON g.id = s."group"
 LEFT JOIN named_parties p ON p.id = s.party WHERE NOT s.deleted
 UNION ALL SELECT NULL, g.id, p.name, p.ref, NULL, c.name, c.id, 'chair', c.kind, c.ref, NULL, NULL, 1, 0, 0
 FROM groups g JOIN named_parties p ON p.id = g.id JOIN named_parties c ON c.id = g.chair WHERE NOT g.deleted
 AND NOT EXISTS
 (SELECT 1 FROM seats s WHERE s."group" = g.id AND s.party = g.chair AND NOT s.deleted))
 WHERE :group IS NULL OR "group" = :group ORDER BY sort_key(group_name), group_ref, later, n"""
"""Every present and past seat, and chairs without a seat."""

OCCUPANCIES = """SELECT o.seat AS holding, p.id AS person, p.name, p.ref, o.deputy, o.from_on AS start, o.to_on AS end,
 0 AS acting, o.person IS NULL AS vacant FROM occupancies o LEFT JOIN named_parties p ON p.id = o.person
 WHERE NOT o.deleted ORDER BY o.n"""

HOLDINGS = """SELECT h.post AS holding, p.id AS person, p.name, p.ref, 0 AS deputy, h.from_on AS start, h.to_on AS end,
 h.acting, h.vacant FROM holdings h LEFT JOIN named_parties p ON p.id = h.person WHERE NOT h.deleted ORDER BY h.n"""


class StoredMeeting(NamedTuple):
    """Meeting with its group and day."""

    key: RowKey
    group: RowKey
    day: date


MEETINGS = """SELECT id AS key, "group", day FROM meetings m WHERE NOT deleted AND state <> 'cancelled'
 AND "group" IS NOT NULL
 AND substr(day, 1, 10) BETWEEN :first AND :last AND (:group IS NULL OR "group" = :group) AND EXISTS
 (SELECT 1 FROM attendances t WHERE t.meeting = m.id AND NOT t.deleted) ORDER BY substr(day, 1, 10), n"""


class StoredAttendance(NamedTuple):
    """Attendance record of a meeting."""

    meeting: RowKey
    party: RowKey | None
    name: str
    ref: str | None
    kind: str | None
    state: Presence
    deputy_for: RowKey | None
    seat: RowKey | None
    items: str | None


LINES = """SELECT t.meeting, t.party, coalesce(p.name, t.words) AS name, p.ref, p.kind, t.state, t.deputy_for, t.seat,
 t.items
 FROM attendances t LEFT JOIN named_parties p ON p.id = t.party
 WHERE NOT t.deleted AND t.meeting IN (SELECT unhex(value) FROM json_each(?))"""


class ExpectedParty(NamedTuple):
    """Party that is invited or has a seat."""

    key: RowKey
    name: str


EXPECTED = f"""SELECT p.id AS key, p.name FROM (SELECT party, 0 AS later, n FROM invitations WHERE meeting = :meeting
 AND NOT deleted UNION ALL SELECT s.party, 1, s.n FROM meetings m JOIN seats s ON s."group" = m."group"
 WHERE m.id = :meeting AND {SITS.replace(":today", "substr(m.day, 1, 10)")}) e
 JOIN named_parties p ON p.id = e.party GROUP BY p.id
 ORDER BY min(e.later), min(e.n)"""
"""Invited parties first, then parties with a seat that are not invited."""

WANTS_WELSH = f"""SELECT count(DISTINCT w.id) FROM (SELECT party FROM invitations WHERE meeting = :meeting
 AND NOT deleted UNION SELECT party FROM attendances WHERE meeting = :meeting AND NOT deleted) c
 JOIN people w ON w.id = c.party OR w.id = {CURRENT_HOLDER.format(field="id", post="c.party")}
 WHERE w.language = 'cy' AND NOT w.deleted AND NOT EXISTS (SELECT 1 FROM attendances t WHERE t.meeting = :meeting
 AND t.party IN (c.party, w.id) AND t.state IN ('apologies', 'absent') AND NOT t.deleted)"""


class _Affiliations(NamedTuple):
    """Holders of posts by day, and organisations of people and posts."""

    terms: dict[RowKey, Timeline[Term]]
    """Holders by post."""
    posts: dict[RowKey, set[RowKey]]
    """Posts that a person held at any time."""
    bodies: dict[RowKey, RowKey]

    def list_holders(self, post: RowKey, day: date) -> list[Term]:
        """Return the terms of the known holders of a post on a day."""
        return [term for term in self.terms.get(post, NO_TERMS).list_valid(day) if term.person]

    def expand_party(self, party: RowKey, day: date) -> frozenset[RowKey]:
        """Return a party with its holder, or with the posts that it holds, on a day."""
        holders = (term.person for term in self.list_holders(party, day) if term.person)
        posts_held = (
            post
            for post in self.posts.get(party, ())
            if any(term.person == party for term in self.list_holders(post, day))
        )
        return frozenset((party, *holders, *posts_held))


class SeatPlace(NamedTuple):
    """A seat and its group."""

    key: RowKey
    group: RowKey


def build_expander(cursor: Cursor, day: date) -> Callable[[RowKey], frozenset[RowKey]]:
    """Return a function that gives a party with its holder, or with the posts that it holds, on a day."""
    affiliations = _read_affiliations(cursor)
    return lambda party: affiliations.expand_party(party, day)


def attend_together(cursor: Cursor, day: date, parties: Iterable[RowKey]) -> tuple[Attended, ...]:
    """Return parties as if all of them attended a meeting on a day."""
    affiliations = _read_affiliations(cursor)
    query = "SELECT x'' AS meeting, id AS party, name, ref, kind, 'present' AS state, NULL AS deputy_for, NULL AS seat,"
    rows = select_rows(
        cursor,
        StoredAttendance,
        f"{query} NULL AS items FROM named_parties WHERE id IN (SELECT unhex(value) FROM json_each(?))",
        (encode_keys(parties),),
    )
    return tuple(_build_attended(affiliations, day, row) for row in rows)


def find_seat(cursor: Cursor, ref: str) -> SeatPlace | None:
    """Return the seat with a reference; None where there is none."""
    query = 'SELECT id AS key, "group" FROM seats WHERE ref = ? COLLATE NOCASE AND NOT deleted'
    return select_row(cursor, SeatPlace, query, (ref.strip(),))


def find_line(cursor: Cursor, meeting: RowKey, party: RowKey | None, words: str) -> RowKey | None:
    """Return the key of the attendance record of a party, or else of a name in words."""
    column, value = ("party", party) if party else ("words", words)
    return select_value(
        cursor, f"SELECT id FROM attendances WHERE meeting = ? AND {column} = ? AND NOT deleted", (meeting, value)
    )


def read_votes(cursor: Cursor, meeting: RowKey) -> list[tuple[RowKey, str]]:
    """Return the stored votes of the minutes of a meeting, each with the key of its line."""
    query = "SELECT id, votes FROM minute_lines WHERE meeting = ? AND votes IS NOT NULL AND NOT deleted"
    return cursor.execute(query, (meeting,)).fetchall()


def list_lines(cursor: Cursor, meeting: RowKey) -> list[RowKey]:
    """Return the keys of the attendance records of a meeting, in order of entry."""
    return select_column(cursor, "SELECT id FROM attendances WHERE meeting = ? AND NOT deleted ORDER BY n", (meeting,))


class StoredTerm(NamedTuple):
    """Person in a seat or a post for a time."""

    holding: RowKey
    """Key of the seat or the post."""
    person: RowKey | None
    name: str | None
    ref: str | None
    deputy: bool
    start: DateAsKnown | None
    end: DateAsKnown | None
    acting: bool
    vacant: bool


def read_places(cursor: Cursor, group: RowKey | None = None) -> list[Seat]:
    """Return the seats of one group or of all, by group, the chair first."""
    import json

    affiliations = _read_affiliations(cursor)
    occupants_by_seat = _read_terms(cursor, OCCUPANCIES)
    parameters = {"group": group, "roles": json.dumps(VOTING_ROLES)}
    seat_keys = select_column(cursor, f"SELECT seat {PLACES}", parameters)
    seats = select_rows(cursor, Seat, f"SELECT {SEAT} {PLACES}", parameters)
    places = []
    for key, seat in zip(seat_keys, seats, strict=True):
        terms = occupants_by_seat.get(key, [])
        occupants = build_term_timeline(term for term in terms if not term.deputy)
        deputies = tuple(term for term in terms if term.deputy)
        holders = affiliations.terms.get(seat.party or NO_KEY, NO_TERMS)
        places.append(replace(seat, occupants=occupants, holders=holders, deputies=deputies))
    return places


def read_meetings_held(cursor: Cursor, group: RowKey | None, first: date, last: date) -> list[HeldMeeting]:
    """Return the meetings with attendance between two days, of one group or of all, by day; not cancelled ones."""
    parameters = {"group": group, "first": first.isoformat(), "last": last.isoformat()}
    return _build_meetings(cursor, select_rows(cursor, StoredMeeting, MEETINGS, parameters))


def read_meeting_attendance(cursor: Cursor, meeting: RowKey, today: date) -> HeldMeeting:
    """Return one meeting with its attendance so far; one without a day is read as of today."""
    query = (
        """SELECT id AS key, coalesce("group", x'') AS "group", coalesce(day, ?) AS day FROM meetings WHERE id = ?"""
    )
    return _build_meetings(cursor, select_rows(cursor, StoredMeeting, query, (today.isoformat(), meeting)))[0]


def read_not_marked(cursor: Cursor, meeting: RowKey, today: date) -> list[ExpectedParty]:
    """Return key and name of expected parties without attendance for themselves, their post or a deputy.

    An attendee who is not expected in a personal role counts for their organisation.
    """
    held = read_meeting_attendance(cursor, meeting, today)
    with names_on(cursor, today if held.day == NO_DAY else held.day):
        expected = select_rows(cursor, ExpectedParty, EXPECTED, {"meeting": meeting})
    own = frozenset(party.key for party in expected)
    marked = frozenset[RowKey]().union(
        *(
            attendee.parties | attendee.deputy_for | (frozenset() if attendee.parties & own else attendee.bodies)
            for attendee in held.attendees
        )
    )
    return [party for party in expected if party.key not in marked]


def count_welsh_speakers(cursor: Cursor, meeting: RowKey, today: date) -> int:
    """Return how many of the invited and attending people wish to speak Welsh; those with apologies are left out."""
    return int(cursor.execute(WANTS_WELSH, {"meeting": meeting, "today": today.isoformat()}).fetchone()[0])


def _build_meetings(cursor: Cursor, meetings: list[StoredMeeting]) -> list[HeldMeeting]:
    affiliations = _read_affiliations(cursor)
    days = {meeting.key: meeting.day for meeting in meetings}
    attended: dict[RowKey, list[Attended]] = defaultdict(list)
    for attendance in select_rows(cursor, StoredAttendance, LINES, (encode_keys(days),)):
        attended[attendance.meeting].append(_build_attended(affiliations, days[attendance.meeting], attendance))
    return [HeldMeeting(meeting.group, meeting.day, tuple(attended[meeting.key])) for meeting in meetings]


def _build_attended(affiliations: _Affiliations, day: date, attendance: StoredAttendance) -> Attended:
    party, deputy_for = attendance.party, attendance.deputy_for
    name, ref = attendance.name, attendance.ref
    person = party if attendance.kind == "person" else None
    parties = affiliations.expand_party(party, day) if party else frozenset()
    bodies = frozenset(body for member in parties if (body := affiliations.bodies.get(member)))
    represented = affiliations.expand_party(deputy_for, day) if deputy_for else frozenset()
    if attendance.kind == "post":
        holders = affiliations.list_holders(party or NO_KEY, day)
        if len(holders) == 1:
            name, ref, person = holders[0].name or name, holders[0].ref, holders[0].person
    return Attended(
        parties, bodies, name, ref, attendance.state, represented, person, attendance.items, attendance.seat
    )


def _read_terms(cursor: Cursor, query: str) -> dict[RowKey, list[Term]]:
    """Return the terms by key of their seat or post."""
    terms: dict[RowKey, list[Term]] = defaultdict(list)
    for row in select_rows(cursor, StoredTerm, query):
        terms[row.holding].append(Term(*row[1:]))
    return terms


def _read_affiliations(cursor: Cursor) -> _Affiliations:
    collective = set(select_column(cursor, "SELECT id FROM posts WHERE collective"))
    timelines: dict[RowKey, Timeline[Term]] = {}
    posts: dict[RowKey, set[RowKey]] = defaultdict(set)
    for post, terms in _read_terms(cursor, HOLDINGS).items():
        timelines[post] = build_term_timeline(terms, post in collective)
        for term in terms:
            if term.person:
                posts[term.person].add(post)
    query = """SELECT id AS key, organisation AS value FROM people WHERE organisation IS NOT NULL AND NOT deleted
 UNION SELECT id, organisation FROM posts WHERE organisation IS NOT NULL AND NOT deleted"""
    bodies = select_mapping(cursor, query)
    return _Affiliations(timelines, posts, bodies)
