"""The register, as an import of contacts matches it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from ahtc_tui.domain.contacts.contact_points import (
    OTHER_FIELDS,
    format_points,
    list_other_points,
    normalize_point,
    read_points,
)
from ahtc_tui.domain.contacts.model import ContactPoint, ContactPointKind, ContactRow, PartyKind
from ahtc_tui.domain.fields.model import Place, list_columns_in
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.contacts.contact_points import PointRow, build_points, list_point_rows
from ahtc_tui.store.contacts.party_lookup import fold_name, read_survivors
from ahtc_tui.store.contacts.queries import PARTY_ALIASES
from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.records.rows import select_column, select_groups, select_one, select_rows
from ahtc_tui.store.sql_fragments import HOLDS, OTHER_NAMES, build_stated_json

REGISTER_ROWS = f"""SELECT p.id AS key, p.ref, p.kind, p.name, p.email, p.phone, p.card_uid, e.role, e.postnominal,
 e.language, coalesce(e.organisation, t.organisation) AS organisation, g.parent,
 {build_stated_json(ContactRow, PARTY_ALIASES, Place.IMPORT)} AS stated
 FROM named_parties p LEFT JOIN people e ON e.id = p.id LEFT JOIN posts t ON t.id = p.id
 LEFT JOIN organisations g ON g.id = p.id WHERE NOT p.deleted AND p.kind <> 'group' ORDER BY p.n"""

STATED = list_columns_in(Place.IMPORT, ContactRow)
"""Columns that the row class states, which a file may have."""

NAMES = f"""SELECT id AS key, name AS value FROM parties UNION ALL SELECT id, name_cy FROM parties
 UNION ALL SELECT id, short FROM parties UNION ALL SELECT party, name FROM {OTHER_NAMES}"""

OTHER_ROLES = "SELECT id AS key, other_roles AS value FROM people WHERE other_roles IS NOT NULL"


class CurrentHolding(NamedTuple):
    """Post, its holder, and its title."""

    post: RowKey
    person: RowKey | None
    title: str


HOLDINGS = f"""SELECT h.post, h.person, p.name AS title FROM holdings h JOIN named_parties p ON p.id = h.post
 WHERE {HOLDS}"""


class MergedContact(NamedTuple):
    """A record that was merged into another."""

    key: RowKey
    ref: str
    card_uid: str | None


@dataclass
class RegisterEntry:
    """A contact of the register, or a new one of the import."""

    key: RowKey
    ref: str | None
    kind: PartyKind
    name: str
    email: str | None = None
    phone: str | None = None
    other_emails: str | None = None
    """Further addresses, as `contact_points.read_points` reads them."""
    other_phones: str | None = None
    card_uid: str | None = None
    role: str | None = None
    postnominal: str | None = None
    language: str | None = None
    organisation: RowKey | None = None
    parent: RowKey | None = None
    """The parent organisation."""
    names: set[str] = field(default_factory=set)
    """Normalized names: own, Welsh, short and aliases."""
    roles: set[str] = field(default_factory=set)
    """Normalized roles: own, further ones and posts held, with the other names of posts."""
    is_filled: bool = False
    """Whether a post has or had a holder."""
    stated: tuple[tuple[str, str], ...] = ()
    """Columns that `ContactRow` states for imports, as they were read."""
    stated_values: dict[str, str | None] = field(default_factory=dict)
    """The same by name; None for an empty one."""
    point_kinds: dict[str, ContactPointKind] = field(default_factory=dict)
    """Kinds of the addresses and numbers of a new contact, by their normal form."""
    merged: list[MergedContact] = field(default_factory=list)
    """Records that were merged into it."""
    new_location: str = ""
    """The place in a file of a new contact; empty for one of the register."""

    def list_points(self, column: str) -> tuple[ContactPoint, ...]:
        """Return the email addresses or the telephone numbers, the preferred one first; none where that is empty."""
        if not (preferred := getattr(self, column)):
            return ()
        first = ContactPoint(preferred, self.point_kinds.get(normalize_point(preferred)), preferred=True)
        other_field = next(name for name, stored in OTHER_FIELDS.items() if stored == column)
        return (first, *read_points(getattr(self, other_field) or "", column))

    def get_field(self, name: str) -> Any:
        """Return the value of a field that an import can set."""
        return self.stated_values.get(name) if name in STATED else getattr(self, name)

    def set_field(self, name: str, value: Any) -> None:
        """Set the value of such a field."""
        if name in STATED:
            self.stated_values[name] = value
        else:
            setattr(self, name, value)


def list_register(cursor: Cursor, today: date) -> list[RegisterEntry]:
    """Return every person, post and organisation."""
    entries = {entry.key: entry for entry in select_rows(cursor, RegisterEntry, REGISTER_ROWS)}
    names, other_roles = select_groups(cursor, NAMES), select_groups(cursor, OTHER_ROLES)
    points: dict[RowKey, list[PointRow]] = {}
    for point in list_point_rows(cursor):
        points.setdefault(point.party, []).append(point)
    for key, entry in entries.items():
        for other_field, column in OTHER_FIELDS.items():
            others = list_other_points(build_points(column, getattr(entry, column), points.get(key, ())))
            setattr(entry, other_field, format_points(others) or None)
        entry.stated_values = {name: text or None for name, text in entry.stated}
        entry.names = _fold_texts(names[key])
        entry.roles = _fold_texts(
            (entry.role, *(role for text in other_roles.get(key, ()) for role in _parse_roles(text)))
        )
    for holding in select_rows(cursor, CurrentHolding, HOLDINGS, {"today": today.isoformat()}):
        if holding.post in entries:
            entries[holding.post].is_filled = True
        if holding.person in entries:
            entries[holding.person].roles |= _fold_texts((holding.title,))
    post_names = {fold_name(entry.name): entry.names for entry in entries.values() if entry.kind == PartyKind.POST}
    for entry in entries.values():
        entry.roles = entry.roles.union(*(post_names.get(role, ()) for role in entry.roles))
    for merged_key, surviving_key in read_survivors(cursor).items():
        if surviving_key in entries:
            query = "SELECT id AS key, ref, card_uid FROM parties WHERE id = ?"
            entries[surviving_key].merged.append(select_one(cursor, MergedContact, query, (merged_key,)))
    return list(entries.values())


def list_erased_keys(cursor: Cursor) -> set[RowKey]:
    """Return the keys of erased records."""
    return set(select_column(cursor, "SELECT row_id FROM erasure"))


def _parse_roles(text: str | None) -> Iterable[str]:
    """Parse further roles: a JSON list, or one role as text."""
    if not text:
        return ()
    roles: Iterable[str] = json.loads(text) if text.startswith("[") else (text,)
    return roles


def _fold_texts(texts: Iterable[str | None]) -> set[str]:
    return {fold_name(text) for text in texts if text}
