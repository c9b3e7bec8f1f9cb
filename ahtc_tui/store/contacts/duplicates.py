"""What of everybody is compared when duplicates are looked for, and which pairs somebody said are none. Reads only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.keys import RowKey

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor

ROWS = """SELECT p.id, p.ref, p.kind, p.name, p.name_cy, p.email, p.phone, coalesce(e.organisation, t.organisation),
 o.name, e.role FROM parties p LEFT JOIN people e ON e.id = p.id LEFT JOIN posts t ON t.id = p.id
 LEFT JOIN parties o ON o.id = coalesce(e.organisation, t.organisation)
 WHERE NOT p.deleted AND p.kind <> 'group' ORDER BY p.n"""


def read_contacts(cursor: Cursor) -> list[tuple[Any, ...]]:
    """Key, reference, kind, names, e-mail, telephone, organisation with its name, and role of every contact."""
    aliases: dict[RowKey, list[str]] = {}
    for party, name in cursor.execute("SELECT party, name FROM aliases WHERE NOT deleted"):
        aliases.setdefault(party, []).append(name)
    return [
        (key, ref, PartyKind(kind), name, [*([cy] if cy else []), *aliases.get(key, ())], *columns)
        for key, ref, kind, name, cy, *columns in cursor.execute(ROWS).fetchall()
    ]


def read_not_duplicates(cursor: Cursor) -> dict[frozenset[RowKey], RowKey]:
    """Pairs of which somebody said that they are not the same, with the key of the record that says so."""
    rows = cursor.execute("SELECT one, other, id FROM not_duplicates WHERE NOT deleted").fetchall()
    return {frozenset((left, right)): key for left, right, key in rows}
