"""The Today page out of the database, in one snapshot. Reads only; which days count is decided by `domain.today`.

Built for 100,000 actions: every count and every list is a walk along an index, which holds all that is asked there.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from ahtc_tui.domain.actions.model import NEVER_LATE, ActionRow
from ahtc_tui.domain.contacts.engagement import overdue
from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.dates.date_as_known import from_stored
from ahtc_tui.domain.meetings.enums import MeetingKind, MeetingState
from ahtc_tui.domain.today import (
    PAPER_DAYS,
    QUIET_DAYS,
    SOON_DAYS,
    SPOKEN_DAYS,
    ChaseRow,
    NextMeeting,
    PaperDue,
    QuietRow,
    Section,
    TodayView,
)
from ahtc_tui.store.actions.queries import COLUMNS, JOINS
from ahtc_tui.store.actions.queries import row as action_row
from ahtc_tui.store.contacts.engagement import limits, standing
from ahtc_tui.store.sql_fragments import ADDRESS_OF, NOW_IN_POST

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor

NEVER = ", ".join(f"'{status}'" for status in NEVER_LATE)

LATE = f"a.is_open = 1 AND a.due_day < :today AND a.status NOT IN ({NEVER})"
SOON = f"a.is_open = 1 AND a.due_day >= :today AND a.due_day <= :soon AND a.status NOT IN ({NEVER})"
PROPOSED = "a.status = 'proposed_complete' AND a.deleted = 0"
BY_DUE = "a.due_day, a.n"
BY_DUE_SORTED = "+a.due_day, a.n"
"""Sorted, not walked along the index by day: few are proposed."""

DUTY = "a.status = 'continuing' AND a.deleted = 0"
REVIEW_DUE = "a.review_on < :today || '~'"
"""The review day has come: a stored date begins with its latest day."""
REVIEWED = f"{DUTY} AND {REVIEW_DUE}"
FIRST_REVIEW = f"SELECT min(a.review_on) FROM actions a WHERE {DUTY}"
UNDATED = f"{DUTY} AND a.review_on IS NULL"

COMING = "NOT m.deleted AND m.recurrence IS NULL AND m.state <> 'cancelled' AND substr(m.day, 1, 10) >= :today"
MEETINGS = f"""SELECT m.ref, m.title, g.name, m.kind, m.state, m.day, m.start_time, coalesce(m.venue, m.place, m.link),
 (SELECT count(*) FROM agenda_items i WHERE i.meeting = m.id AND NOT i.deleted),
 (SELECT min(p.due_on) FROM papers p WHERE p.meeting = m.id AND NOT p.deleted AND substr(p.due_on, 1, 10) >= :today),
 m.source, m.all_day FROM meetings m LEFT JOIN parties g ON g.id = m."group" WHERE {COMING}
 ORDER BY substr(m.day, 1, 10), coalesce(m.start_time, '99'), m.n LIMIT :limit"""

PAPERS = """SELECT r.ref, r.title, p.name, r.due FROM commissions r LEFT JOIN parties p ON p.id = r.asked_by
 WHERE NOT r.deleted AND r.sent_on IS NULL AND r.due < :papers || '~' ORDER BY r.due, r.n"""

SAID = "SELECT action FROM updates WHERE said_on >= :quiet AND NOT deleted"
PRESSING = f"a.deleted = 0 AND a.due < :soon || '~' AND a.status NOT IN ({NEVER})"
"""Late or soon due, of stored columns only: SQLite reads the whole row where a computed one is asked for."""
IN_NUMBERS = f"SELECT count(*), coalesce(sum(a.due < :today), 0) FROM actions a WHERE {PRESSING}"
UNSAID = f"FROM actions a WHERE {PRESSING} AND a.id NOT IN ({SAID})"
BY_LEAD = f"SELECT a.lead, count(*), sum(a.due < :today), min(a.due) {UNSAID} GROUP BY a.lead"
"""Of each lead, what is late or soon due and was not spoken of lately: how much, how much of it late, since when."""
UNSAID_REFS = f"SELECT a.ref {UNSAID} AND a.lead = :lead ORDER BY a.due_day, a.n"

LEAD = f"""SELECT p.ref, p.name, p.kind, {ADDRESS_OF.format(party="p")}, q.name FROM parties p
 LEFT JOIN parties q ON q.id = {NOW_IN_POST.format(field="id", post="p.id")} WHERE p.id = :lead"""


class Led(NamedTuple):
    """What is late or soon due of one lead and was not spoken of lately."""

    lead: bytes | None
    actions: int
    late: int
    first_due: str


@contextmanager
def snapshot(cursor: Cursor) -> Iterator[None]:
    """Every read in it sees the same state of the file."""
    cursor.execute("BEGIN")
    try:
        yield
    finally:
        if cursor.connection.in_transaction:
            cursor.execute("ROLLBACK")


def view(cursor: Cursor, today: date, shown: int, meetings: int) -> TodayView:
    """The Today page: at most `shown` rows of a section and `meetings` meetings; -1 is all."""
    days = {
        "today": today.isoformat(),
        "soon": (today + timedelta(SOON_DAYS)).isoformat(),
        "papers": (today + timedelta(PAPER_DAYS)).isoformat(),
        "quiet": (today - timedelta(QUIET_DAYS)).isoformat(),
    }
    with snapshot(cursor):
        leads = [Led(*line) for line in cursor.execute(BY_LEAD, days)]
        pressing, late = cursor.execute(IN_NUMBERS, days).fetchone()
        return TodayView(
            today,
            Section(_actions(cursor, LATE, BY_DUE, days, shown), late),
            Section(_actions(cursor, SOON, BY_DUE, days, shown), pressing - late),
            _to_review(cursor, days, shown),
            _count(cursor, DUTY, days),
            from_stored(cursor.execute(FIRST_REVIEW).fetchone()[0]),
            Section(_actions(cursor, PROPOSED, BY_DUE_SORTED, days, shown), _count(cursor, PROPOSED, days)),
            _meetings(cursor, days, meetings),
            _chase(cursor, [led for led in leads if led.lead], days, shown),
            sum(led.actions for led in leads if led.lead is None),
            _not_spoken_to(cursor, today, shown),
            _papers(cursor, days, shown),
            _count(cursor, "a.is_open = 1", days),
        )


def _count(cursor: Cursor, test: str, days: dict[str, str]) -> int:
    total: int = cursor.execute(f"SELECT count(*) FROM actions a WHERE {test}", days).fetchone()[0]
    return total


def any_series(cursor: Cursor) -> bool:
    """Whether any meeting repeats; most offices are read without the rules of series."""
    sought = "SELECT 1 FROM meetings WHERE recurrence IS NOT NULL AND state <> 'cancelled' AND NOT deleted LIMIT 1"
    return cursor.execute(sought).fetchone() is not None


def _to_review(cursor: Cursor, days: dict[str, str], shown: int) -> Section[ActionRow]:
    """Continuing duties whose day of review has come, longest ago first, then those that have none."""
    rows = _actions(cursor, REVIEWED, "a.review_on, a.ref_key, a.n", days, shown)
    rows += _actions(cursor, UNDATED, "a.ref_key, a.n", days, shown if shown < 0 else shown - len(rows))
    return Section(rows, _count(cursor, REVIEWED, days) + _count(cursor, UNDATED, days))


def _actions(cursor: Cursor, test: str, order: str, days: dict[str, str], shown: int) -> tuple[ActionRow, ...]:
    lines = cursor.execute(
        f"WITH page AS MATERIALIZED (SELECT a.n FROM actions a WHERE {test} ORDER BY {order} LIMIT :limit)"
        f" SELECT {COLUMNS} FROM page CROSS JOIN actions a ON a.n = page.n {JOINS} ORDER BY {order}",
        {**days, "limit": shown},
    )
    return tuple(action_row(line) for line in lines)


def _meetings(cursor: Cursor, days: dict[str, str], shown: int) -> Section[NextMeeting]:
    rows = []
    for line in cursor.execute(MEETINGS, {**days, "limit": shown}):
        ref, title, group, kind, state, stored_day, starts, place, items, papers_due, source, all_day = line
        day = from_stored(stored_day)
        assert day is not None
        rows.append(
            NextMeeting(
                ref,
                title,
                group,
                MeetingKind(kind),
                MeetingState(state),
                day,
                starts,
                place,
                items,
                from_stored(papers_due),
                source,
                bool(all_day),
            )
        )
    total = cursor.execute(f"SELECT count(*) FROM meetings m WHERE {COMING}", days).fetchone()[0]
    return Section(tuple(rows), total)


def _papers(cursor: Cursor, days: dict[str, str], shown: int) -> Section[PaperDue]:
    rows = []
    for ref, title, asked_by, stored_due in cursor.execute(PAPERS, days):
        due = from_stored(stored_due)
        assert due is not None
        rows.append(PaperDue(ref, title, asked_by, due))
    return Section(tuple(rows if shown < 0 else rows[:shown]), len(rows))


def _chase(cursor: Cursor, leads: list[Led], days: dict[str, str], shown: int) -> Section[ChaseRow]:
    """Whom to chase, most late actions first."""
    leads.sort(key=lambda led: (-led.late, -led.actions, led.first_due, led.lead))
    return Section(tuple(_lead(cursor, led, days) for led in (leads if shown < 0 else leads[:shown])), len(leads))


def _lead(cursor: Cursor, led: Led, days: dict[str, str]) -> ChaseRow:
    ref, name, kind, email, holder = cursor.execute(LEAD, {**days, "lead": led.lead}).fetchone()
    refs = tuple(line[0] for line in cursor.execute(UNSAID_REFS, {**days, "lead": led.lead}))
    return ChaseRow(ref, name, kind, holder, email, led.actions, led.late, refs)


def _not_spoken_to(cursor: Cursor, today: date, shown: int) -> Section[QuietRow]:
    """Whoever is over the limit of their tier or sent apologies twice running, longest ago first.

    An organisation without a tier that is in the log of contact counts after SPOKEN_DAYS; nobody else has a limit.
    """
    known = limits(cursor)
    found = []
    for one in standing(cursor, today):
        unsaid = SPOKEN_DAYS if one.logged and one.kind is PartyKind.ORGANISATION else None
        if row := overdue(one, unsaid if one.tier is None else one.limit(known), today):
            kind = one.spoken.kind if one.spoken else row.why
            found.append(
                QuietRow(row.ref, row.name, row.last_on, kind, row.days, row.kind.value, row.why, one.apologies)
            )
    found.sort(key=lambda row: (row.days is not None, -(row.days or 0), row.name))
    return Section(tuple(found if shown < 0 else found[:shown]), len(found))
