"""Reads the engagement log, and the last contact with each party: an entry of the log or a meeting attended.

A contact with a post counts for its holder on that day and the other way round; a contact with a person or a post
counts for their organisation.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from ahtc_tui.domain.contacts.engagement import (
    APOLOGIES_IN_A_ROW,
    APOLOGY_DAYS,
    TIER_LIMITS,
    EngagementRow,
    EngagementStatus,
    LastContact,
)
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.meetings.kinds import PRESENT_STATES
from ahtc_tui.store.records.cursor import KEYS, Cursor, encode_keys
from ahtc_tui.store.records.rows import select_column, select_mapping, select_one, select_rows
from ahtc_tui.store.sql_fragments import HOLDS, SHOWN_MEETING_TITLE

ATTENDED_STATES = ", ".join(f"'{state.value}'" for state in sorted(PRESENT_STATES))

HELD = "coalesce(e.status, 'held') = 'held'"
LOGGED_CONTACTS = f"""SELECT l.party AS party, e.held_on AS day, e.kind AS kind, e.ref AS ref, e.subject AS subject
 FROM engagements e JOIN engagement_parties l ON l.engagement = e.id AND NOT l.deleted
 WHERE NOT e.deleted AND {HELD} AND substr(e.held_on, 1, 10) <= :today"""
ATTENDED_MEETINGS = f"""SELECT t.party, m.day, 'meeting', m.ref, {SHOWN_MEETING_TITLE.format("m")} FROM attendances t
 JOIN meetings m ON m.id = t.meeting
 WHERE t.party IS NOT NULL AND NOT t.deleted AND t.state IN ({ATTENDED_STATES}) AND NOT m.deleted
 AND m.state <> 'cancelled' AND m.day IS NOT NULL AND substr(m.day, 1, 10) <= :today"""
HELD_ON_DAY = HOLDS.replace(":today", "substr(t.day, 1, 10)")
HOLDINGS = "SELECT * FROM holdings WHERE person IS NOT NULL AND NOT deleted"

ORGANISATION = "coalesce(w.organisation, q.organisation)"
ORGANISATION_JOINS = "LEFT JOIN posts w ON w.id = r.party LEFT JOIN people q ON q.id = r.party"

REACHED_PARTIES = f"""WITH talk AS MATERIALIZED ({LOGGED_CONTACTS} UNION ALL {ATTENDED_MEETINGS}),
 held AS MATERIALIZED ({HOLDINGS}),
 person AS MATERIALIZED (SELECT * FROM talk
 UNION ALL SELECT h.person, t.day, t.kind, t.ref, t.subject FROM talk t JOIN held h ON h.post = t.party
 WHERE {HELD_ON_DAY} UNION ALL SELECT h.post, t.day, t.kind, t.ref, t.subject FROM talk t
 JOIN held h ON h.person = t.party WHERE {HELD_ON_DAY}), everybody AS (SELECT * FROM person
 UNION ALL SELECT {ORGANISATION}, r.day, r.kind, r.ref, r.subject FROM person r {ORGANISATION_JOINS}
 WHERE {ORGANISATION} IS NOT NULL)"""
"""Contacts with each party: itself, the holders of its posts, the posts that it held, and its organisation."""

REFS = f"{REACHED_PARTIES} SELECT DISTINCT ref FROM everybody WHERE party = :key"

UNCOUNTED_REFS = f"""SELECT e.ref FROM engagements e JOIN engagement_parties l ON l.engagement = e.id AND NOT l.deleted
 WHERE l.party = ? AND NOT e.deleted AND NOT ({HELD})"""
"""Planned and cancelled engagements of a party itself, which are listed but do not count as contact."""


class PartyContact(NamedTuple):
    """The last engagement or meeting with a party."""

    party: RowKey
    day: DateAsKnown
    kind: str
    ref: str
    subject: str


LAST_CONTACTS = f"""WITH talk AS MATERIALIZED ({LOGGED_CONTACTS} UNION ALL {ATTENDED_MEETINGS}),
 held AS MATERIALIZED ({HOLDINGS}),
 person AS MATERIALIZED (SELECT party, max(day) AS day, kind, ref, subject FROM talk GROUP BY party
 UNION ALL SELECT h.person, max(t.day), t.kind, t.ref, t.subject FROM held h CROSS JOIN talk t ON h.post = t.party
 WHERE {HELD_ON_DAY} GROUP BY h.person
 UNION ALL SELECT h.post, max(t.day), t.kind, t.ref, t.subject FROM held h CROSS JOIN talk t ON h.person = t.party
 WHERE {HELD_ON_DAY} GROUP BY h.post), everybody AS (SELECT * FROM person
 UNION ALL SELECT {ORGANISATION}, r.day, r.kind, r.ref, r.subject FROM person r {ORGANISATION_JOINS}
 WHERE {ORGANISATION} IS NOT NULL)
 SELECT party, max(day) AS day, kind, ref, subject FROM everybody GROUP BY party"""
"""Last contact with each party; with max(), SQLite takes the other columns from the same row."""


class MonthContacts(NamedTuple):
    """The number of contacts with a party in a month, "2013-11"."""

    party: RowKey
    month: str
    number: int


CONTACTS_BY_MONTH = f"""{REACHED_PARTIES} SELECT party, substr(day, 1, 7) AS month, count(DISTINCT ref) AS number
 FROM everybody WHERE substr(day, 1, 10) >= :first GROUP BY party, substr(day, 1, 7)"""

SENT_APOLOGIES = """WITH line AS (SELECT t.party AS party, m."group" AS body, m.day AS day, t.state AS state,
 row_number() OVER (PARTITION BY t.party, m."group" ORDER BY substr(m.day, 1, 10) DESC, m.n DESC) AS place
 FROM attendances t JOIN meetings m ON m.id = t.meeting WHERE t.party IS NOT NULL AND NOT t.deleted AND NOT m.deleted
 AND m.state <> 'cancelled' AND m."group" IS NOT NULL AND substr(m.day, 1, 10) BETWEEN :year_ago AND :today)
 SELECT l.party AS key, g.name AS value FROM line l JOIN named_parties g ON g.id = l.body
 WHERE l.place <= :twice GROUP BY l.party, l.body HAVING count(*) = :twice AND sum(l.state = 'apologies') = :twice"""

CONTACTS = """SELECT p.id AS key, p.ref, p.name, p.kind, o.name AS organisation, p.tier, NULL AS last_contact
 FROM named_parties p LEFT JOIN people e ON e.id = p.id
 LEFT JOIN posts t ON t.id = p.id LEFT JOIN named_parties o ON o.id = coalesce(e.organisation, t.organisation)
 WHERE NOT p.deleted AND p.kind <> 'group'"""

EVER_LOGGED = f"""SELECT DISTINCT coalesce(w.organisation, q.organisation, l.party) FROM engagements e
 JOIN engagement_parties l ON l.engagement = e.id AND NOT l.deleted LEFT JOIN posts w ON w.id = l.party
 LEFT JOIN people q ON q.id = l.party WHERE NOT e.deleted AND {HELD} AND substr(e.held_on, 1, 10) <= :today"""

ENTRIES = """SELECT e.ref, e.held_on AS "on", e.kind, e.subject, e.text AS note, a.ref AS follow_up, e.minutes,
 coalesce(e.status, 'held') AS status, c.name AS assignee, c.ref AS assignee_ref,
 (SELECT group_concat(name, char(10)) FROM (SELECT p.name FROM engagement_parties l
 JOIN named_parties p ON p.id = l.party
 WHERE l.engagement = e.id AND NOT l.deleted ORDER BY l.n)) AS who,
 (SELECT group_concat(ref, char(10)) FROM (SELECT p.ref FROM engagement_parties l JOIN parties p ON p.id = l.party
 WHERE l.engagement = e.id AND NOT l.deleted ORDER BY l.n)) AS who_refs
 FROM engagements e LEFT JOIN actions a ON a.id = e.follow_up AND NOT a.deleted
 LEFT JOIN named_parties c ON c.id = e.assignee WHERE NOT e.deleted"""

MEETINGS = f"""SELECT m.ref, m.day AS "on", 'meeting' AS kind, {SHOWN_MEETING_TITLE.format("m")} AS subject,
 NULL AS note, NULL AS who, NULL AS who_refs, NULL AS follow_up, 1 AS attended, 'held' AS status FROM meetings m
 WHERE NOT m.deleted AND m.day IS NOT NULL"""


def read_tier_limits(cursor: Cursor) -> dict[int, int]:
    """Return the limits in days by tier: the office's own, else the defaults."""
    query = "SELECT number AS key, days AS value FROM tiers WHERE NOT deleted ORDER BY n"
    return TIER_LIMITS | select_mapping(cursor, query)


