"""The actions of a meeting as its minutes had them when they were agreed. They are printed whatever the log says later.

Parties are kept by key, so that whoever is erased from the register is not named here either.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.dates.date_as_known import read_stored_date
from ahtc_tui.domain.keys import RowKey, parse_key
from ahtc_tui.store.actions.queries import read_action

if TYPE_CHECKING:
    from datetime import date

    from ahtc_tui.domain.actions.model import ActionRow
    from ahtc_tui.store.records.cursor import Cursor

SUPPORT = "SELECT party FROM action_parties WHERE action = ? AND role = 'support' AND NOT deleted ORDER BY n"


def build_snapshot(cursor: Cursor, meeting: RowKey) -> str:
    """The actions of a meeting as they stand, to be kept: title, owners and dates, in the order of the log."""
    rows = cursor.execute(
        "SELECT id, title, lead, due, original_due FROM actions WHERE meeting = ? AND NOT deleted ORDER BY ref_key, n",
        (meeting,),
    ).fetchall()
    return json.dumps(
        [
            {
                "action": key.hex(),
                "title": title,
                "lead": lead.hex() if lead else None,
                "support": [party.hex() for (party,) in cursor.execute(SUPPORT, (key,)).fetchall()],
                "due": due,
                "original_due": original,
            }
            for key, title, lead, due, original in rows
        ],
        ensure_ascii=False,
    )


def amend_snapshot(snapshot: str, action: RowKey, title: str) -> str:
    """What is kept, with the words of an amendment in the place of a title."""
    actions = json.loads(snapshot)
    for entry in actions:
        if entry["action"] == action.hex():
            entry["title"] = title
    return json.dumps(actions, ensure_ascii=False)


def read_snapshot(cursor: Cursor, meeting: RowKey) -> str | None:
    """What is kept of a meeting; None where its minutes are not agreed."""
    snapshot: str | None = cursor.execute("SELECT agreed_actions FROM meetings WHERE id = ?", (meeting,)).fetchone()[0]
    return snapshot


def read_agreed_actions(cursor: Cursor, meeting: RowKey, today: date) -> list[ActionRow] | None:
    """The actions as they were agreed, in the order of the log; None where the minutes are not agreed."""
    snapshot = read_snapshot(cursor, meeting)
    return None if snapshot is None else [_build_row(cursor, entry, today) for entry in json.loads(snapshot)]


def _build_row(cursor: Cursor, entry: dict[str, Any], today: date) -> ActionRow:
    lead, lead_ref, lead_kind, short = _read_party(cursor, entry["lead"])
    current = read_action(cursor, parse_key(entry["action"]), today)
    return replace(
        current,
        title=entry["title"],
        lead=lead,
        lead_ref=lead_ref,
        lead_kind=lead_kind,
        lead_short=short,
        lead_holder=current.lead_holder if lead_ref == current.lead_ref else None,
        support=tuple(name for key in entry["support"] if (name := _read_party(cursor, key)[0])),
        due=read_stored_date(entry["due"]),
        original_due=read_stored_date(entry["original_due"]),
    )


def _read_party(cursor: Cursor, key: str | None) -> tuple[str | None, str | None, str | None, str | None]:
    row = cursor.execute(
        "SELECT name, ref, kind, short FROM parties WHERE id = ?", (bytes.fromhex(key or ""),)
    ).fetchone()
    return tuple(row) if row else (None, None, None, None)
