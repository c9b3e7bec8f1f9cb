"""What an import of actions compares with: present actions, dispatches, local changes and parties."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from ahtc_tui.domain.actions.model import ActionRow
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.returns.model import STATED_FIELDS, SentValues
from ahtc_tui.domain.returns.register import RegisteredParty
from ahtc_tui.store.actions.queries import select_actions
from ahtc_tui.store.records.cursor import KEYS, Cursor, encode_keys
from ahtc_tui.store.records.fields import read_fields
from ahtc_tui.store.records.rows import select_column, select_groups, select_mapping, select_row, select_rows
from ahtc_tui.store.sql_fragments import HOLDS, OTHER_NAMES

COMPARED_COLUMNS = ("title", "status", "brag", "due", "lead", "objective", "evidence", "closed_on", *STATED_FIELDS)


class Dispatch(NamedTuple):
    """What was sent last about an action."""

    action: RowKey
    batch: str
    file: str
    values: SentValues
    party: RowKey | None
    """The lead that it was sent to; None where it stayed in the office."""


class TitledAction(NamedTuple):
    """Title and key of an action, with the columns of its order."""

    title: str
    key: RowKey
    ref_key: str
    n: int


class ReferencedAction(NamedTuple):
    """Reference and key of an action."""

    ref: str
    key: RowKey


class UpdateText(NamedTuple):
    """A known update of an action, so that it is not imported twice."""

    action: RowKey
    text: str


class NumberedObjective(NamedTuple):
    """Objective with its number as text."""

    key: RowKey
    number: str
    title: str


class StoredDispatch(NamedTuple):
    """A row of `dispatches`: what a lead was sent about an action, and in which file."""

    action: RowKey
    batch: str
    file: str
    said: str
    lead: str | None
    party: RowKey | None


def find_leads(cursor: Cursor, actions: Iterable[RowKey]) -> dict[RowKey, RowKey | None]:
    """Return the lead of each action."""
    query = f"SELECT id AS key, lead AS value FROM actions WHERE id IN {KEYS.format('?')}"
    return select_mapping(cursor, query, (encode_keys(actions),))


def list_references(cursor: Cursor) -> list[ReferencedAction]:
    """Return reference and key of every action."""
    return select_rows(cursor, ReferencedAction, "SELECT ref, id AS key FROM actions WHERE NOT deleted")


def list_titles(cursor: Cursor) -> list[TitledAction]:
    """Return the titles of every action in both languages with its key, by reference."""
    query = """SELECT title, id AS key, ref_key, n FROM actions WHERE NOT deleted
 UNION ALL SELECT title_cy, id, ref_key, n FROM actions WHERE NOT deleted AND title_cy > '' ORDER BY ref_key, n"""
    return select_rows(cursor, TitledAction, query)


def read_action_rows(cursor: Cursor, actions: Sequence[RowKey], today: date) -> Iterator[tuple[RowKey, ActionRow]]:
    """Yield these actions as of a day."""
    parameters = {"keys": encode_keys(actions), "today": today.isoformat()}
    for row in select_actions(cursor, f"a.id IN {KEYS.format(':keys')} AND NOT a.deleted", parameters):
        yield row.key, row


def list_update_texts(cursor: Cursor, actions: Sequence[RowKey]) -> list[UpdateText]:
    """Return the progress texts of these actions."""
    query = f"SELECT action, text FROM updates WHERE NOT deleted AND action IN {KEYS.format('?')}"
    return select_rows(cursor, UpdateText, query, (encode_keys(actions),))


def list_changed_fields(cursor: Cursor, actions: Sequence[RowKey]) -> set[tuple[RowKey, str]]:
    """Return the fields that differ from those at creation."""
    query = f"""SELECT c.row_id AS key, c.value FROM change c WHERE c."table" = 'actions' AND c.field = '_row'
 AND c.row_id IN {KEYS.format("?")} AND EXISTS (SELECT 1 FROM change d WHERE d."table" = 'actions'
 AND d.row_id = c.row_id AND d.field <> '_row')"""
    created_values = select_mapping(cursor, query, (encode_keys(actions),))
    changed = set()
    for key, created_text in created_values.items():
        created = json.loads(created_text)
        for name, value in read_fields(cursor, "actions", key, COMPARED_COLUMNS).items():
            if created.get(name) != (value.hex() if isinstance(value, bytes) else value):
                changed.add((key, name))
    return changed


def list_explained_since_sent(cursor: Cursor, actions: Sequence[RowKey]) -> list[RowKey]:
    """Return the actions whose reason of the rating was written or cleared here after their last dispatch."""
    query = f"""SELECT a.id AS key FROM actions a WHERE a.id IN {KEYS.format("?")}
 AND (SELECT max(c.rowid) FROM change c WHERE c."table" = 'actions' AND c.row_id = a.id AND c.field = 'brag_reason')
 > (SELECT max(c.rowid) FROM dispatches d JOIN change c ON c."table" = 'dispatches' AND c.row_id = d.id
 WHERE d.action = a.id AND NOT d.deleted)"""
    return select_column(cursor, query, (encode_keys(actions),))


def read_dispatches(cursor: Cursor, actions: Sequence[RowKey]) -> dict[RowKey, Dispatch]:
    """Return the last dispatch of each of these actions."""
    query = f"""SELECT d.action, d.batch, d.file, d.said, p.ref AS lead, d.party FROM dispatches d
 LEFT JOIN parties p ON p.id = d.party WHERE NOT d.deleted AND d.action IN {KEYS.format("?")}
 ORDER BY d.sent_on, d.n"""
    rows = select_rows(cursor, StoredDispatch, query, (encode_keys(actions),))
    return {
        row.action: Dispatch(row.action, row.batch, row.file, json.loads(row.said) | {"lead": row.lead}, row.party)
        for row in rows
    }


def list_dispatched_actions(cursor: Cursor, batches: Iterable[str]) -> list[RowKey]:
    """Return the actions of these batches."""
    query = """SELECT d.action FROM dispatches d WHERE NOT d.deleted AND d.batch IN (SELECT value
 FROM json_each(?)) ORDER BY d.n"""
    return select_column(cursor, query, (json.dumps(list(batches)),))


def find_batches(cursor: Cursor, file: str) -> list[str]:
    """Return the last batch with a file of this name."""
    return select_column(
        cursor,
        "SELECT batch FROM dispatches WHERE NOT deleted AND file = ? ORDER BY sent_on DESC, n DESC LIMIT 1",
        (file,),
    )


def list_parties(cursor: Cursor, today: date) -> list[RegisteredParty]:
    """Return every party with its names."""
    aliases = select_groups(cursor, f"SELECT party AS key, name AS value FROM {OTHER_NAMES} ORDER BY n")
    holders = select_groups(
        cursor,
        "SELECT h.post AS key, p.name AS value FROM holdings h JOIN named_parties p ON p.id = h.person"
        f" WHERE {HOLDS} AND NOT p.deleted",
        {"today": today.isoformat()},
    )
    query = """SELECT s.id AS key, s.ref, s.kind, s.name, concat_ws(char(10), nullif(s.name_cy, ''),
 nullif(s.short, ''), nullif(p.name, s.name)) AS other_names FROM named_parties s JOIN parties p ON p.id = s.id
 WHERE NOT s.deleted ORDER BY s.n"""
    return [
        party._replace(other_names=(*party.other_names, *aliases.get(party.key, ()), *holders.get(party.key, ())))
        for party in select_rows(cursor, RegisteredParty, query)
    ]


def list_welsh_objectives(cursor: Cursor) -> list[tuple[RowKey, str, str]]:
    """Return key, number and Welsh title of every objective that has one."""
    query = """SELECT id AS key, CAST(number AS TEXT) AS number, title_cy AS title FROM objectives
 WHERE NOT deleted AND title_cy > '' ORDER BY objectives.number"""
    return [(row.key, row.number, row.title) for row in select_rows(cursor, NumberedObjective, query)]


def list_objectives(cursor: Cursor) -> list[tuple[RowKey, str, str]]:
    """Return key, number and title of every objective."""
    query = """SELECT id AS key, CAST(number AS TEXT) AS number, title FROM objectives WHERE NOT deleted
 ORDER BY objectives.number"""
    return [(row.key, row.number, row.title) for row in select_rows(cursor, NumberedObjective, query)]


class ColumnMapping(NamedTuple):
    """The mapping of one heading."""

    key: RowKey
    removed: bool


def list_mappings(cursor: Cursor) -> dict[str, str]:
    """Return the field of every heading."""
    return select_mapping(cursor, "SELECT heading AS key, field AS value FROM learnt_columns WHERE NOT deleted")


def find_mapping(cursor: Cursor, heading: str) -> ColumnMapping | None:
    """Return the mapping of a heading, removed or not; None where there never was one."""
    query = "SELECT id AS key, deleted AS removed FROM learnt_columns WHERE heading = ?"
    return select_row(cursor, ColumnMapping, query, (heading,))
