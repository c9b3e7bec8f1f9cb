"""What an import of actions compares with: present actions, dispatches, local changes and parties."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from ahtc_tui.domain.actions.model import ActionRow
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.returns.model import SentValues
from ahtc_tui.store.actions.queries import select_actions
from ahtc_tui.store.contacts.party_lookup import KEYS, encode_keys
from ahtc_tui.store.records.rows import select_column
from ahtc_tui.store.sql_fragments import IN_FORCE

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor


class NamedParty(NamedTuple):
    """A party with all its names."""

    key: RowKey
    ref: str
    kind: str
    name: str
    other_names: tuple[str, ...]
    """Welsh name, short name and aliases; for a post, its holder last."""


class Dispatch(NamedTuple):
    """What was sent last about an action."""

    action: RowKey
    batch: str
    file: str
    values: SentValues


def find_leads(cursor: Cursor, actions: Iterable[RowKey]) -> dict[RowKey, RowKey | None]:
    """Return the lead of each action."""
    rows = cursor.execute(f"SELECT id, lead FROM actions WHERE id IN {KEYS.format('?')}", (encode_keys(actions),))
    return dict(rows.fetchall())


def list_references(cursor: Cursor) -> list[tuple[str, RowKey]]:
    """Return reference and key of every action."""
    rows: list[tuple[str, RowKey]] = cursor.execute("SELECT ref, id FROM actions WHERE NOT deleted").fetchall()
    return rows


def list_titles(cursor: Cursor) -> list[tuple[str, RowKey]]:
    """Return title and key of every action by reference."""
    rows: list[tuple[str, RowKey]] = cursor.execute(
        "SELECT title, id FROM actions WHERE NOT deleted ORDER BY ref_key, n"
    ).fetchall()
    return rows


def read_action_rows(cursor: Cursor, actions: Sequence[RowKey], today: date) -> Iterator[tuple[RowKey, ActionRow]]:
    """Yield these actions as of a day."""
    parameters = {"keys": encode_keys(actions), "today": today.isoformat()}
    for row in select_actions(cursor, f"a.id IN {KEYS.format(':keys')} AND NOT a.deleted", parameters):
        yield row.key, row


def list_update_texts(cursor: Cursor, actions: Sequence[RowKey]) -> list[tuple[RowKey, str]]:
    """Return the progress texts of these actions."""
    rows: list[tuple[RowKey, str]] = cursor.execute(
        f"SELECT action, text FROM updates WHERE NOT deleted AND action IN {KEYS.format('?')}", (encode_keys(actions),)
    ).fetchall()
    return rows


COMPARED_COLUMNS = ("title", "status", "brag", "due", "lead", "objective", "evidence", "closed_on")


def list_changed_fields(cursor: Cursor, actions: Sequence[RowKey]) -> set[tuple[RowKey, str]]:
    """Return the fields that differ from those at creation."""
    names = ", ".join(f"a.{name}" for name in COMPARED_COLUMNS)
    rows = cursor.execute(
        f"SELECT a.id, c.value, {names} FROM actions a JOIN change c ON c.\"table\" = 'actions' AND c.row_id = a.id"
        f" AND c.field = '_row' WHERE a.id IN {KEYS.format('?')} AND EXISTS (SELECT 1 FROM change d WHERE"
        " d.\"table\" = 'actions' AND d.row_id = a.id AND d.field <> '_row')",
        (encode_keys(actions),),
    )
    changed = set()
    for key, created_text, *current in rows:
        created = json.loads(created_text)
        for name, value in zip(COMPARED_COLUMNS, current, strict=True):
            if created.get(name) != (value.hex() if isinstance(value, bytes) else value):
                changed.add((key, name))
    return changed


def read_dispatches(cursor: Cursor, actions: Sequence[RowKey]) -> dict[RowKey, Dispatch]:
    """Return the last dispatch of each of these actions."""
    rows = cursor.execute(
        "SELECT d.action, d.batch, d.file, d.said, p.ref FROM dispatches d LEFT JOIN parties p ON p.id = d.party"
        f" WHERE NOT d.deleted AND d.action IN {KEYS.format('?')} ORDER BY d.sent_on, d.n",
        (encode_keys(actions),),
    )
    return {
        action: Dispatch(action, batch, file, json.loads(values) | {"lead": lead})
        for action, batch, file, values, lead in rows
    }


def list_dispatched_actions(cursor: Cursor, batches: Iterable[str]) -> list[RowKey]:
    """Return the actions of these batches."""
    return select_column(
        cursor,
        "SELECT d.action FROM dispatches d WHERE NOT d.deleted"
        " AND d.batch IN (SELECT value FROM json_each(?)) ORDER BY d.n",
        (json.dumps(list(batches)),),
    )


def find_batches(cursor: Cursor, file: str) -> list[str]:
    """Return the last batch with a file of this name."""
    return select_column(
        cursor,
        "SELECT batch FROM dispatches WHERE NOT deleted AND file = ? ORDER BY sent_on DESC, n DESC LIMIT 1",
        (file,),
    )


def list_parties(cursor: Cursor, today: date) -> list[NamedParty]:
    """Return every party with its names."""
    other_names: dict[RowKey, list[str]] = {}
    for key, name in cursor.execute("SELECT party, name FROM aliases WHERE NOT deleted ORDER BY n"):
        other_names.setdefault(key, []).append(name)
    holders = cursor.execute(
        "SELECT h.post, p.name FROM holdings h JOIN parties p ON p.id = h.person"
        f" WHERE {IN_FORCE.format('h')} AND NOT p.deleted",
        {"today": today.isoformat()},
    )
    for key, name in holders.fetchall():
        other_names.setdefault(key, []).append(name)
    rows = cursor.execute("SELECT id, ref, kind, name, name_cy, short FROM parties WHERE NOT deleted ORDER BY n")
    return [
        NamedParty(
            key,
            ref,
            kind,
            name,
            tuple(other_name for other_name in (name_cy, short, *other_names.get(key, ())) if other_name),
        )
        for key, ref, kind, name, name_cy, short in rows.fetchall()
    ]


def list_objectives(cursor: Cursor) -> list[tuple[RowKey, str, str]]:
    """Return key, number and title of every objective."""
    rows = cursor.execute("SELECT id, number, title FROM objectives WHERE NOT deleted ORDER BY number").fetchall()
    return [(key, str(number), title) for key, number, title in rows]
