"""The actions of a meeting as its minutes had them when they were agreed. They are printed whatever the log says later.

Parties are kept by key, so that whoever is erased from the register is not named here either.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.dates.date_as_known import from_stored
from ahtc_tui.store.actions.queries import by_key

if TYPE_CHECKING:
    from datetime import date

    from ahtc_tui.domain.actions.model import ActionRow
    from ahtc_tui.store.records.cursor import Cursor

SUPPORT = "SELECT party FROM action_parties WHERE action = ? AND role = 'support' AND NOT deleted ORDER BY n"


def as_they_stand(cursor: Cursor, meeting: bytes) -> str:
    """The actions of a meeting as they stand, to be kept: title, owners and dates, in the order of the log."""
    found = cursor.execute(
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
            for key, title, lead, due, original in found
        ],
        ensure_ascii=False,
    )


def amended(kept: str, action: bytes, title: str) -> str:
    """What is kept, with the words of an amendment in the place of a title."""
    actions = json.loads(kept)
    for one in actions:
        if one["action"] == action.hex():
            one["title"] = title
    return json.dumps(actions, ensure_ascii=False)


def kept_of(cursor: Cursor, meeting: bytes) -> str | None:
    """What is kept of a meeting; None where its minutes are not agreed."""
    kept: str | None = cursor.execute("SELECT agreed_actions FROM meetings WHERE id = ?", (meeting,)).fetchone()[0]
    return kept


def as_agreed(cursor: Cursor, meeting: bytes, today: date) -> list[ActionRow] | None:
    """The actions as they were agreed, in the order of the log; None where the minutes are not agreed."""
    kept = kept_of(cursor, meeting)
    return None if kept is None else [_row(cursor, one, today) for one in json.loads(kept)]


def _row(cursor: Cursor, kept: dict[str, Any], today: date) -> ActionRow:
    lead, lead_ref, lead_kind, short = _party(cursor, kept["lead"])
    now = by_key(cursor, bytes.fromhex(kept["action"]), today)
    return replace(
        now,
        title=kept["title"],
        lead=lead,
        lead_ref=lead_ref,
        lead_kind=lead_kind,
        lead_short=short,
        lead_holder=now.lead_holder if lead_ref == now.lead_ref else None,
        support=tuple(name for key in kept["support"] if (name := _party(cursor, key)[0])),
        due=from_stored(kept["due"]),
        original_due=from_stored(kept["original_due"]),
    )


def _party(cursor: Cursor, key: str | None) -> tuple[str | None, str | None, str | None, str | None]:
    found = cursor.execute(
        "SELECT name, ref, kind, short FROM parties WHERE id = ?", (bytes.fromhex(key or ""),)
    ).fetchone()
    return tuple(found) if found else (None, None, None, None)
