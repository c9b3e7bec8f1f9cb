"""Reads the cards of contacts: holdings, seats, and actions led and supported."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from ahtc_tui.domain.contacts.interests import format_interest
from ahtc_tui.domain.contacts.model import ContactCard
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.dates.formatting import soften_date
from ahtc_tui.domain.groups.model import SeatRole
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.contacts.contact_points import read_points
from ahtc_tui.store.contacts.interests import read_interests
from ahtc_tui.store.contacts.names import format_addresses, read_other_names
from ahtc_tui.store.contacts.post_holders import CURRENT_OR_FUTURE, read_terms
from ahtc_tui.store.contacts.queries import PARTY_ALIASES, read_contact
from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.records.rows import select_column, select_one, select_rows
from ahtc_tui.store.sql_fragments import (
    CURRENT_HOLDER,
    EXPIRED,
    FILLS,
    HAS_BEGUN,
    HOLDS,
    LANGUAGES,
    SHOWN_TITLE,
    build_columns,
)

HEAD = f"""SELECT p.name_cy, p.salutation, p.postal_address, e.postnominal, CASE WHEN e.other_roles LIKE '[%' THEN
 (SELECT group_concat(value, char(10)) FROM json_each(e.other_roles)) ELSE e.other_roles END AS other_roles,
 u.name AS parent, f.name AS police, f.ref AS police_ref, x.name AS forum_area,
 g.first_responder, g.first_responder_since,
 g.competent_authority, t.collective, coalesce(p.note, e.note) AS note,
 CASE WHEN e.language IN ({LANGUAGES}) THEN e.language END AS language, e.lawful_basis, e.told_on, e.review_on,
 w.ref AS organisation_ref, json_patch(coalesce(p.source_notes, '{{}}'),
 coalesce(e.source_notes, t.source_notes, g.source_notes, '{{}}')) AS source_notes
 {build_columns(ContactCard, PARTY_ALIASES)}
 FROM named_parties p LEFT JOIN people e ON e.id = p.id LEFT JOIN posts t ON t.id = p.id
 LEFT JOIN organisations g ON g.id = p.id
 LEFT JOIN named_parties w ON w.id = coalesce(e.organisation, t.organisation, g.parent)
 LEFT JOIN named_parties u ON u.id = g.parent LEFT JOIN named_parties f ON f.id = g.police
 LEFT JOIN named_areas x ON x.id = g.forum_area
 WHERE p.id = :key"""

POSTS_HELD = f"""SELECT h.post FROM holdings h WHERE h.person = :key AND {HOLDS}"""

LED_ACTIONS = f"""SELECT ref || ' ' || {SHOWN_TITLE.format("actions")} FROM actions WHERE NOT deleted AND
 (lead = :key OR closed_by = :key OR (is_open = 1 AND lead IN ({POSTS_HELD}))) ORDER BY ref_key"""
"""Open actions follow the post that a person holds; closed actions keep the person who closed them."""

SUPPORTED_ACTIONS = f"""SELECT a.ref || ' ' || {SHOWN_TITLE.format("a")} FROM actions a WHERE NOT a.deleted AND a.id IN
 (SELECT action FROM action_parties WHERE party = :key AND role <> 'lead' AND NOT deleted) ORDER BY a.ref_key"""


class SeatColumns(NamedTuple):
    """Seat of a party, with the post or body through which the party has it."""

    group: str
    role: SeatRole
    through: str | None
    from_on: DateAsKnown | None = None
    """First day, of a seat that has not begun."""


SEATS = f"""SELECT DISTINCT g.name AS "group", s.role,
 CASE WHEN {HAS_BEGUN.format("s.from_on")} THEN NULL ELSE s.from_on END AS from_on,
 CASE WHEN s.party = :key THEN NULL ELSE coalesce(p.short, p.name, shown_class(s.org_class)) END AS through
 FROM seats s JOIN named_parties g ON g.id = s."group" LEFT JOIN named_parties p ON p.id = s.party
 WHERE {CURRENT_OR_FUTURE} AND (s.party = :key OR s.party IN ({POSTS_HELD}) OR s.id IN (SELECT o.seat
 FROM occupancies o WHERE o.person = :key AND ({FILLS} OR (NOT o.deleted AND NOT {HAS_BEGUN.format("o.from_on")}))))
 ORDER BY sort_key(g.name), s.n"""

PAST_SEATS = f"""SELECT g.name AS "group", s.role, NULL AS through FROM seats s JOIN named_parties g ON g.id = s."group"
 WHERE s.party = :key AND {EXPIRED}
 ORDER BY s.to_on DESC, s.n"""

MEMBERS = f"""SELECT p.name || coalesce(' (' || CASE p.kind WHEN 'post' THEN
 {CURRENT_HOLDER.format(field="name", post="p.id")} END || ')', '')
 FROM named_parties p LEFT JOIN people e ON e.id = p.id LEFT JOIN posts t ON t.id = p.id
 WHERE coalesce(e.organisation, t.organisation) = :key AND NOT p.deleted ORDER BY p.kind, sort_key(p.name)"""


def read_card(cursor: Cursor, key: RowKey, today: date) -> ContactCard:
    """Return everything about one contact."""
    parameters = {"key": key, "today": today.isoformat()}
    aliases, renames = read_other_names(cursor, key, today)
    points = read_points(cursor, key)

    def read_seats(query: str) -> tuple[str, ...]:
        return tuple(map(_format_seat, select_rows(cursor, SeatColumns, query, parameters)))

    return select_one(
        cursor,
        ContactCard,
        HEAD,
        parameters,
        row=read_contact(cursor, key, today),
        aliases=aliases,
        holdings=read_terms(cursor, key),
        seats=tuple(dict.fromkeys(read_seats(SEATS))),
        leads=tuple(select_column(cursor, LED_ACTIONS, parameters)),
        supports=tuple(select_column(cursor, SUPPORTED_ACTIONS, parameters)),
        members=tuple(select_column(cursor, MEMBERS, parameters)),
        addresses=format_addresses(cursor, key),
        emails=points["email"],
        phones=points["phone"],
        renames=renames,
        passed=read_seats(PAST_SEATS),
        interests=tuple(_list_interests(cursor, key, today)),
    )


def _list_interests(cursor: Cursor, key: RowKey, today: date) -> Iterator[str]:
    """Yield the present interests of a contact, then the interests of others in it."""
    for row in read_interests(cursor, party=key):
        if row.is_in_force(today):
            yield format_interest(row)
    for row in read_interests(cursor, organisation=key):
        if row.is_in_force(today):
            yield f"{row.name}: {row.text}"


def _format_seat(seat: SeatColumns) -> str:
    text = f"{seat.group}, {seat.role.label}"
    if seat.from_on:
        text = ", ".join((text, _("from {day}").format(day=soften_date(seat.from_on))))
    return f"{text} ({seat.through})" if seat.through else text
