"""The Today page out of the database, in one snapshot. Reads only; which days count is decided by `domain.today`.

Built for 10,000 actions: one pass counts, and every list is a short walk along an index.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import TYPE_CHECKING

from ahtc_tui.domain.actions import NEVER_LATE, ActionRow
from ahtc_tui.domain.dates import from_stored
from ahtc_tui.domain.meeting_words import MeetingKind, MeetingState
from ahtc_tui.domain.today import (
    QUIET_DAYS,
    SOON_DAYS,
    SPOKEN_DAYS,
    ChaseRow,
    NextMeeting,
    QuietRow,
    Section,
    TodayView,
)
from ahtc_tui.store.actions import COLUMNS, JOINS
from ahtc_tui.store.actions import row as action_row

if TYPE_CHECKING:
    from ahtc_tui.store.database import Cursor

NEVER = ", ".join(f"'{status}'" for status in NEVER_LATE)

LATE = f"a.is_open = 1 AND a.due_day < :today AND a.status NOT IN ({NEVER})"
SOON = f"a.is_open = 1 AND a.due_day >= :today AND a.due_day <= :soon AND a.status NOT IN ({NEVER})"
REVIEW_DUE = "a.review_on < :today || '~'"
"""The review day has come: a stored date begins with its latest day."""
TO_REVIEW = f"a.status = 'continuing' AND NOT a.deleted AND (a.review_on IS NULL OR {REVIEW_DUE})"
PROPOSED = "a.is_open = 1 AND a.status = 'proposed_complete'"
BY_DUE = "a.due_day, a.n"
BY_REVIEW = "a.review_on IS NULL, a.review_on, a.ref_key, a.n"

OPEN = "SELECT count(*) FROM actions a WHERE a.is_open = 1"
CONTINUING = f"""SELECT count(*), coalesce(sum(a.review_on IS NULL OR {REVIEW_DUE}), 0) FROM actions a NOT INDEXED
 WHERE a.status = 'continuing' AND NOT a.deleted"""
PROPOSALS = "SELECT count(*) FROM actions a NOT INDEXED WHERE a.status = 'proposed_complete' AND NOT a.deleted"
"""Without the index: one cheap comparison decides each row, where the index would fetch the open ones one by one."""

COMING = "NOT m.deleted AND m.state <> 'cancelled' AND substr(m.day, 1, 10) >= :today"
MEETINGS = f"""SELECT m.ref, m.title, g.name, m.kind, m.state, m.day, m.start_time, coalesce(m.venue, m.place, m.link),
 (SELECT count(*) FROM agenda_items i WHERE i.meeting = m.id AND NOT i.deleted),
 (SELECT min(p.due_on) FROM papers p WHERE p.meeting = m.id AND NOT p.deleted AND substr(p.due_on, 1, 10) >= :today),
 m.source, m.all_day FROM meetings m LEFT JOIN parties g ON g.id = m."group" WHERE {COMING}
 ORDER BY substr(m.day, 1, 10), coalesce(m.start_time, '99'), m.n LIMIT :limit"""

UNSAID = "NOT EXISTS (SELECT 1 FROM updates u WHERE u.action = a.id AND u.said_on >= :quiet AND NOT u.deleted)"
PRESSING = f"""SELECT a.lead, a.ref, a.due < :today, {UNSAID} FROM actions a WHERE a.is_open = 1
 AND a.due_day <= :soon AND a.status NOT IN ({NEVER}) ORDER BY a.due_day, a.n"""
"""Every late or soon due action: lead, reference, whether it is late, whether nothing was said of it of late."""

LEAD = """SELECT p.ref, p.name, p.kind, p.email, q.name, q.email FROM parties p LEFT JOIN holdings h ON h.n =
 (SELECT n FROM holdings WHERE post = p.id AND to_on IS NULL AND NOT deleted ORDER BY ordinal DESC LIMIT 1)
 LEFT JOIN parties q ON q.id = h.person WHERE p.id = ?"""

SPOKEN = """SELECT o, max(held_on) AS last FROM (
 SELECT coalesce(w.organisation, q.organisation, l.party) AS o, e.held_on FROM engagements e
 JOIN engagement_parties l ON l.engagement = e.id AND NOT l.deleted
 LEFT JOIN posts w ON w.id = l.party LEFT JOIN people q ON q.id = l.party
 WHERE NOT e.deleted AND substr(e.held_on, 1, 10) <= :today) GROUP BY o"""
QUIET = f"""SELECT p.ref, p.name, s.last, p.id FROM ({SPOKEN}) s JOIN parties p ON p.id = s.o
 WHERE p.kind = 'organisation' AND NOT p.deleted AND substr(s.last, 1, 10) < :spoken ORDER BY s.last, p.name"""


LAST_KIND = """SELECT e.kind FROM engagements e JOIN engagement_parties l ON l.engagement = e.id AND NOT l.deleted
 LEFT JOIN posts w ON w.id = l.party LEFT JOIN people q ON q.id = l.party WHERE NOT e.deleted AND e.held_on = ?
 AND coalesce(w.organisation, q.organisation, l.party) = ? ORDER BY e.n DESC LIMIT 1"""


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
        "quiet": (today - timedelta(QUIET_DAYS)).isoformat(),
        "spoken": (today - timedelta(SPOKEN_DAYS)).isoformat(),
    }
    with snapshot(cursor):
        pressing = cursor.execute(PRESSING, days).fetchall()
        late = sum(line[2] for line in pressing)
        continuing, to_review = cursor.execute(CONTINUING, days).fetchone()
        unsaid = [line[:3] for line in pressing if line[3]]
        return TodayView(
            today,
            Section(_actions(cursor, LATE, BY_DUE, days, shown), late),
            Section(_actions(cursor, SOON, BY_DUE, days, shown), len(pressing) - late),
            Section(_actions(cursor, TO_REVIEW, BY_REVIEW, days, shown), to_review),
            continuing,
            Section(_actions(cursor, PROPOSED, BY_DUE, days, shown), cursor.execute(PROPOSALS).fetchone()[0]),
            _meetings(cursor, days, meetings),
            _chase(cursor, unsaid, shown),
            sum(lead is None for lead, _ref, _late in unsaid),
            _not_spoken_to(cursor, days, today, shown),
            cursor.execute(OPEN).fetchone()[0],
        )


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


def _chase(cursor: Cursor, unsaid: list[tuple[bytes | None, str, int]], shown: int) -> Section[ChaseRow]:
    """Whom to chase, most late actions first."""
    by_lead: dict[bytes, list[tuple[str, int]]] = {}
    for lead, ref, late in unsaid:
        if lead is not None:
            by_lead.setdefault(lead, []).append((ref, late))
    leads = sorted(by_lead.items(), key=lambda said: (-sum(late for _ref, late in said[1]), -len(said[1])))
    first = leads if shown < 0 else leads[:shown]
    return Section(tuple(_lead(cursor, key, of_lead) for key, of_lead in first), len(leads))


def _lead(cursor: Cursor, key: bytes, of_lead: list[tuple[str, int]]) -> ChaseRow:
    ref, name, kind, email, holder, holder_email = cursor.execute(LEAD, (key,)).fetchone()
    refs = tuple(ref for ref, _late in of_lead)
    return ChaseRow(
        ref, name, kind, holder, holder_email or email, len(of_lead), sum(late for _ref, late in of_lead), refs
    )


def _not_spoken_to(cursor: Cursor, days: dict[str, str], today: date, shown: int) -> Section[QuietRow]:
    """Organisations whose last engagement lies long back, longest first; without any record nothing is guessed."""
    found = cursor.execute(QUIET, days).fetchall()
    rows = []
    for ref, name, stored_day, key in found if shown < 0 else found[:shown]:
        kind = cursor.execute(LAST_KIND, (stored_day, key)).fetchone()[0]
        last_on = from_stored(stored_day)
        assert last_on is not None
        rows.append(QuietRow(ref, name, last_on, kind, (today - last_on.latest).days))
    return Section(tuple(rows), len(found))
