"""Reads the holders of posts, and the actions, seats and meetings of posts and persons."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from ahtc_tui.domain.contacts.model import HoldingRow
from ahtc_tui.domain.contacts.post_holders import Holding, build_post_timeline
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.dates.formatting import soften_date
from ahtc_tui.domain.dates.periods import find_day_after
from ahtc_tui.domain.groups.model import SeatRole
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.meetings.series_words import format_rule
from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.records.rows import select_column, select_rows
from ahtc_tui.store.sql_fragments import CURRENT_HOLDER, FILLS, GROUP_CHAIR, HAS_BEGUN, HOLDER_NUMBER, SHOWN_TITLE, SITS

Parameters = dict[str, Any]

HELPED = "SELECT action FROM action_parties WHERE party = :key AND role <> 'lead' AND NOT deleted"

ACTION = f"SELECT a.ref || ' ' || {SHOWN_TITLE.format('a')} FROM actions a WHERE"
OPEN_ACTIONS = f"{ACTION} a.is_open = 1 AND (a.lead = :key OR a.id IN ({HELPED})) ORDER BY a.ref_key"
CLOSED_ACTIONS = f"{ACTION} a.lead = :key AND a.is_open = 0 AND NOT a.deleted ORDER BY a.ref_key"
LED_IN_PERSON = f"{ACTION} a.is_open = 1 AND a.lead = :key ORDER BY a.ref_key"

CURRENT_OR_FUTURE = f"({SITS} OR (NOT s.deleted AND NOT {HAS_BEGUN.format('s.from_on')}))"
"""Whether a seat exists today or will exist."""


class SeatColumns(NamedTuple):
    """A group that a party sits on, and in which role since when."""

    group: str
    role: SeatRole
    from_on: DateAsKnown | None
    """First day, of a seat that has not begun."""


SEATS = f"""SELECT g.name AS "group", s.role,
 CASE WHEN {HAS_BEGUN.format("s.from_on")} THEN NULL ELSE s.from_on END AS from_on
 FROM seats s JOIN named_parties g ON g.id = s."group" WHERE s.party = :key
 AND {CURRENT_OR_FUTURE} ORDER BY sort_key(g.name), s.n"""

CHAIRED_GROUPS = f"""SELECT p.name FROM groups g JOIN named_parties p ON p.id = g.id
 WHERE {GROUP_CHAIR.format(group="g")} = :key AND NOT g.deleted ORDER BY sort_key(p.name)"""


class HeldPost(NamedTuple):
    """A post, and whether its holders share it."""

    key: RowKey
    name: str
    collective: bool


class ComingMeeting(NamedTuple):
    """Coming meeting that a party is invited to."""

    title: str
    day: DateAsKnown | None
    recurrence: str | None


COMING_MEETINGS = """SELECT m.ref || ' ' || m.title AS title, m.day, m.recurrence FROM invitations i
 JOIN meetings m ON m.id = i.meeting
 WHERE i.party = :key AND NOT i.deleted AND NOT m.deleted AND m.state NOT IN ('held', 'cancelled')
 AND (substr(m.day, 1, 10) >= :today OR m.recurrence IS NOT NULL) ORDER BY substr(m.day, 1, 10), m.n"""

OCCUPANCIES = f"""SELECT o.id FROM occupancies o JOIN seats s ON s.id = o.seat WHERE s.party = :post AND o.person =
 :person
 AND NOT o.deputy AND {FILLS} AND NOT s.deleted"""


def read_holdings(cursor: Cursor, post: RowKey) -> list[Holding]:
    """Return the holdings of a post and its vacancies, by first day."""
    query = f"""SELECT h.id AS key, h.person, p.name, p.ref, {HOLDER_NUMBER} AS ordinal, h.from_on, h.to_on,
 h.acting, h.vacant FROM holdings h LEFT JOIN named_parties p ON p.id = h.person WHERE h.post = ?
 AND NOT h.deleted ORDER BY h.n"""
    return sorted(select_rows(cursor, Holding, query, (post,)), key=lambda holding: holding.period.first)


def read_terms(cursor: Cursor, party: RowKey) -> tuple[HoldingRow, ...]:
    """Return the terms of the holders of a post, or of a person in posts, each with its last day.

    That is the one recorded, or the day before the post became vacant; a vacancy ends where a holder follows.
    """
    query = """SELECT DISTINCT p.id AS key, p.name, coalesce(t.collective, 0) AS collective FROM holdings h
 JOIN named_parties p ON p.id = h.post LEFT JOIN posts t ON t.id = p.id WHERE :key IN (h.post, h.person)
 AND NOT h.deleted ORDER BY sort_key(p.name)"""
    rows = []
    for post in select_rows(cursor, HeldPost, query, {"key": party}):
        holdings = read_holdings(cursor, post.key)
        timeline = build_post_timeline(holdings, post.collective)
        for holding in holdings:
            if party in (post.key, holding.person):
                end, replaced = timeline.find_end(holding), timeline.is_replaced(holding)
                if end and replaced:
                    following = timeline.list_valid(find_day_after(end).latest)
                    replaced = not any(term.vacant for term in (holding, *following))
                dates = holding.from_on, None if replaced else end
                kind = holding.acting, holding.vacant, replaced
                rows.append(HoldingRow(post.name, holding.name, holding.ordinal, *dates, *kind))
    return tuple(rows)


def find_holder_on(cursor: Cursor, post: RowKey, day: date) -> RowKey | None:
    """Return the key of the holder of a post on a day; None where no holder is known, or the party is not a post."""
    parameters = {"post": post, "today": day.isoformat()}
    holder: RowKey | None = cursor.execute(
        f"SELECT {CURRENT_HOLDER.format(field='id', post=':post')}", parameters
    ).fetchone()[0]
    return holder


def is_collective(cursor: Cursor, post: RowKey) -> bool:
    """Return whether several people hold a post together."""
    return bool(cursor.execute("SELECT collective FROM posts WHERE id = ?", (post,)).fetchone()[0])


def read_open_actions(cursor: Cursor, party: RowKey) -> tuple[str, ...]:
    """Return reference and title of the open actions that a party leads or supports."""
    return _read_column(cursor, OPEN_ACTIONS, {"key": party})


def read_closed_actions(cursor: Cursor, post: RowKey) -> tuple[str, ...]:
    """Return reference and title of the closed actions that a post led."""
    return _read_column(cursor, CLOSED_ACTIONS, {"key": post})


def read_seats(cursor: Cursor, party: RowKey, today: date) -> tuple[str, ...]:
    """Return group and role of the current and future seats of a party."""
    rows = select_rows(cursor, SeatColumns, SEATS, {"key": party, "today": today.isoformat()})
    return tuple(
        ", ".join(
            (
                row.group,
                row.role.label,
                *([_("from {day}").format(day=soften_date(row.from_on))] if row.from_on else ()),
            )
        )
        for row in rows
    )


def read_invitations(cursor: Cursor, party: RowKey, today: date) -> tuple[str, ...]:
    """Return the coming meetings that a party is invited to, each with its day, a series with its rule."""
    rows = select_rows(cursor, ComingMeeting, COMING_MEETINGS, {"key": party, "today": today.isoformat()})
    return tuple(f"{row.title}, {format_rule(row.recurrence) if row.recurrence else row.day}" for row in rows)


def read_personal_roles(cursor: Cursor, person: RowKey, today: date) -> tuple[str, ...]:
    """Return the open actions, seats and chairs that a person has without a post."""
    roles = [_("leads {action}").format(action=title) for title in _read_column(cursor, LED_IN_PERSON, {"key": person})]
    roles += [_("sits on {seat}").format(seat=seat) for seat in read_seats(cursor, person, today)]
    chaired = _read_column(cursor, CHAIRED_GROUPS, {"key": person, "today": today.isoformat()})
    return (*roles, *(_("chairs {group}").format(group=group) for group in chaired))


def find_occupancies(cursor: Cursor, post: RowKey, person: RowKey, day: date) -> list[RowKey]:
    """Return the keys of the occupancies of a person in the seats of a post on a day."""
    parameters = {"post": post, "person": person, "today": day.isoformat()}
    return select_column(cursor, OCCUPANCIES, parameters)


def _read_column(cursor: Cursor, query: str, parameters: Parameters) -> tuple[str, ...]:
    return tuple(select_column(cursor, query, parameters))
