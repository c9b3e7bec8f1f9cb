"""What agenda and minutes need beside the card of a meeting: people with their bodies, papers, the next meeting."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.meetings.model import MeetingRow, Presence
from ahtc_tui.store.meetings.queries import read_meeting
from ahtc_tui.store.sql_fragments import CURRENT_HOLDER, IN_FORCE

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor

PUBLIC = "coalesce(e.lawful_basis, '') LIKE '%public office%'"
"""The register holds a person as the holder of a public office: the name may be published."""

POST_OF = f"""(SELECT q.name FROM holdings h JOIN parties q ON q.id = h.post WHERE h.person = {{person}}
 AND {IN_FORCE.format("h")} ORDER BY h.from_on DESC LIMIT 1)"""

CHAIR_SEATS = f"""SELECT s.party FROM meetings m JOIN seats s ON s."group" = m."group" WHERE m.id = :key
 AND s.role = 'chair' AND s.party IS NOT NULL AND {IN_FORCE.format("s")}"""

CHAIRS = f"""SELECT g.chair FROM meetings m JOIN groups g ON g.id = m."group" WHERE m.id = :key AND g.chair IS NOT NULL
 AND NOT EXISTS ({CHAIR_SEATS}) UNION {CHAIR_SEATS}
 UNION SELECT party FROM invitations WHERE meeting = :key AND role = 'chair' AND party IS NOT NULL AND NOT deleted"""

SECRETARIES = f"""SELECT s.party FROM meetings m JOIN seats s ON s."group" = m."group" WHERE m.id = :key
 AND s.role = 'secretariat' AND s.party IS NOT NULL AND {IN_FORCE.format("s")}"""

ATTENDEES = f"""WITH chairs(party) AS ({CHAIRS}), secretaries(party) AS ({SECRETARIES}),
 there AS (SELECT t.*, CASE p.kind WHEN 'person' THEN p.id
 WHEN 'post' THEN {CURRENT_HOLDER.format(field="id", post="p.id")} END AS person
 FROM attendances t LEFT JOIN parties p ON p.id = t.party WHERE t.meeting = :key AND NOT t.deleted)
 SELECT t.words, p.kind, p.ref, p.name, p.short, w.ref, w.name, coalesce({POST_OF.format(person="w.id")}, e.role),
 coalesce(o.name, eo.name), {PUBLIC}, t.state, d.name, t.items, t.reason,
 t.party IN chairs OR t.person IN chairs OR EXISTS (SELECT 1 FROM holdings h WHERE h.person = t.person
 AND h.post IN chairs AND {IN_FORCE.format("h")}),
 p.name || ' ' || coalesce(e.role, '') LIKE '%secretariat%' OR t.party IN secretaries OR t.person IN secretaries
 FROM there t LEFT JOIN parties p ON p.id = t.party LEFT JOIN parties w ON w.id = t.person
 LEFT JOIN people e ON e.id = t.person LEFT JOIN parties eo ON eo.id = e.organisation
 LEFT JOIN posts k ON k.id = t.party LEFT JOIN parties o ON o.id = k.organisation
 LEFT JOIN parties d ON d.id = t.deputy_for ORDER BY t.n"""


class Attendee(NamedTuple):
    """Somebody's presence with all that may be said of who it was, on the day of the meeting."""

    words: str | None
    """What was typed where nobody in the register was meant."""
    kind: str | None
    ref: str | None
    name: str | None
    short: str | None
    person_ref: str | None
    """The person, or whoever held the post."""
    person: str | None
    post: str | None
    organisation: str | None
    public: bool
    state: Presence
    deputy_for: str | None
    items: str | None
    reason: str | None
    chair: bool
    secretary: bool = False
    """Of the secretariat of the group."""


def read_attendees(cursor: Cursor, meeting: RowKey, day: date) -> list[Attendee]:
    """Everybody of whom it was said how they were there, in the order in which it was said."""
    rows = cursor.execute(ATTENDEES, {"key": meeting, "today": day.isoformat()})
    return [
        Attendee._make(
            (*columns, bool(public), Presence(state), deputy_for, items, reason, bool(chair), bool(secretary))
        )
        for *columns, public, state, deputy_for, items, reason, chair, secretary in rows
    ]


def read_private_people(cursor: Cursor, day: date) -> dict[str, str]:
    """Each person without a public office, by name: their post or role, else their organisation, else nothing."""
    rows = cursor.execute(
        f"SELECT p.name, coalesce({POST_OF.format(person='p.id')}, e.role, o.name, '') FROM people e"
        f" JOIN parties p ON p.id = e.id LEFT JOIN parties o ON o.id = e.organisation WHERE NOT {PUBLIC}",
        {"today": day.isoformat()},
    )
    return dict(rows.fetchall())


def read_short_names(cursor: Cursor) -> dict[str, str]:
    """Name to short name of every party that has one."""
    rows = cursor.execute("SELECT name, short FROM parties WHERE short IS NOT NULL AND NOT deleted")
    return dict(rows.fetchall())


def find_following_meeting(cursor: Cursor, meeting: RowKey) -> MeetingRow | None:
    """The meeting of the same group that comes next after this one and was not called off.

    Of a series only the days that have a record of their own count.
    """
    row = cursor.execute(
        'SELECT n.id FROM meetings m JOIN meetings n ON n."group" = m."group" AND n.id <> m.id WHERE m.id = ?'
        " AND NOT n.deleted AND n.state <> 'cancelled' AND substr(n.day, 1, 10) > substr(m.day, 1, 10)"
        " AND n.day < '9999' AND n.recurrence IS NULL ORDER BY substr(n.day, 1, 10) LIMIT 1",
        (meeting,),
    ).fetchone()
    return read_meeting(cursor, row[0]) if row else None


def read_welsh_texts(
    cursor: Cursor, meeting: RowKey
) -> tuple[dict[RowKey, str], dict[int, str], dict[str, str], dict[str, str]]:
    """What there is in Welsh: lines by key, titles of items by number, decisions by reference, names by name."""
    lines = "SELECT id, text_cy FROM minute_lines WHERE meeting = ? AND text_cy IS NOT NULL AND NOT deleted"
    items = "SELECT position, title_cy FROM agenda_items WHERE meeting = ? AND title_cy IS NOT NULL AND NOT deleted"
    decisions = "SELECT ref, text_cy FROM decisions WHERE meeting = ? AND text_cy IS NOT NULL AND NOT deleted"
    names = "SELECT name, name_cy FROM parties WHERE name_cy IS NOT NULL AND NOT deleted"
    return (
        dict(cursor.execute(lines, (meeting,)).fetchall()),
        dict(cursor.execute(items, (meeting,)).fetchall()),
        dict(cursor.execute(decisions, (meeting,)).fetchall()),
        dict(cursor.execute(names).fetchall()),
    )


def read_welsh_names(cursor: Cursor) -> dict[str, str]:
    """English name to Welsh name of parties and areas."""
    rows = cursor.execute(
        "SELECT name, name_cy FROM areas WHERE name_cy IS NOT NULL AND NOT deleted UNION ALL"
        " SELECT name, name_cy FROM parties WHERE name_cy IS NOT NULL AND NOT deleted"
    )
    return {english: welsh for english, welsh in rows if welsh != english}
