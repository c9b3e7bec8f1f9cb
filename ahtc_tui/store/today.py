"""Queries of the Today page, all in one snapshot. `domain.today` decides how many days ahead they look.

They are fast with 1,000,000 actions: each reads a covering index, and late and coming actions are counted in one pass.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import chain, islice
from typing import Any, NamedTuple, TypeVar

from ahtc_tui.domain.actions.model import ActionRow
from ahtc_tui.domain.contacts.engagement import find_overdue
from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.dates.date_as_known import read_stored_date
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.text.collation import build_sort_key
from ahtc_tui.domain.today import (
    CONTACT_DAYS,
    PAPER_DAYS,
    QUIET_DAYS,
    SOON_DAYS,
    TERM_DAYS,
    ChaseCandidate,
    CommissionDue,
    NextMeeting,
    QuietContact,
    RecordToReview,
    Section,
    TodayView,
    UnheldWork,
)
from ahtc_tui.store.actions.queries import read_numbered_actions
from ahtc_tui.store.actions.state_sql import NEVER_LATE
from ahtc_tui.store.contacts.engagement import read_statuses, read_tier_limits
from ahtc_tui.store.records.cursor import Cursor, begin_snapshot
from ahtc_tui.store.records.rows import iterate_rows, select_column, select_one, select_rows
from ahtc_tui.store.sql_fragments import (
    CARRIED_OUT,
    CURRENT_HOLDER,
    DECISION_IS_OPEN,
    ENDS_BY,
    FILLS,
    FIRST_DAY,
    HAS_BEGUN,
    HOLDS,
    IS_VACANT,
    LAST_FILLED,
    LAST_HELD,
    MEETING_TITLE_CY,
    PARTY_ADDRESS,
    REPRESENTATIVE,
    SEAT_MEMBER,
    SITS,
)

T = TypeVar("T")

LATE = f"a.is_open = 1 AND a.due_day < :today AND a.status NOT IN ({NEVER_LATE})"
SOON = f"a.is_open = 1 AND a.due_day >= :today AND a.due_day <= :soon AND a.status NOT IN ({NEVER_LATE})"
PROPOSED = "a.status = 'proposed_complete' AND a.deleted = 0"
BY_DUE = "+a.due_day, a.n"
"""Sorts instead of reading the index by day, because few actions are proposed as complete."""

DUTY = "a.status = 'continuing' AND a.deleted = 0"
REVIEW_DUE = "a.review_on < :today || '~'"
"""Whether the review day has come: a stored date begins with its latest day."""
REVIEWED = f"{DUTY} AND {REVIEW_DUE}"
FIRST_REVIEW = f"SELECT min(a.review_on) FROM actions a WHERE {DUTY}"
UNDATED = f"{DUTY} AND a.review_on IS NULL"

LATE_NUMBERS = f"SELECT a.n, a.lead FROM actions a WHERE {LATE} AND a.brag IS {{}} ORDER BY a.due_day DESC, a.n"
"""Late actions of a rating, the most recent first."""
RATINGS = "'R'", "NOT 'R'"
"""Red and every other rating, for `LATE_NUMBERS`."""
RED_FIRST = "a.brag IS 'R' DESC, a.due_day, a.n"

LISTS = (
    (SOON, RED_FIRST),
    (REVIEWED, "a.review_on, a.ref_key, a.n"),
    (UNDATED, "a.ref_key, a.n"),
    (PROPOSED, BY_DUE),
)
"""Condition and order of each list of actions but the late ones."""

UPCOMING = "NOT m.deleted AND m.recurrence IS NULL AND m.state <> 'cancelled' AND substr(m.day, 1, 10) >= :today"
UPCOMING_MEETINGS = f"""SELECT m.ref, m.title, g.name AS "group", m.kind, m.state, m.day, m.start_time AS starts,
 coalesce(m.venue, m.place, m.link) AS place,
 (SELECT count(*) FROM agenda_items i WHERE i.meeting = m.id AND NOT i.deleted) AS items,
 (SELECT min(p.due_on) FROM papers p WHERE p.meeting = m.id AND NOT p.deleted AND substr(p.due_on, 1, 10) >= :today)
 AS papers_due, m.source, m.all_day, {MEETING_TITLE_CY.format("m")} AS title_cy, m.marking
 FROM meetings m LEFT JOIN named_parties g ON g.id = m."group" WHERE {UPCOMING}
 ORDER BY substr(m.day, 1, 10), coalesce(m.start_time, '99'), m.n LIMIT :limit"""

PAPERS_DUE = """SELECT r.ref, r.title, r.title_cy, p.name AS asked_by, r.due FROM commissions r
 LEFT JOIN named_parties p ON p.id = r.asked_by
 WHERE NOT r.deleted AND r.sent_on IS NULL AND r.due < :papers || '~' ORDER BY r.due, r.n"""

OPEN_DECISIONS = f"""SELECT d.ref, d.text AS title, d.text_cy AS title_cy, coalesce(d.status, 'agreed') AS detail,
 d.decided_on AS due FROM decisions d LEFT JOIN decisions s ON s.id = d.superseded_by AND NOT s.deleted
 WHERE NOT d.deleted AND {DECISION_IS_OPEN} ORDER BY substr(d.decided_on, 1, 10), d.n"""
"""Decisions that are proposed or not carried out, the oldest first."""

_TERMS_BEGIN = FIRST_DAY.format("coalesce({0}.from_on, {0}.agreed_on)")
TERMS_TO_REVIEW = f"""SELECT g.ref, g.name AS title, t.version AS detail, t.review_on AS due FROM terms_of_reference t
 JOIN named_parties g ON g.id = t."group" JOIN groups k ON k.id = t."group"
 WHERE NOT t.deleted AND NOT g.deleted AND k.state <> 'closed' AND t.review_on < :today || '~' AND NOT EXISTS
 (SELECT 1 FROM terms_of_reference x WHERE x."group" = t."group" AND NOT x.deleted
 AND {_TERMS_BEGIN.format("x")} <= :today AND ({_TERMS_BEGIN.format("x")}, x.n) > ({_TERMS_BEGIN.format("t")}, t.n))
 ORDER BY t.review_on, t.n"""
"""Groups whose terms of reference in force have reached their day of review."""

SEATS_ENDING = f"""SELECT s.ref, {SEAT_MEMBER} AS title, g.name AS detail, s.to_on AS due FROM seats s
 JOIN named_parties g ON g.id = s."group" LEFT JOIN named_parties p ON p.id = s.party WHERE NOT s.deleted
 AND {ENDS_BY.format(":term || '~'")} ORDER BY s.to_on, s.n"""

PAGE_DUE = "date(substr(w.last_reviewed, 1, 10), w.cycle_days || ' days')"
PAGES_TO_REVIEW = f"""SELECT w.ref, w.subject AS title, coalesce(p.name, '') AS detail, {PAGE_DUE} AS due
 FROM web_pages w LEFT JOIN named_parties p ON p.id = w.owner WHERE NOT w.deleted AND w.cycle_days IS NOT NULL
 AND (w.last_reviewed IS NULL OR {PAGE_DUE} <= :today) ORDER BY due, w.n"""

SAME_RECIPIENT = "PARTITION BY coalesce(CASE WHEN :folded AND r.due < :today THEN r.promised_to END, r.id)"
PROMISES_DUE = f"""SELECT {{}} FROM (SELECT r.ref, r.text AS title,
 r.text_cy AS title_cy, coalesce(t.name, '') AS detail, r.due, count(*) OVER ({SAME_RECIPIENT}) - 1 AS others,
 row_number() OVER ({SAME_RECIPIENT} ORDER BY r.due, r.n) AS place, r.n
 FROM promises r LEFT JOIN named_parties t ON t.id = r.promised_to
 WHERE NOT r.deleted AND r.status = 'open' AND r.due < :papers || '~' AND NOT {CARRIED_OUT})
 WHERE place = 1 ORDER BY due, n"""
"""Late and coming promises that are not carried out; folded, the first late one to a party stands for all to it."""

HAS_LEFT = f"""(NOT EXISTS (SELECT 1 FROM holdings h WHERE h.person = p.id AND {HOLDS})
 AND NOT EXISTS (SELECT 1 FROM seats s WHERE s.party = p.id AND {SITS})
 AND NOT EXISTS (SELECT 1 FROM occupancies o WHERE o.person = p.id AND {FILLS}))"""
LAST_DAY = f"""(SELECT max(last) FROM (SELECT CASE WHEN h.vacant THEN CASE WHEN h.post = p.id
 AND {HAS_BEGUN.format("h.from_on")} THEN date({FIRST_DAY.format("h.from_on")}, '-1 day') END
 ELSE {LAST_HELD} END AS last FROM holdings h WHERE p.id IN (h.post, h.person) AND NOT h.deleted
 UNION ALL SELECT substr(s.to_on, 1, 10) FROM seats s WHERE s.party = p.id
 AND p.kind = 'person' AND NOT s.deleted AND s.to_on < :today UNION ALL SELECT {LAST_FILLED} FROM occupancies o
 WHERE o.person = p.id AND NOT o.deleted))"""
UNHELD_WORK = f"""SELECT ref, name, kind, actions, seats, date(last, '1 day') AS since
 FROM (SELECT p.ref, p.name, p.kind,
 (SELECT count(*) FROM actions a WHERE a.lead = p.id AND a.is_open = 1) AS actions,
 (SELECT count(*) FROM seats s WHERE s.party = p.id AND {SITS}) AS seats, {LAST_DAY} AS last, p.n
 FROM named_parties p WHERE NOT p.deleted AND p.id IN (SELECT post FROM holdings UNION SELECT person FROM holdings
 UNION SELECT party FROM seats WHERE to_on < :today UNION SELECT person FROM occupancies WHERE to_on < :today)
 AND CASE p.kind WHEN 'post' THEN {IS_VACANT.format(post="p.id")} WHEN 'person' THEN {HAS_LEFT} END)
 WHERE actions + seats > 0 AND last IS NOT NULL ORDER BY actions DESC, n"""
"""Posts without a holder and people whose last term is over, with the actions and seats that they still have."""

RECENTLY_UPDATED = "SELECT action FROM updates WHERE said_on >= :quiet AND NOT deleted"
LATE_OR_SOON = f"a.deleted = 0 AND a.due < :soon || '~' AND a.status NOT IN ({NEVER_LATE})"
"""Whether an action is late or soon due, by stored columns only: SQLite reads the whole row for a computed column."""
DUE_BY_LEAD = f"""SELECT lead, count(*) AS late_or_soon, sum(is_late) AS late, sum(is_quiet) AS quiet,
 sum(is_quiet AND is_late) AS quiet_late, min(CASE WHEN is_quiet THEN due END) AS first_due
 FROM (SELECT a.lead, a.due, a.due < :today AS is_late, a.id NOT IN ({RECENTLY_UPDATED}) AS is_quiet
 FROM actions a WHERE {LATE_OR_SOON}) GROUP BY lead"""
"""Columns of `LeadSummary`. One pass counts for all sections: counts of each lead would read the index again."""
NOT_UPDATED_REFS = f"""SELECT a.ref FROM actions a WHERE {LATE_OR_SOON} AND a.lead = :lead AND NOT EXISTS
 (SELECT 1 FROM updates u WHERE u.action = a.id AND u.said_on >= :quiet AND NOT u.deleted) ORDER BY a.due_day, a.n"""
"""References of one lead. Its actions are few, so that a look at the updates of each costs less than a list of all."""

LEAD = f"""SELECT p.ref, p.name, p.kind, coalesce(w.name, q.name) AS holder,
 coalesce(nullif(trim(w.email), ''), {PARTY_ADDRESS.format(party="p")}) AS email,
 {IS_VACANT.format(post="p.id")} AS vacant,
 (SELECT max(c.chased_on) FROM chases c WHERE c.party = p.id AND NOT c.deleted) AS chased_on FROM named_parties p
 LEFT JOIN named_parties q ON q.id = {CURRENT_HOLDER.format(field="id", post="p.id")}
 LEFT JOIN named_parties w ON w.id = {REPRESENTATIVE.format(party="p", group="NULL")} WHERE p.id = :lead"""

FIRST_PARTS = {
    "contacts": "parties WHERE kind <> 'group' AND",
    "groups": "parties WHERE kind = 'group' AND",
    "seats": "seats WHERE",
    "meetings": "meetings WHERE",
    "actions": "actions WHERE",
    "plan": "objectives WHERE",
}
"""Parts of a new office, with their tables and conditions."""


class LeadSummary(NamedTuple):
    """Numbers of late or soon due actions of one lead; `quiet` are those without a recent update."""

    lead: RowKey | None
    late_or_soon: int
    late: int
    quiet: int
    quiet_late: int
    first_due: str | None
    """Stored date of the first quiet action; None where none is quiet."""


def read_today(cursor: Cursor, today: date, row_limit: int, meeting_limit: int, is_folded: bool) -> TodayView:
    """Return the Today page with at most `row_limit` rows in a section and `meeting_limit` meetings; -1 is all.

    Folded, the late actions of one lead are one row, and the late promises to one party.
    """
    days = {
        "today": today.isoformat(),
        "soon": (today + timedelta(SOON_DAYS)).isoformat(),
        "papers": (today + timedelta(PAPER_DAYS)).isoformat(),
        "term": (today + timedelta(TERM_DAYS)).isoformat(),
        "quiet": (today - timedelta(QUIET_DAYS)).isoformat(),
    }
    with begin_snapshot(cursor):
        leads = select_rows(cursor, LeadSummary, DUE_BY_LEAD, days)
        late_count = sum(lead.late for lead in leads)
        first_late = _list_late_leads(cursor, days, row_limit) if is_folded else {}
        late_numbers = list(first_late) if is_folded else _limit_rows(_list_late_numbers(cursor, days), row_limit)
        late, soon, reviews, proposed = _list_actions(cursor, today, days, late_numbers, row_limit)
        return TodayView(
            today,
            Section(late, late_count, _count_other_late(leads, first_late.values())),
            Section(soon, sum(lead.late_or_soon for lead in leads) - late_count),
            Section(reviews, _count_actions(cursor, REVIEWED, days) + _count_actions(cursor, UNDATED, days)),
            _count_actions(cursor, DUTY, days),
            read_stored_date(cursor.execute(FIRST_REVIEW).fetchone()[0]),
            Section(proposed, _count_actions(cursor, PROPOSED, days)),
            _list_meetings(cursor, days, meeting_limit),
            _list_leads_to_chase(cursor, [lead for lead in leads if lead.lead and lead.quiet], days, row_limit),
            sum(lead.quiet for lead in leads if lead.lead is None),
            _list_quiet_parties(cursor, today, row_limit),
            _build_section(select_rows(cursor, CommissionDue, PAPERS_DUE, days), row_limit),
            _count_actions(cursor, "a.is_open = 1", days),
            decisions=_list_records(cursor, OPEN_DECISIONS, days, row_limit),
            terms_of_reference=_list_records(cursor, TERMS_TO_REVIEW, days, row_limit),
            seats_ending=_list_records(cursor, SEATS_ENDING, days, row_limit),
            web_pages=_list_records(cursor, PAGES_TO_REVIEW, days, row_limit),
            promises=_list_promises(cursor, {**days, "folded": is_folded}, row_limit),
            unheld=_build_section(read_unheld_work(cursor, today), row_limit),
        )


def read_unheld_work(cursor: Cursor, today: date) -> list[UnheldWork]:
    """Return the vacant posts and the people who left that have open work, those with the most actions first."""
    return select_rows(cursor, UnheldWork, UNHELD_WORK, {"today": today.isoformat()})


def _count_actions(cursor: Cursor, condition: str, days: dict[str, str]) -> int:
    total: int = cursor.execute(f"SELECT count(*) FROM actions a WHERE {condition}", days).fetchone()[0]
    return total


def find_filled_parts(cursor: Cursor) -> frozenset[str]:
    """Return the parts of an office that have a record."""
    query = "SELECT 1 FROM {rows} NOT deleted LIMIT 1"
    return frozenset(
        part for part, rows in FIRST_PARTS.items() if cursor.execute(query.format(rows=rows)).fetchone() is not None
    )


def has_series(cursor: Cursor) -> bool:
    """Return whether any meeting repeats; without one, the rules of series are not imported."""
    query = "SELECT 1 FROM meetings WHERE recurrence IS NOT NULL AND state <> 'cancelled' AND NOT deleted LIMIT 1"
    return cursor.execute(query).fetchone() is not None


def has_welsh_wishes(cursor: Cursor) -> bool:
    """Return whether any person wishes to use Welsh; without one, no meeting has to be looked at."""
    return cursor.execute("SELECT 1 FROM people WHERE language = 'cy' LIMIT 1").fetchone() is not None


def _list_actions(
    cursor: Cursor, today: date, days: dict[str, str], late: list[int], row_limit: int
) -> Iterator[tuple[ActionRow, ...]]:
    """Yield the late, the soon due, the reviewed and the proposed actions, all read by one query.

    The duties whose review day has come are followed by those without a review day.
    """
    soon, reviewed, undated, proposed = (
        _list_numbers(cursor, condition, order, days, row_limit) for condition, order in LISTS
    )
    lists = (late, soon, _limit_rows(reviewed + undated, row_limit), proposed)
    rows = iter(read_numbered_actions(cursor, chain.from_iterable(lists), today))
    return (tuple(islice(rows, len(numbers))) for numbers in lists)


class LateNumber(NamedTuple):
    """Number of the row of a late action, and its lead."""

    n: int
    lead: RowKey | None


def _list_late_numbers(cursor: Cursor, days: dict[str, str]) -> list[int]:
    """Return the row numbers of late actions: red ones, then others; of each first one of every lead, then a second.

    The most recent is the first of its lead, since age alone does not make an action urgent.
    """
    numbers: list[int] = []
    for rating in RATINGS:
        turns: dict[int, list[int]] = {}
        counts: Counter[RowKey | None] = Counter()
        for row in select_rows(cursor, LateNumber, LATE_NUMBERS.format(rating), days):
            turns.setdefault(counts[row.lead] if row.lead else 0, []).append(row.n)
            counts[row.lead] += 1
        numbers += chain.from_iterable(turns.values())
    return numbers


def _list_late_leads(cursor: Cursor, days: dict[str, str], row_limit: int) -> dict[int, RowKey | None]:
    """Return the row number of the first late action of each lead, up to a number of rows; -1 is all.

    Each action without a lead is listed.
    """
    leads: dict[int, RowKey | None] = {}
    pages = (iterate_rows(cursor, LateNumber, LATE_NUMBERS.format(rating), days) for rating in RATINGS)
    for row in chain.from_iterable(pages):
        if len(leads) == row_limit:
            break
        if row.lead is None or row.lead not in leads.values():
            leads[row.n] = row.lead
    return leads


def _count_other_late(leads: Iterable[LeadSummary], listed: Iterable[RowKey | None]) -> tuple[int, ...]:
    """Return how many late actions each listed lead has besides the first."""
    late = {lead.lead: lead.late for lead in leads}
    return tuple(late[lead] - 1 if lead else 0 for lead in listed)


def _list_numbers(cursor: Cursor, condition: str, order: str, days: dict[str, str], row_limit: int) -> list[int]:
    query = f"SELECT a.n FROM actions a WHERE {condition} ORDER BY {order} LIMIT :limit"
    return select_column(cursor, query, {**days, "limit": row_limit})


def _list_meetings(cursor: Cursor, days: dict[str, str], row_limit: int) -> Section[NextMeeting]:
    rows = select_rows(cursor, NextMeeting, UPCOMING_MEETINGS, {**days, "limit": row_limit})
    total = cursor.execute(f"SELECT count(*) FROM meetings m WHERE {UPCOMING}", days).fetchone()[0]
    return Section(tuple(rows), total)


def _list_records(cursor: Cursor, query: str, days: dict[str, str], row_limit: int) -> Section[RecordToReview]:
    return _build_section(select_rows(cursor, RecordToReview, query, days), row_limit)


def _list_promises(cursor: Cursor, parameters: dict[str, Any], row_limit: int) -> Section[RecordToReview]:
    columns = "ref, title, title_cy, detail, due"
    rows = select_rows(cursor, RecordToReview, PROMISES_DUE.format(columns), parameters)
    others = select_column(cursor, PROMISES_DUE.format("others"), parameters)
    total = len(rows) + sum(others)
    return Section(tuple(_limit_rows(rows, row_limit)), total, tuple(_limit_rows(others, row_limit)))


def _build_section(rows: list[T], row_limit: int) -> Section[T]:
    """Return the first rows with the number of all; -1 is no limit."""
    return Section(tuple(_limit_rows(rows, row_limit)), len(rows))


def _limit_rows(rows: list[T], row_limit: int) -> list[T]:
    return rows if row_limit < 0 else rows[:row_limit]


def _list_leads_to_chase(
    cursor: Cursor, leads: list[LeadSummary], days: dict[str, str], row_limit: int
) -> Section[ChaseCandidate]:
    """Return the leads to chase, those with the most late actions first."""
    leads.sort(key=lambda lead: (-lead.quiet_late, -lead.quiet, lead.first_due, lead.lead))
    candidates = tuple(_read_lead(cursor, lead, days) for lead in _limit_rows(leads, row_limit))
    return Section(candidates, len(leads))


def _read_lead(cursor: Cursor, lead: LeadSummary, days: dict[str, str]) -> ChaseCandidate:
    values = {**days, "lead": lead.lead}
    refs = tuple(select_column(cursor, NOT_UPDATED_REFS, values))
    return select_one(cursor, ChaseCandidate, LEAD, values, actions=lead.quiet, late=lead.quiet_late, refs=refs)


def _list_quiet_parties(cursor: Cursor, today: date, row_limit: int) -> Section[QuietContact]:
    """Return the contacts beyond the limit of their tier or with apologies twice in a row, longest ago first.

    An organisation without a tier has the limit CONTACT_DAYS if it is in the engagement log. Others have no limit.
    """
    limit_by_tier = read_tier_limits(cursor)
    rows = []
    for party in read_statuses(cursor, today):
        default_limit = CONTACT_DAYS if party.logged and party.kind is PartyKind.ORGANISATION else None
        if row := find_overdue(party, default_limit if party.tier is None else party.find_limit(limit_by_tier), today):
            kind = party.last_contact.kind if party.last_contact else row.why
            rows.append(
                QuietContact(row.ref, row.name, row.last_on, kind, row.days, row.kind.value, row.why, party.apologies)
            )
    rows.sort(key=lambda row: (row.days is not None, -(row.days or 0), build_sort_key(row.name)))
    return _build_section(rows, row_limit)


OLD_RECORDS = """SELECT EXISTS (SELECT 1 FROM meetings m WHERE m.minutes_state = 'agreed' AND NOT m.deleted
 AND m.day <= date(:today, '-3 months') AND (m.day <= date(:today, '-20 years')
 OR EXISTS (SELECT 1 FROM issues i WHERE i.meeting = m.id AND i.state <> 'agreed')
 OR EXISTS (SELECT 1 FROM minute_lines l WHERE l.meeting = m.id AND l.deleted)
 OR EXISTS (SELECT 1 FROM circulations c JOIN circulation_answers a ON a.circulation = c.id
 JOIN circulation_files f ON f.answer = a.id WHERE c.meeting = m.id)))
 OR EXISTS (SELECT 1 FROM paper_files f JOIN papers p ON p.id = f.paper JOIN meetings m ON m.id = p.meeting
 WHERE m.day <= date(:today, '-6 years'))
 OR EXISTS (SELECT 1 FROM interests WHERE to_on <= date(:today, '-6 years'))
 OR EXISTS (SELECT 1 FROM decisions WHERE NOT deleted AND decided_on <= date(:today, '-20 years'))"""
"""Whether a record may be due by the default periods of the retention schedule."""


def has_old_records(cursor: Cursor, today: date) -> bool:
    """Return whether a record may be due by the default periods of the retention schedule."""
    return bool(cursor.execute(OLD_RECORDS, {"today": today.isoformat()}).fetchone()[0])
