"""Reads the engagement log for the transparency return: each contact with the organisations of its parties."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from ahtc_tui.domain.contacts.transparency import LoggedContact
from ahtc_tui.store.documents.published_names import PUBLIC
from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.records.rows import select_row, select_rows
from ahtc_tui.store.sql_fragments import CURRENT_HOLDER

CONTACTS = f"""WITH RECURSIVE ours(id) AS (SELECT t.organisation FROM posts t JOIN parties p ON p.id = t.id
 WHERE p.ref = :office UNION SELECT o.parent FROM organisations o JOIN ours ON o.id = ours.id
 WHERE o.parent IS NOT NULL),
 met AS (SELECT g.ref, g.held_on, g.kind, g.subject, l.n, p.name, p.id AS party,
 CASE WHEN p.kind IN ('organisation', 'group') THEN p.id ELSE coalesce(t.organisation, e.organisation) END AS body,
 p.kind = 'post' OR {PUBLIC} AS is_public
 FROM engagements g JOIN engagement_parties l ON l.engagement = g.id AND NOT l.deleted
 JOIN named_parties p ON p.id = l.party LEFT JOIN posts t ON t.id = p.id LEFT JOIN people e ON e.id = p.id
 WHERE NOT g.deleted AND coalesce(g.status, 'held') = 'held')
 SELECT m.ref, m.held_on AS "on", m.kind, m.subject,
 coalesce(o.name, CASE WHEN m.is_public THEN m.name END) AS organisation,
 coalesce(m.body IN (SELECT id FROM ours), 0) OR m.party IN (SELECT id FROM parties WHERE ref = :office) AS is_ours,
 coalesce(b.kind IN ('government', 'government-unit'), 0) AS is_government FROM met m
 LEFT JOIN organisations b ON b.id = m.body LEFT JOIN named_parties o ON o.id = m.body
 ORDER BY substr(m.held_on, 1, 10), m.ref, m.n"""


class Official(NamedTuple):
    """The post of the office, with its holder where the name may be published."""

    post: str
    holder: str | None


def read_contacts(cursor: Cursor, office: str) -> list[LoggedContact]:
    """Return the contacts of the log, a row for each party, by day. `office` is the reference of the post."""
    return select_rows(cursor, LoggedContact, CONTACTS, {"office": office})


def read_official(cursor: Cursor, office: str, day: date) -> Official | None:
    """Return the post of the office and its holder on a day."""
    holder = CURRENT_HOLDER.format(field="id", post="p.id")
    query = f"""SELECT p.name AS post, CASE WHEN {PUBLIC} THEN w.name END AS holder FROM named_parties p
 LEFT JOIN named_parties w ON w.id = {holder} LEFT JOIN people e ON e.id = w.id WHERE p.ref = :office"""
    return select_row(cursor, Official, query, {"office": office, "today": day.isoformat()})
