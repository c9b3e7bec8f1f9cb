"""What an import of actions compares with: records as they stand, what was sent, what was changed here. Reads only."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from ahtc_tui.domain.actions.model import ActionRow
from ahtc_tui.domain.returns.model import Sent
from ahtc_tui.store.actions.queries import COLUMNS, JOINS, row
from ahtc_tui.store.contacts.party_lookup import KEYS, listed
from ahtc_tui.store.sql_fragments import IN_FORCE

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor


class Named(NamedTuple):
    """A party and every name by which people call it."""

    key: bytes
    ref: str
    kind: str
    name: str
    others: tuple[str, ...]
    """Welsh name, short name, aliases; for a post whoever holds it now comes last of all."""


class Dispatched(NamedTuple):
    """What was sent last about one action."""

    action: bytes
    batch: str
    file: str
    said: Sent


def leads_of(cursor: Cursor, actions: Iterable[bytes]) -> dict[bytes, bytes | None]:
    """The key of the lead of each action."""
    found = cursor.execute(f"SELECT id, lead FROM actions WHERE id IN {KEYS.format('?')}", (listed(actions),))
    return dict(found.fetchall())


def references(cursor: Cursor) -> list[tuple[str, bytes]]:
    """The reference and key of every action that stands."""
    found: list[tuple[str, bytes]] = cursor.execute("SELECT ref, id FROM actions WHERE NOT deleted").fetchall()
    return found


def titles(cursor: Cursor) -> list[tuple[str, bytes]]:
    """The title and key of every action that stands, in the order of references."""
    found: list[tuple[str, bytes]] = cursor.execute(
        "SELECT title, id FROM actions WHERE NOT deleted ORDER BY ref_key, n"
    ).fetchall()
    return found


def rows_of(cursor: Cursor, actions: Sequence[bytes], today: date) -> Iterator[tuple[bytes, ActionRow]]:
    """The actions with these keys, as they stand on a day."""
    found = cursor.execute(
        f"SELECT {COLUMNS} FROM actions a {JOINS} WHERE a.id IN {KEYS.format(':keys')} AND NOT a.deleted",
        {"keys": listed(actions), "today": today.isoformat()},
    )
    for line in found:
        yield line[0], row(line)


def update_texts(cursor: Cursor, actions: Sequence[bytes]) -> list[tuple[bytes, str]]:
    """Every line of progress of these actions."""
    found: list[tuple[bytes, str]] = cursor.execute(
        f"SELECT action, text FROM updates WHERE NOT deleted AND action IN {KEYS.format('?')}", (listed(actions),)
    ).fetchall()
    return found


COMPARED = ("title", "status", "brag", "due", "lead", "objective", "evidence", "closed_on")


def changed_here(cursor: Cursor, actions: Sequence[bytes]) -> set[tuple[bytes, str]]:
    """Key and field of whatever of these actions is not as it was when it was made; what was undone is."""
    names = ", ".join(f"a.{name}" for name in COMPARED)
    found = cursor.execute(
        f"SELECT a.id, c.value, {names} FROM actions a JOIN change c ON c.\"table\" = 'actions' AND c.row_id = a.id"
        f" AND c.field = '_row' WHERE a.id IN {KEYS.format('?')} AND EXISTS (SELECT 1 FROM change d WHERE"
        " d.\"table\" = 'actions' AND d.row_id = a.id AND d.field <> '_row')",
        (listed(actions),),
    )
    touched = set()
    for key, made, *now in found:
        first = json.loads(made)
        for name, value in zip(COMPARED, now, strict=True):
            if first.get(name) != (value.hex() if isinstance(value, bytes) else value):
                touched.add((key, name))
    return touched


def dispatched(cursor: Cursor, actions: Sequence[bytes]) -> dict[bytes, Dispatched]:
    """What was sent last about each of these actions; those never sent are left out."""
    found = cursor.execute(
        "SELECT d.action, d.batch, d.file, d.said, p.ref FROM dispatches d LEFT JOIN parties p ON p.id = d.party"
        f" WHERE NOT d.deleted AND d.action IN {KEYS.format('?')} ORDER BY d.sent_on, d.n",
        (listed(actions),),
    )
    return {
        action: Dispatched(action, batch, file, json.loads(said) | {"lead": lead})
        for action, batch, file, said, lead in found
    }


def sent_in(cursor: Cursor, batches: Iterable[str]) -> list[bytes]:
    """The keys of all actions that were sent in some files."""
    found = cursor.execute(
        "SELECT d.action FROM dispatches d WHERE NOT d.deleted"
        " AND d.batch IN (SELECT value FROM json_each(?)) ORDER BY d.n",
        (json.dumps(list(batches)),),
    )
    return [key for (key,) in found]


def batches_named(cursor: Cursor, file: str) -> list[str]:
    """The last sending in a file of this name; none if there was none."""
    found = cursor.execute(
        "SELECT batch FROM dispatches WHERE NOT deleted AND file = ? ORDER BY sent_on DESC, n DESC LIMIT 1", (file,)
    )
    return [batch for (batch,) in found]


def register(cursor: Cursor, today: date) -> list[Named]:
    """Every party that stands, with its names."""
    others: dict[bytes, list[str]] = {}
    for key, name in cursor.execute("SELECT party, name FROM aliases WHERE NOT deleted ORDER BY n"):
        others.setdefault(key, []).append(name)
    holders = cursor.execute(
        "SELECT h.post, p.name FROM holdings h JOIN parties p ON p.id = h.person"
        f" WHERE {IN_FORCE.format('h')} AND NOT p.deleted",
        {"today": today.isoformat()},
    )
    for key, name in holders.fetchall():
        others.setdefault(key, []).append(name)
    found = cursor.execute("SELECT id, ref, kind, name, name_cy, short FROM parties WHERE NOT deleted ORDER BY n")
    return [
        Named(key, ref, kind, name, tuple(other for other in (name_cy, short, *others.get(key, ())) if other))
        for key, ref, kind, name, name_cy, short in found.fetchall()
    ]


def objectives(cursor: Cursor) -> list[tuple[bytes, str, str]]:
    """Key, number and title of every objective."""
    found = cursor.execute("SELECT id, number, title FROM objectives WHERE NOT deleted ORDER BY number").fetchall()
    return [(key, str(number), title) for key, number, title in found]
