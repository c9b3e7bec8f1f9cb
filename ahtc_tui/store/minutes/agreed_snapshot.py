"""Keeps the actions of a meeting as they were when its minutes were agreed, for printing independently of the log.

Parties are kept by key, so that an erased person is not named here either.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from ahtc_tui.domain.actions.model import ActionRow
from ahtc_tui.domain.dates.date_as_known import read_stored_date
from ahtc_tui.domain.keys import RowKey, parse_key
from ahtc_tui.store.actions.queries import read_action
from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.records.rows import select_row, select_rows

SUPPORT = "SELECT party FROM action_parties WHERE action = ? AND role = 'support' AND NOT deleted ORDER BY n"


class SnapshotAction(NamedTuple):
    """Action of a meeting as the snapshot keeps it."""

    key: RowKey
    title: str
    lead: RowKey | None
    due: str | None
    original_due: str | None


class PartyNames(NamedTuple):
    """Names of a party, as an action shows its lead."""

    name: str | None
    ref: str | None
    kind: str | None
    short: str | None


def build_snapshot(cursor: Cursor, meeting: RowKey) -> str:
    """Return the current actions of a meeting as JSON: title, owners and dates, in the order of the log."""
    query = """SELECT id AS key, title, lead, due, original_due FROM actions WHERE meeting = ? AND NOT deleted
 ORDER BY ref_key, n"""
    return json.dumps(
        [
            {
                "action": action.key.hex(),
                "title": action.title,
                "lead": action.lead.hex() if action.lead else None,
                "support": [party.hex() for (party,) in cursor.execute(SUPPORT, (action.key,)).fetchall()],
                "due": action.due,
                "original_due": action.original_due,
            }
            for action in select_rows(cursor, SnapshotAction, query, (meeting,))
        ],
        ensure_ascii=False,
    )


def amend_snapshot(snapshot: str, action: RowKey, title: str) -> str:
    """Return the snapshot with the title of one action replaced."""
    actions = json.loads(snapshot)
    for entry in actions:
        if entry["action"] == action.hex():
            entry["title"] = title
    return json.dumps(actions, ensure_ascii=False)


def read_snapshot(cursor: Cursor, meeting: RowKey) -> str | None:
    """Return the stored snapshot of a meeting; None where its minutes are not agreed."""
    snapshot: str | None = cursor.execute("SELECT agreed_actions FROM meetings WHERE id = ?", (meeting,)).fetchone()[0]
    return snapshot


def read_agreed_actions(cursor: Cursor, meeting: RowKey, today: date) -> list[ActionRow] | None:
    """Return the actions as agreed, in the order of the log; None where the minutes are not agreed."""
    snapshot = read_snapshot(cursor, meeting)
    return None if snapshot is None else [_build_row(cursor, entry, today) for entry in json.loads(snapshot)]


def _build_row(cursor: Cursor, entry: dict[str, Any], today: date) -> ActionRow:
    lead = _read_party(cursor, entry["lead"])
    current = read_action(cursor, parse_key(entry["action"]), today)
    return replace(
        current,
        title=entry["title"],
        title_cy=current.title_cy if current.title == entry["title"] else None,
        lead=lead.name,
        lead_ref=lead.ref,
        lead_kind=lead.kind,
        lead_short=lead.short,
        lead_holder=current.lead_holder if lead.ref == current.lead_ref else None,
        support=tuple(name for key in entry["support"] if (name := _read_party(cursor, key).name)),
        due=read_stored_date(entry["due"]),
        original_due=read_stored_date(entry["original_due"]),
    )


def _read_party(cursor: Cursor, key: str | None) -> PartyNames:
    query = "SELECT name, ref, kind, short FROM named_parties WHERE id = ?"
    names = select_row(cursor, PartyNames, query, (bytes.fromhex(key or ""),))
    return names or PartyNames(None, None, None, None)
