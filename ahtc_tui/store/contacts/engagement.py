"""The log of contact, and who was last spoken to when: logged, or at a meeting that they came to. Reads only.

One reading for everybody: what was said to a post reaches whoever held it that day, and the other way round; what
was said to people and posts reaches their organisation.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from ahtc_tui.domain.contacts.engagement import (
    APOLOGIES_IN_A_ROW,
    APOLOGY_DAYS,
    TIER_LIMITS,
    EngagementRow,
    EngagementStatus,
    LastContact,
)
from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.dates.date_as_known import read_stored_date
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.meetings.seating import PRESENT_STATES
from ahtc_tui.store.contacts.party_lookup import KEYS, encode_keys

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor

ATTENDED_STATES = ", ".join(f"'{state.value}'" for state in sorted(PRESENT_STATES))

LOGGED_CONTACTS = """SELECT l.party AS party, e.held_on AS day, e.kind AS kind, e.ref AS ref, e.subject AS subject
 FROM engagements e JOIN engagement_parties l ON l.engagement = e.id AND NOT l.deleted
 WHERE NOT e.deleted AND substr(e.held_on, 1, 10) <= :today"""
ATTENDED_MEETINGS = f"""SELECT t.party, m.day, 'meeting', m.ref, m.title FROM attendances t JOIN meetings m ON m.id =
 t.meeting
 WHERE t.party IS NOT NULL AND NOT t.deleted AND t.state IN ({ATTENDED_STATES}) AND NOT m.deleted AND m.state <>
 'cancelled'
 AND m.day IS NOT NULL AND substr(m.day, 1, 10) <= :today"""
HELD_ON_DAY = """(h.from_on IS NULL OR substr(h.from_on, 1, 7) <= substr(t.day, 1, 7))
 AND (h.to_on IS NULL OR substr(h.to_on, 1, 10) >= substr(t.day, 1, 10))"""
HOLDINGS = "SELECT post, person, from_on, to_on FROM holdings WHERE person IS NOT NULL AND NOT deleted"

ORGANISATION = "coalesce(w.organisation, q.organisation)"
ORGANISATION_JOINS = "LEFT JOIN posts w ON w.id = r.party LEFT JOIN people q ON q.id = r.party"

REACHED_PARTIES = f"""WITH talk AS MATERIALIZED ({LOGGED_CONTACTS} UNION ALL {ATTENDED_MEETINGS}), held AS
 MATERIALIZED ({HOLDINGS}),
 person AS MATERIALIZED (SELECT * FROM talk
 UNION ALL SELECT h.person, t.day, t.kind, t.ref, t.subject FROM talk t JOIN held h ON h.post = t.party
 WHERE {HELD_ON_DAY} UNION ALL SELECT h.post, t.day, t.kind, t.ref, t.subject FROM talk t
 JOIN held h ON h.person = t.party WHERE {HELD_ON_DAY}), everybody AS (SELECT * FROM person
 UNION ALL SELECT {ORGANISATION}, r.day, r.kind, r.ref, r.subject FROM person r {ORGANISATION_JOINS} WHERE
 {ORGANISATION} IS NOT NULL)"""
"""Whom every contact reached: the parties themselves, who held the posts or which posts they held, organisations."""

REFS = f"{REACHED_PARTIES} SELECT DISTINCT ref FROM everybody WHERE party = :key"

LAST_CONTACTS = f"""WITH talk AS MATERIALIZED ({LOGGED_CONTACTS} UNION ALL {ATTENDED_MEETINGS}), held AS MATERIALIZED
 ({HOLDINGS}),
 person AS MATERIALIZED (SELECT party, max(day) AS day, kind, ref, subject FROM talk GROUP BY party
 UNION ALL SELECT h.person, max(t.day), t.kind, t.ref, t.subject FROM held h CROSS JOIN talk t ON h.post = t.party
 WHERE {HELD_ON_DAY} GROUP BY h.person
 UNION ALL SELECT h.post, max(t.day), t.kind, t.ref, t.subject FROM held h CROSS JOIN talk t ON h.person = t.party
 WHERE {HELD_ON_DAY} GROUP BY h.post), everybody AS (SELECT * FROM person
 UNION ALL SELECT {ORGANISATION}, r.day, r.kind, r.ref, r.subject FROM person r {ORGANISATION_JOINS} WHERE
 {ORGANISATION} IS NOT NULL)
 SELECT party, max(day), kind, ref, subject FROM everybody GROUP BY party"""
"""The same, but only the last of each, step by step; beside max() SQLite takes the other columns from its row."""

SENT_APOLOGIES = """WITH line AS (SELECT t.party AS party, m."group" AS body, m.day AS day, t.state AS state,
 row_number() OVER (PARTITION BY t.party, m."group" ORDER BY substr(m.day, 1, 10) DESC, m.n DESC) AS place
 FROM attendances t JOIN meetings m ON m.id = t.meeting WHERE t.party IS NOT NULL AND NOT t.deleted AND NOT m.deleted
 AND m.state <> 'cancelled' AND m."group" IS NOT NULL AND substr(m.day, 1, 10) BETWEEN :year_ago AND :today)
 SELECT l.party, g.name, max(l.day) FROM line l JOIN parties g ON g.id = l.body WHERE l.place <= :twice
 GROUP BY l.party, l.body HAVING count(*) = :twice AND sum(l.state = 'apologies') = :twice"""

CONTACTS = """SELECT p.id, p.ref, p.name, p.kind, o.name, p.tier FROM parties p LEFT JOIN people e ON e.id = p.id
 LEFT JOIN posts t ON t.id = p.id LEFT JOIN parties o ON o.id = coalesce(e.organisation, t.organisation)
 WHERE NOT p.deleted AND p.kind <> 'group'"""

EVER_LOGGED = """SELECT DISTINCT coalesce(w.organisation, q.organisation, l.party) FROM engagements e
 JOIN engagement_parties l ON l.engagement = e.id AND NOT l.deleted LEFT JOIN posts w ON w.id = l.party
 LEFT JOIN people q ON q.id = l.party WHERE NOT e.deleted AND substr(e.held_on, 1, 10) <= :today"""

PARTICIPANTS = """SELECT p.name, p.ref FROM engagement_parties l JOIN parties p ON p.id = l.party
 WHERE l.engagement = ? AND NOT l.deleted ORDER BY l.n"""

ENTRIES = """SELECT e.id, e.ref, e.held_on, e.kind, e.subject, e.text, a.ref FROM engagements e
 LEFT JOIN actions a ON a.id = e.follow_up AND NOT a.deleted WHERE NOT e.deleted"""


def read_tier_limits(cursor: Cursor) -> dict[int, int]:
    """Days by tier: what the office said, else the usual ones."""
    return TIER_LIMITS | dict(cursor.execute("SELECT number, days FROM tiers WHERE NOT deleted ORDER BY n").fetchall())


def read_tier_keys(cursor: Cursor) -> dict[int, RowKey]:
    """The records of the limits that the office set itself."""
    return dict(cursor.execute("SELECT number, id FROM tiers WHERE NOT deleted ORDER BY n").fetchall())


def read_last_contacts(cursor: Cursor, today: date) -> dict[RowKey, LastContact]:
    """The last real contact with everybody who ever had one."""
    contacts = {}
    for party, stored_day, kind, ref, subject in cursor.execute(LAST_CONTACTS, {"today": today.isoformat()}):
        day = read_stored_date(stored_day)
        assert day is not None
        contacts[party] = LastContact(day, kind, ref, subject)
    return contacts


def read_standings(cursor: Cursor, today: date) -> list[EngagementStatus]:
    """How everybody stands with this office who has a tier, was spoken to, or sent apologies twice running."""
    year_ago = (today - timedelta(APOLOGY_DAYS)).isoformat()
    parameters = {"today": today.isoformat(), "twice": APOLOGIES_IN_A_ROW, "year_ago": year_ago}
    spoken = read_last_contacts(cursor, today)
    apologies = {
        party: (group, read_stored_date(day)) for party, group, day in cursor.execute(SENT_APOLOGIES, parameters)
    }
    logged = {key for (key,) in cursor.execute(EVER_LOGGED, parameters)}
    party_keys = encode_keys(spoken.keys() | apologies.keys())
    rows = []
    for key, ref, name, kind, body, tier in cursor.execute(
        f"{CONTACTS} AND (p.tier IS NOT NULL OR p.id IN {KEYS.format(':known')}) ORDER BY p.n", {"known": party_keys}
    ):
        columns = (key, ref, name, PartyKind(kind), body, tier)
        rows.append(EngagementStatus(*columns, spoken.get(key), *apologies.get(key, (None, None)), key in logged))
    return rows


def read_standing(cursor: Cursor, key: RowKey, today: date) -> EngagementStatus:
    """How one contact stands with this office."""
    standings = {entry.key: entry for entry in read_standings(cursor, today)}
    if key in standings:
        return standings[key]
    key, ref, name, kind, body, tier = cursor.execute(f"{CONTACTS} AND p.id = ?", (key,)).fetchone()
    return EngagementStatus(key, ref, name, PartyKind(kind), body, tier, None)


def read_entries(cursor: Cursor, refs: set[str] | None = None) -> list[EngagementRow]:
    """The log, latest first: all of it, or the entries with these references."""
    rows = cursor.execute(f"{ENTRIES} ORDER BY e.held_on DESC, e.n DESC").fetchall()
    return [_build_entry(cursor, *row) for row in rows if refs is None or row[1] in refs]


def _build_entry(
    cursor: Cursor, key: RowKey, ref: str, day: str, kind: str, subject: str, text: str | None, action: str | None
) -> EngagementRow:
    held_on = read_stored_date(day)
    assert held_on is not None
    participants = cursor.execute(PARTICIPANTS, (key,)).fetchall()
    names, refs = tuple(name for name, _ref in participants), tuple(ref for _name, ref in participants)
    return EngagementRow(ref, held_on, kind, subject, text, names, refs, action)


def read_contact_history(cursor: Cursor, key: RowKey, today: date) -> list[EngagementRow]:
    """The contacts with somebody, latest first: out of the log, and the meetings that they came to."""
    refs = {ref for (ref,) in cursor.execute(REFS, {"key": key, "today": today.isoformat()})}
    history = read_entries(cursor, refs)
    for ref, title, stored_day in cursor.execute("SELECT ref, title, day FROM meetings WHERE NOT deleted").fetchall():
        if ref in refs and (day := read_stored_date(stored_day)):
            history.append(EngagementRow(ref, day, "meeting", title, None, (), (), None, attended=True))
    return sorted(history, key=lambda row: row.on.latest, reverse=True)