def read_tier_keys(cursor: Cursor) -> dict[int, RowKey]:
    """Return the keys of the limits that the office has set, by tier."""
    return select_mapping(cursor, "SELECT number AS key, id AS value FROM tiers WHERE NOT deleted ORDER BY n")


def read_last_contacts(cursor: Cursor, today: date) -> dict[RowKey, LastContact]:
    """Return the last contact with each party that had one."""
    rows = select_rows(cursor, PartyContact, LAST_CONTACTS, {"today": today.isoformat()})
    return {row.party: LastContact(row.day, row.kind, row.ref, row.subject) for row in rows}


def read_contacts_by_month(cursor: Cursor, first: date, today: date) -> list[MonthContacts]:
    """Return how often each party was contacted in each month from a day on."""
    return select_rows(
        cursor, MonthContacts, CONTACTS_BY_MONTH, {"first": first.isoformat(), "today": today.isoformat()}
    )


def read_statuses(cursor: Cursor, today: date) -> list[EngagementStatus]:
    """Return the state of contact with every party that has a tier, a contact or two apologies in a row."""
    year_ago = (today - timedelta(APOLOGY_DAYS)).isoformat()
    parameters = {"today": today.isoformat(), "twice": APOLOGIES_IN_A_ROW, "year_ago": year_ago}
    last_contacts = read_last_contacts(cursor, today)
    apologies = select_mapping(cursor, SENT_APOLOGIES, parameters)
    logged = set(select_column(cursor, EVER_LOGGED, parameters))
    contacts = select_rows(
        cursor,
        EngagementStatus,
        f"{CONTACTS} AND (p.tier IS NOT NULL OR p.id IN {KEYS.format(':known')}) ORDER BY p.n",
        {"known": encode_keys(last_contacts.keys() | apologies.keys())},
    )
    return [
        contact._replace(
            last_contact=last_contacts.get(contact.key),
            apologies=apologies.get(contact.key),
            logged=contact.key in logged,
        )
        for contact in contacts
    ]


