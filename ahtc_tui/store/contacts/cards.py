"""Whole contacts out of the database: who holds what, sits where, leads and supports which actions. Reads only."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.contacts.model import ContactCard, HoldingRow, Language
from ahtc_tui.domain.dates.date_as_known import read_stored_date
from ahtc_tui.domain.groups.model import SeatRole
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.contacts.queries import read_contact
from ahtc_tui.store.sql_fragments import CURRENT_HOLDER, IN_FORCE, parse_source_notes, read_aliases

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor

Parameters = dict[str, Any]

HEAD = """SELECT p.name_cy, e.postnominal, e.other_roles, u.name, f.name, x.name, coalesce(g.first_responder, 0),
 g.first_responder_since, coalesce(g.competent_authority, 0), coalesce(t.collective, 0), coalesce(p.note, e.note),
 e.language, e.lawful_basis, e.told_on, e.review_on, w.ref, p.source_notes,
 coalesce(e.source_notes, t.source_notes, g.source_notes)
 FROM parties p LEFT JOIN people e ON e.id = p.id LEFT JOIN posts t ON t.id = p.id
 LEFT JOIN organisations g ON g.id = p.id
 LEFT JOIN parties w ON w.id = coalesce(e.organisation, t.organisation, g.parent)
 LEFT JOIN parties u ON u.id = g.parent LEFT JOIN parties f ON f.id = g.police LEFT JOIN areas x ON x.id = g.forum_area
 WHERE p.id = :key"""

POSTS_HELD = f"""SELECT h.post FROM holdings h WHERE h.person = :key AND {IN_FORCE.format("h")}"""

LED_ACTIONS = f"""SELECT ref || ' ' || title FROM actions WHERE NOT deleted AND (lead = :key OR closed_by = :key
 OR (is_open = 1 AND lead IN ({POSTS_HELD}))) ORDER BY ref_key"""
"""Open work follows the post that a person holds; closed work stays with who closed it."""

SUPPORTED_ACTIONS = """SELECT a.ref || ' ' || a.title FROM actions a WHERE NOT a.deleted AND a.id IN
 (SELECT action FROM action_parties WHERE party = :key AND role <> 'lead' AND NOT deleted) ORDER BY a.ref_key"""

SEATS = f"""SELECT DISTINCT g.name, s.role,
 CASE WHEN s.party = :key THEN NULL ELSE coalesce(p.short, p.name, s.org_class) END
 FROM seats s JOIN parties g ON g.id = s."group" LEFT JOIN parties p ON p.id = s.party WHERE NOT s.deleted
 AND (s.to_on IS NULL OR s.to_on >= :today) AND (s.party = :key OR s.party IN ({POSTS_HELD}) OR s.id IN
 (SELECT seat FROM occupancies WHERE person = :key AND NOT deleted AND (to_on IS NULL OR to_on >= :today)))
 ORDER BY g.name, s.n"""

PAST_SEATS = """SELECT g.name, s.role FROM seats s JOIN parties g ON g.id = s."group" WHERE s.party = :key
 AND NOT s.deleted AND s.to_on < :today AND NOT EXISTS (SELECT 1 FROM seats x WHERE x."group" = s."group"
 AND x.party = s.party AND NOT x.deleted AND (x.to_on IS NULL OR x.to_on >= :today)) ORDER BY s.to_on DESC, s.n"""

MEMBERS = f"""SELECT p.name, CASE p.kind WHEN 'post' THEN {CURRENT_HOLDER.format(field="name", post="p.id")} END
 FROM parties p LEFT JOIN people e ON e.id = p.id LEFT JOIN posts t ON t.id = p.id
 WHERE coalesce(e.organisation, t.organisation) = :key AND NOT p.deleted ORDER BY p.kind, p.name"""


def read_card(cursor: Cursor, key: RowKey, today: date) -> ContactCard:
    """Everything about one contact."""
    parameters = {"key": key, "today": today.isoformat()}
    name_cy, postnominal, roles, parent, police, forum, *middle_columns = cursor.execute(HEAD, parameters).fetchone()
    responder, since, competent, collective, note, language, basis, informed_on, review, body, *notes = middle_columns
    aliases, renames = read_aliases(cursor, key)
    return ContactCard(
        read_contact(cursor, key, today),
        name_cy,
        aliases,
        postnominal,
        _parse_other_roles(roles),
        parent,
        police,
        forum,
        bool(responder),
        read_stored_date(since),
        bool(competent),
        bool(collective),
        note,
        _read_holdings(cursor, parameters),
        _read_seats(cursor, parameters),
        tuple(title for (title,) in cursor.execute(LED_ACTIONS, parameters)),
        tuple(title for (title,) in cursor.execute(SUPPORTED_ACTIONS, parameters)),
        tuple(
            f"{name} ({holder})" if holder else name for name, holder in cursor.execute(MEMBERS, parameters).fetchall()
        ),
        parse_source_notes(*notes),
        renames,
        _parse_language(language),
        basis,
        read_stored_date(informed_on),
        read_stored_date(review),
        body,
        tuple(_format_seat(group, role, None) for group, role in cursor.execute(PAST_SEATS, parameters)),
    )


def _parse_other_roles(stored: str | None) -> tuple[str, ...]:
    """The further roles of a person: a JSON list, or one role as plain text."""
    if not stored:
        return ()
    return tuple(json.loads(stored)) if stored.startswith("[") else (stored,)


def _read_holdings(cursor: Cursor, parameters: Parameters) -> tuple[HoldingRow, ...]:
    rows = cursor.execute(
        "SELECT p.name, q.name, h.ordinal, h.from_on, h.to_on, h.acting FROM holdings h JOIN parties p ON p.id = h.post"
        " LEFT JOIN parties q ON q.id = h.person WHERE (h.post = :key OR h.person = :key) AND NOT h.deleted"
        " ORDER BY p.name, h.ordinal, h.from_on, h.n",
        parameters,
    )
    return tuple(
        HoldingRow(post, person, ordinal, read_stored_date(first), read_stored_date(last), bool(acting))
        for post, person, ordinal, first, last, acting in rows
    )


def _read_seats(cursor: Cursor, parameters: Parameters) -> tuple[str, ...]:
    seats = [_format_seat(group, role, through) for group, role, through in cursor.execute(SEATS, parameters)]
    return tuple(dict.fromkeys(seats))


def _format_seat(group: str, role: str, through: str | None) -> str:
    text = f"{group}, {SeatRole(role).label}"
    return f"{text} ({through})" if through else text


def _parse_language(stored: str | None) -> Language | None:
    """A language as it is stored; one that the register does not know is none."""
    return Language(stored) if stored in {member.value for member in Language} else None
