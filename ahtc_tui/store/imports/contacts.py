"""The register, as an import of contacts matches it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.contacts.party_lookup import fold_name, read_survivors
from ahtc_tui.store.records.rows import select_column

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor

REGISTER_ROWS = """SELECT p.id, p.ref, p.kind, p.name, p.name_cy, p.short, p.email, p.phone, p.card_uid, e.role,
 e.other_roles,
 e.postnominal, e.language, coalesce(e.organisation, t.organisation), g.parent
 FROM parties p LEFT JOIN people e ON e.id = p.id LEFT JOIN posts t ON t.id = p.id
 LEFT JOIN organisations g ON g.id = p.id WHERE NOT p.deleted AND p.kind <> 'group' ORDER BY p.n"""

HOLDINGS = """SELECT h.post, h.person, p.name FROM holdings h JOIN parties p ON p.id = h.post
 WHERE NOT h.deleted AND (h.to_on IS NULL OR h.to_on >= :today)"""


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
    """Normalized roles: own, further ones and posts held."""
    is_filled: bool = False
    """Whether a post has or had a holder."""
    merged: list[MergedContact] = field(default_factory=list)
    """Records that were merged into it."""
    new_location: str = ""
    """The place in a file of a new contact; empty for one of the register."""


def list_register(cursor: Cursor, today: date) -> list[RegisterEntry]:
    """Return every person, post and organisation."""
    entries: dict[RowKey, RegisterEntry] = {}
    for key, ref, kind, name, name_cy, short, *details in cursor.execute(REGISTER_ROWS):
        email, phone, uid, role, other_roles, postnominal, language, organisation, parent = details
        entry = RegisterEntry(
            key, ref, PartyKind(kind), name, email, phone, uid, role, postnominal, language, organisation
        )
        entry.parent = parent
        entry.names = _fold_texts((name, name_cy, short))
        entry.roles = _fold_texts((role, *_parse_roles(other_roles)))
        entries[key] = entry
    for party, name in cursor.execute("SELECT party, name FROM aliases WHERE NOT deleted"):
        if party in entries:
            entries[party].names |= _fold_texts((name,))
    for post, person, title in cursor.execute(HOLDINGS, {"today": today.isoformat()}):
        if post in entries:
            entries[post].is_filled = True
        if person in entries:
            entries[person].roles |= _fold_texts((title,))
    for merged_key, surviving_key in read_survivors(cursor).items():
        if surviving_key in entries:
            row = cursor.execute("SELECT id, ref, card_uid FROM parties WHERE id = ?", (merged_key,)).fetchone()
            entries[surviving_key].merged.append(MergedContact(*row))
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
