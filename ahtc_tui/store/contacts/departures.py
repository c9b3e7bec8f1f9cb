"""Reads what a person holds who leaves: posts, seats, open work, coming meetings; and who could take it over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from ahtc_tui.domain.contacts.departures import Heir, HeldKind
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.groups.model import SeatRole
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.contacts.post_holders import CURRENT_OR_FUTURE
from ahtc_tui.store.records.cursor import Cursor, Table
from ahtc_tui.store.records.rows import select_column, select_rows, select_value
from ahtc_tui.store.sql_fragments import (
    FILLS,
    GROUP_CHAIR,
    HAS_BEGUN,
    HOLDS,
    SEAT_MEMBER,
    SHOWN_MEETING_TITLE,
    SHOWN_TITLE,
)

HELD_OR_LATER = f"({HOLDS} OR (NOT h.deleted AND NOT h.vacant AND NOT {HAS_BEGUN.format('h.from_on')}))"
FILLED_OR_LATER = f"({FILLS} OR (NOT o.deleted AND NOT {HAS_BEGUN.format('o.from_on')}))"

POSTS = f"""SELECT h.id AS key, p.ref, p.name AS title, NULL AS role, h.from_on, h.to_on, h.post AS place,
 h.acting OR coalesce(t.collective, 0) AS shared FROM holdings h JOIN named_parties p ON p.id = h.post
 LEFT JOIN posts t ON t.id = h.post WHERE h.person = :person AND {HELD_OR_LATER} ORDER BY h.n"""
SEATS = f"""SELECT s.id AS key, s.ref, g.name AS title, s.role, s.from_on, s.to_on, s.id AS place, 0 AS shared
 FROM seats s JOIN named_parties g ON g.id = s."group" WHERE s.party = :person AND {CURRENT_OR_FUTURE} ORDER BY s.n"""
OCCUPANCIES = f"""SELECT o.id AS key, s.ref, {SEAT_MEMBER} || ', ' || g.name AS title, NULL AS role,
 o.from_on, o.to_on, s.id AS place, 0 AS shared FROM occupancies o JOIN seats s ON s.id = o.seat
 JOIN named_parties g ON g.id = s."group" LEFT JOIN named_parties p ON p.id = s.party
 WHERE o.person = :person AND o.deputy = {{deputy}} AND {FILLED_OR_LATER} AND {CURRENT_OR_FUTURE} ORDER BY o.n"""
CHAIRS = f"""SELECT g.id AS key, p.ref, p.name AS title, 'chair' AS role, NULL AS from_on, NULL AS to_on,
 g.id AS place, 0 AS shared FROM groups g JOIN named_parties p ON p.id = g.id
 WHERE g.chair = :person AND {GROUP_CHAIR.format(group="g")} = :person AND NOT g.deleted AND NOT EXISTS (SELECT 1
 FROM seats s WHERE s."group" = g.id AND s.party = :person AND s.role = 'chair' AND NOT s.deleted)"""

DATED: tuple[tuple[HeldKind, Table, str, str], ...] = (
    (HeldKind.POST, "holdings", "person", POSTS),
    (HeldKind.SEAT, "seats", "party", SEATS),
    (HeldKind.REPRESENTATION, "occupancies", "person", OCCUPANCIES.format(deputy=0)),
    (HeldKind.DEPUTY, "occupancies", "person", OCCUPANCIES.format(deputy=1)),
    (HeldKind.CHAIR, "groups", "chair", CHAIRS),
)
"""Facts with a period: table, column of the person, and the query for facts that are valid on `:today` or later."""

COMING = """NOT m.deleted AND m.state NOT IN ('held', 'cancelled')
 AND (substr(m.day, 1, 10) > :today OR m.recurrence IS NOT NULL)"""
MEETING_TITLE = SHOWN_MEETING_TITLE.format("m")


class Duty(NamedTuple):
    """A column that names who does something, where the work is still to be done."""

    kind: HeldKind
    table: Table
    column: str
    joins: str = ""
    condition: str = "1"
    ref: str = "x.ref"
    title: str = "x.title"


OF_ACTION = "JOIN actions a ON a.id = x.action"
OF_MEETING = "JOIN meetings m ON m.id = x.meeting"
OF_GROUP = 'JOIN named_parties g ON g.id = x."group"'
DUTIES = (
    Duty(HeldKind.ACTION, "actions", "lead", "", "x.is_open = 1", title=SHOWN_TITLE.format("x")),
    Duty(HeldKind.SUPPORT, "action_parties", "party", OF_ACTION, "a.is_open = 1", "a.ref", SHOWN_TITLE.format("a")),
    Duty(HeldKind.INVITATION, "invitations", "party", OF_MEETING, COMING, "m.ref", MEETING_TITLE),
    *(
        Duty(HeldKind.MEETING, "meetings", column, "JOIN meetings m ON m.id = x.id", COMING, title=MEETING_TITLE)
        for column in ("organiser", "keynote")
    ),
    Duty(HeldKind.AGENDA_ITEM, "agenda_items", "presenter", OF_MEETING, COMING, "m.ref"),
    Duty(HeldKind.AGENDA_ITEM, "template_items", "presenter", OF_GROUP, ref="g.ref"),
    Duty(HeldKind.AGENDA_ITEM, "forward_items", "presenter", OF_GROUP, "x.taken IS NULL", "g.ref"),
    Duty(HeldKind.PAPER, "papers", "author", OF_MEETING, COMING),
    *(
        Duty(HeldKind.COMMISSION, "commissions", column, "", "x.sent_on IS NULL")
        for column in ("asked_by", "cleared_by")
    ),
    Duty(HeldKind.PLAN, "plans", "owner", "", "x.closed_on IS NULL"),
    Duty(HeldKind.RECOMMENDATION, "recommendations", "owner"),
    Duty(HeldKind.PRACTICE, "practices", "lead"),
    Duty(HeldKind.PRACTICE, "adoptions", "contact", "JOIN practices p ON p.id = x.practice", "1", "p.ref", "p.title"),
    *(
        Duty(HeldKind.PROMISE, "promises", column, "", "x.status = 'open'", title="x.text")
        for column in ("promised_by", "promised_to")
    ),
    Duty(HeldKind.CONTACT, "engagements", "assignee", "", "x.status = 'planned'", title="x.subject"),
    Duty(
        *(HeldKind.CIRCULATION_LIST, "circulation_members", "party", "JOIN circulation_lists l ON l.id = x.list"),
        *("NOT x.dropped AND NOT l.deleted", "l.name", "l.name"),
    ),
    Duty(HeldKind.WEB_PAGE, "web_pages", "owner", title="x.subject"),
    Duty(
        *(HeldKind.INTEREST, "interests", "party", "", "(x.to_on IS NULL OR x.to_on > :today)", "x.ref", "x.text"),
    ),
)
"""Every column that gives a person work or a place that has not ended; other references to a person are history."""

LANGUAGE_WISH = "SELECT language FROM people WHERE id = :person AND language IS NOT NULL"

FOLLOWING = f"""SELECT a.ref || ' ' || {SHOWN_TITLE.format("a")} FROM actions a JOIN holdings h ON h.post = a.lead
 WHERE h.person = :person AND {HELD_OR_LATER} AND a.is_open = 1 ORDER BY a.ref_key"""
FOLLOWING_SEATS = f"""SELECT s.ref FROM seats s JOIN holdings h ON h.post = s.party
 WHERE h.person = :person AND {HELD_OR_LATER} AND {CURRENT_OR_FUTURE} ORDER BY s.n"""

HEIR = "q.id AS key, q.ref, q.name, q.kind"
DEPUTIES = f"""SELECT DISTINCT {HEIR} FROM occupancies o JOIN named_parties q ON q.id = o.person
 WHERE o.seat = :place AND o.deputy AND o.person <> :person AND {FILLS} AND NOT q.deleted"""
OTHER_HOLDERS = f"""SELECT DISTINCT {HEIR} FROM holdings h JOIN named_parties q ON q.id = h.person
 WHERE h.post = :place AND h.person <> :person AND {HOLDS} AND NOT q.deleted"""
ORGANISATION = f"""SELECT coalesce((SELECT organisation FROM people WHERE id = :person),
 (SELECT t.organisation FROM holdings h JOIN posts t ON t.id = h.post WHERE h.person = :person AND {HELD_OR_LATER}
 ORDER BY h.n LIMIT 1))"""
COLLEAGUES = f"""SELECT {HEIR} FROM named_parties q JOIN people e ON e.id = q.id WHERE NOT q.deleted AND q.id <> :person
 AND (e.organisation = :place OR q.id IN (SELECT h.person FROM holdings h JOIN posts t ON t.id = h.post
 WHERE t.organisation = :place AND {HOLDS})) ORDER BY q.n"""
PARTY = f"SELECT {HEIR} FROM named_parties q WHERE q.id = :place AND NOT q.deleted"


class HeldRow(NamedTuple):
    """A record by which a person holds something."""

    kind: HeldKind
    table: Table
    column: str
    key: RowKey
    ref: str | None
    title: str
    role: SeatRole | None = None
    from_on: DateAsKnown | None = None
    to_on: DateAsKnown | None = None
    place: RowKey | None = None
    """Post or seat that is held."""
    shared: bool = False
    """Whether others hold the post as well, or the person acts in it."""


class _DatedColumns(NamedTuple):
    key: RowKey
    ref: str
    title: str
    role: SeatRole | None
    from_on: DateAsKnown | None
    to_on: DateAsKnown | None
    place: RowKey
    shared: bool


class _DutyColumns(NamedTuple):
    key: RowKey
    ref: str | None
    title: str


def read_held(cursor: Cursor, person: RowKey, day: date) -> Iterator[HeldRow]:
    """Yield everything that a person holds on a day or later."""
    parameters = {"person": person, "today": day.isoformat()}
    for kind, table, column, query in DATED:
        for row in select_rows(cursor, _DatedColumns, query, parameters):
            yield HeldRow(kind, table, column, **row._asdict())
    for duty in DUTIES:
        query = f"""SELECT x.id AS key, {duty.ref} AS ref, {duty.title} AS title FROM {duty.table} x {duty.joins}
 WHERE x.{duty.column} = :person AND NOT x.deleted AND {duty.condition} ORDER BY x.n"""
        for duty_row in select_rows(cursor, _DutyColumns, query, parameters):
            yield HeldRow(duty.kind, duty.table, duty.column, *duty_row)
    if language := select_value(cursor, LANGUAGE_WISH, parameters):
        yield HeldRow(HeldKind.LANGUAGE, "people", "language", person, None, language)


def read_following(cursor: Cursor, person: RowKey, day: date) -> tuple[str, ...]:
    """Return the open actions and the seats that stay with the posts of a person."""
    parameters = {"person": person, "today": day.isoformat()}
    return tuple(value for query in (FOLLOWING, FOLLOWING_SEATS) for value in select_column(cursor, query, parameters))


class HeirReader:
    """Reads who could take over from a person after a day."""

    def __init__(self, cursor: Cursor, person: RowKey, day: date) -> None:
        self._cursor = cursor
        self._parameters = {"person": person, "today": (day + timedelta(days=1)).isoformat()}
        self.organisation: RowKey | None = select_value(cursor, ORGANISATION, self._parameters)

    def list_deputies(self, seat: RowKey | None) -> list[Heir]:
        """Return the deputies of a seat."""
        return self._read(DEPUTIES, seat)

    def list_holders(self, post: RowKey | None) -> list[Heir]:
        """Return who else holds a post."""
        return self._read(OTHER_HOLDERS, post)

    def list_colleagues(self) -> list[Heir]:
        """Return the other people of the person's organisation."""
        return self._read(COLLEAGUES, self.organisation)

    def find_organisation(self) -> list[Heir]:
        """Return the organisation of the person; empty if it is not known."""
        return self._read(PARTY, self.organisation)

    def _read(self, query: str, place: RowKey | None) -> list[Heir]:
        return select_rows(self._cursor, Heir, query, {**self._parameters, "place": place}) if place else []
