"""The whole register as an import matches it: everybody's names, addresses and posts in one reading. Reads only."""

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
    """A record that was merged into another: what a card may still know it by."""

    key: RowKey
    ref: str
    card_uid: str | None


@dataclass
class RegisterEntry:
    """A contact as the register has it, or as an import will make it."""

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
    """What an organisation is a part of."""
    names: set[str] = field(default_factory=set)
    """Folded: its own, Welsh, short and other names."""
    roles: set[str] = field(default_factory=set)
    """Folded: its role, its further roles and the posts it holds."""
    is_filled: bool = False
    """A post that somebody holds now, or held where the paper does not name them."""
    merged: list[MergedContact] = field(default_factory=list)
    """The records that were merged into it: each still means it."""
    new_location: str = ""
    """Where in a file it comes from; empty where the register has it already."""


def list_register(cursor: Cursor, today: date) -> list[RegisterEntry]:
    """Every person, post and organisation, each with the records that were merged into it."""
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
    """Keys of records that were erased and never come back."""
    return set(select_column(cursor, "SELECT row_id FROM erasure"))


def _parse_roles(text: str | None) -> Iterable[str]:
    """Further roles: a JSON list, or one role as plain text."""
    if not text:
        return ()
    roles: Iterable[str] = json.loads(text) if text.startswith("[") else (text,)
    return roles


def _fold_texts(texts: Iterable[str | None]) -> set[str]:
    return {fold_name(text) for text in texts if text}