def read_status(cursor: Cursor, key: RowKey, today: date) -> EngagementStatus:
    """Return the state of contact with one party."""
    statuses = {entry.key: entry for entry in read_statuses(cursor, today)}
    return statuses.get(key) or select_one(cursor, EngagementStatus, f"{CONTACTS} AND p.id = ?", (key,))


def read_entries(cursor: Cursor, refs: set[str] | None = None) -> list[EngagementRow]:
    """Return the log, latest first: every entry, or the entries with these references."""
    rows = select_rows(cursor, EngagementRow, f"{ENTRIES} ORDER BY e.held_on DESC, e.n DESC")
    return [row for row in rows if refs is None or row.ref in refs]


def read_participants(cursor: Cursor, engagement: RowKey) -> dict[RowKey, RowKey]:
    """Return the link of each party that took part in an engagement, by the key of the party."""
    query = "SELECT party AS key, id AS value FROM engagement_parties WHERE engagement = ? AND NOT deleted ORDER BY n"
    return select_mapping(cursor, query, (engagement,))


def read_contact_history(cursor: Cursor, key: RowKey, today: date) -> list[EngagementRow]:
    """Return the contacts with a party, latest first: entries of the log and meetings attended."""
    refs = set(select_column(cursor, REFS, {"key": key, "today": today.isoformat()}))
    refs |= set(select_column(cursor, UNCOUNTED_REFS, (key,)))
    meetings = [row for row in select_rows(cursor, EngagementRow, MEETINGS) if row.ref in refs]
    return sorted((*read_entries(cursor, refs), *meetings), key=lambda row: row.on.latest, reverse=True)
