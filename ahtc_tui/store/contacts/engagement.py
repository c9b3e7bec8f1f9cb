"""The log of contact, and who was last spoken to when: logged, or at a meeting that they came to. Reads only.

One reading for everybody: what was said to a post reaches whoever held it that day, and the other way round; what
was said to people and posts reaches their organisation.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from ahtc_tui.domain.contacts.engagement import LAST_YEAR, LIMITS, TWICE, EngagementRow, Spoken, Standing
from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.dates.date_as_known import from_stored
from ahtc_tui.domain.meetings.seating import THERE
from ahtc_tui.store.contacts.party_lookup import KEYS, listed

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor

CAME = ", ".join(f"'{state.value}'" for state in sorted(THERE))

LOGGED = """SELECT l.party AS party, e.held_on AS day, e.kind AS kind, e.ref AS ref, e.subject AS subject
 FROM engagements e JOIN engagement_parties l ON l.engagement = e.id AND NOT l.deleted
 WHERE NOT e.deleted AND substr(e.held_on, 1, 10) <= :today"""
ATTENDED = f"""SELECT t.party, m.day, 'meeting', m.ref, m.title FROM attendances t JOIN meetings m ON m.id = t.meeting
 WHERE t.party IS NOT NULL AND NOT t.deleted AND t.state IN ({CAME}) AND NOT m.deleted AND m.state <> 'cancelled'
 AND m.day IS NOT NULL AND substr(m.day, 1, 10) <= :today"""
ON_THE_DAY = """(h.from_on IS NULL OR substr(h.from_on, 1, 7) <= substr(t.day, 1, 7))
 AND (h.to_on IS NULL OR substr(h.to_on, 1, 10) >= substr(t.day, 1, 10))"""
HELD = "SELECT post, person, from_on, to_on FROM holdings WHERE person IS NOT NULL AND NOT deleted"

BODY = "coalesce(w.organisation, q.organisation)"
OF_BODY = "LEFT JOIN posts w ON w.id = r.party LEFT JOIN people q ON q.id = r.party"

REACHED = f"""WITH talk AS MATERIALIZED ({LOGGED} UNION ALL {ATTENDED}), held AS MATERIALIZED ({HELD}),
 person AS MATERIALIZED (SELECT * FROM talk
 UNION ALL SELECT h.person, t.day, t.kind, t.ref, t.subject FROM talk t JOIN held h ON h.post = t.party
 WHERE {ON_THE_DAY} UNION ALL SELECT h.post, t.day, t.kind, t.ref, t.subject FROM talk t
 JOIN held h ON h.person = t.party WHERE {ON_THE_DAY}), everybody AS (SELECT * FROM person
 UNION ALL SELECT {BODY}, r.day, r.kind, r.ref, r.subject FROM person r {OF_BODY} WHERE {BODY} IS NOT NULL)"""
"""Whom every contact reached: the parties themselves, who held the posts or which posts they held, organisations."""

REFS = f"{REACHED} SELECT DISTINCT ref FROM everybody WHERE party = :key"

LAST = f"""WITH talk AS MATERIALIZED ({LOGGED} UNION ALL {ATTENDED}), held AS MATERIALIZED ({HELD}),
 person AS MATERIALIZED (SELECT party, max(day) AS day, kind, ref, subject FROM talk GROUP BY party
 UNION ALL SELECT h.person, max(t.day), t.kind, t.ref, t.subject FROM held h CROSS JOIN talk t ON h.post = t.party
 WHERE {ON_THE_DAY} GROUP BY h.person
 UNION ALL SELECT h.post, max(t.day), t.kind, t.ref, t.subject FROM held h CROSS JOIN talk t ON h.person = t.party
 WHERE {ON_THE_DAY} GROUP BY h.post), everybody AS (SELECT * FROM person
 UNION ALL SELECT {BODY}, r.day, r.kind, r.ref, r.subject FROM person r {OF_BODY} WHERE {BODY} IS NOT NULL)
 SELECT party, max(day), kind, ref, subject FROM everybody GROUP BY party"""
"""The same, but only the last of each, step by step; beside max() SQLite takes the other columns from its row."""

SENT_APOLOGIES = """WITH line AS (SELECT t.party AS party, m."group" AS body, m.day AS day, t.state AS state,
 row_number() OVER (PARTITION BY t.party, m."group" ORDER BY substr(m.day, 1, 10) DESC, m.n DESC) AS place
 FROM attendances t JOIN meetings m ON m.id = t.meeting WHERE t.party IS NOT NULL AND NOT t.deleted AND NOT m.deleted
 AND m.state <> 'cancelled' AND m."group" IS NOT NULL AND substr(m.day, 1, 10) BETWEEN :year_ago AND :today)
 SELECT l.party, g.name, max(l.day) FROM line l JOIN parties g ON g.id = l.body WHERE l.place <= :twice
 GROUP BY l.party, l.body HAVING count(*) = :twice AND sum(l.state = 'apologies') = :twice"""

STANDS = """SELECT p.id, p.ref, p.name, p.kind, o.name, p.tier FROM parties p LEFT JOIN people e ON e.id = p.id
 LEFT JOIN posts t ON t.id = p.id LEFT JOIN parties o ON o.id = coalesce(e.organisation, t.organisation)
 WHERE NOT p.deleted AND p.kind <> 'group'"""

EVER_LOGGED = """SELECT DISTINCT coalesce(w.organisation, q.organisation, l.party) FROM engagements e
 JOIN engagement_parties l ON l.engagement = e.id AND NOT l.deleted LEFT JOIN posts w ON w.id = l.party
 LEFT JOIN people q ON q.id = l.party WHERE NOT e.deleted AND substr(e.held_on, 1, 10) <= :today"""

WHO = """SELECT p.name, p.ref FROM engagement_parties l JOIN parties p ON p.id = l.party
 WHERE l.engagement = ? AND NOT l.deleted ORDER BY l.n"""

ENTRIES = """SELECT e.id, e.ref, e.held_on, e.kind, e.subject, e.text, a.ref FROM engagements e
 LEFT JOIN actions a ON a.id = e.follow_up AND NOT a.deleted WHERE NOT e.deleted"""


def limits(cursor: Cursor) -> dict[int, int]:
    """Days by tier: what the office said, else the usual ones."""
    return LIMITS | dict(cursor.execute("SELECT number, days FROM tiers WHERE NOT deleted ORDER BY n").fetchall())


def tier_keys(cursor: Cursor) -> dict[int, bytes]:
    """The records of the limits that the office set itself."""
    return dict(cursor.execute("SELECT number, id FROM tiers WHERE NOT deleted ORDER BY n").fetchall())


def last_spoken(cursor: Cursor, today: date) -> dict[bytes, Spoken]:
    """The last real contact with everybody who ever had one."""
    found = {}
    for party, stored_day, kind, ref, subject in cursor.execute(LAST, {"today": today.isoformat()}):
        day = from_stored(stored_day)
        assert day is not None
        found[party] = Spoken(day, kind, ref, subject)
    return found


def standing(cursor: Cursor, today: date) -> list[Standing]:
    """How everybody stands with this office who has a tier, was spoken to, or sent apologies twice running."""
    year_ago = (today - timedelta(LAST_YEAR)).isoformat()
    asked = {"today": today.isoformat(), "twice": TWICE, "year_ago": year_ago}
    spoken = last_spoken(cursor, today)
    sorry = {party: (group, from_stored(day)) for party, group, day in cursor.execute(SENT_APOLOGIES, asked)}
    logged = {key for (key,) in cursor.execute(EVER_LOGGED, asked)}
    known = listed(spoken.keys() | sorry.keys())
    rows = []
    for key, ref, name, kind, body, tier in cursor.execute(
        f"{STANDS} AND (p.tier IS NOT NULL OR p.id IN {KEYS.format(':known')}) ORDER BY p.n", {"known": known}
    ):
        who = (key, ref, name, PartyKind(kind), body, tier)
        rows.append(Standing(*who, spoken.get(key), *sorry.get(key, (None, None)), key in logged))
    return rows


def standing_of(cursor: Cursor, key: bytes, today: date) -> Standing:
    """How one contact stands with this office."""
    found = {one.key: one for one in standing(cursor, today)}
    if key in found:
        return found[key]
    key, ref, name, kind, body, tier = cursor.execute(f"{STANDS} AND p.id = ?", (key,)).fetchone()
    return Standing(key, ref, name, PartyKind(kind), body, tier, None)


def entries(cursor: Cursor, refs: set[str] | None = None) -> list[EngagementRow]:
    """The log, latest first: all of it, or the entries with these references."""
    lines = cursor.execute(f"{ENTRIES} ORDER BY e.held_on DESC, e.n DESC").fetchall()
    return [_entry(cursor, *line) for line in lines if refs is None or line[1] in refs]


def _entry(
    cursor: Cursor, key: bytes, ref: str, day: str, kind: str, subject: str, text: str | None, action: str | None
) -> EngagementRow:
    on = from_stored(day)
    assert on is not None
    who = cursor.execute(WHO, (key,)).fetchall()
    names, refs = tuple(name for name, _ref in who), tuple(ref for _name, ref in who)
    return EngagementRow(ref, on, kind, subject, text, names, refs, action)


def entries_of(cursor: Cursor, key: bytes, today: date) -> list[EngagementRow]:
    """The contacts with somebody, latest first: out of the log, and the meetings that they came to."""
    refs = {ref for (ref,) in cursor.execute(REFS, {"key": key, "today": today.isoformat()})}
    found = entries(cursor, refs)
    for ref, title, stored_day in cursor.execute("SELECT ref, title, day FROM meetings WHERE NOT deleted").fetchall():
        if ref in refs and (day := from_stored(stored_day)):
            found.append(EngagementRow(ref, day, "meeting", title, None, (), (), None, attended=True))
    return sorted(found, key=lambda row: row.on.latest, reverse=True)
