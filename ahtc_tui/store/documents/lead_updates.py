"""Which update of an action its lead outside the office is shown: one of a return of that lead, or a released one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from ahtc_tui.domain.actions.model import ActionRow
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.records.cursor import KEYS, Cursor, encode_keys
from ahtc_tui.store.records.rows import select_rows

RELEASED = """EXISTS (SELECT 1 FROM releases r WHERE NOT r.deleted AND r.released_on IS NOT NULL
 AND instr(r.page_en, trim(json_quote(u.text), '"')) AND NOT EXISTS (SELECT 1 FROM releases s WHERE NOT s.deleted
 AND s.released_on IS NOT NULL AND s.document = r.document AND s.meeting IS r.meeting
 AND s."commission" IS r."commission" AND s.number > r.number))"""
"""Whether the last release of a document prints the text of the update `u`."""

UPDATES = f"""SELECT u.action, u.text, u.said_on FROM updates u WHERE NOT u.deleted
 AND u.action IN {KEYS.format(":keys")} AND ((u.source IS NOT NULL AND u.said_by = :lead) OR {RELEASED})
 ORDER BY u.said_on, u.n"""


class LeadUpdate(NamedTuple):
    """An update that a lead may be shown."""

    action: RowKey
    text: str
    said_on: date


def limit_to_lead(cursor: Cursor, rows: Sequence[ActionRow], lead: RowKey) -> list[ActionRow]:
    """Return the actions of a lead outside the office without the office's updates and notes of evidence.

    Each has the latest update that came with a return of this lead, in its words, or that was released.
    """
    parameters = {"keys": encode_keys(row.key for row in rows), "lead": lead}
    updates = {update.action: update for update in select_rows(cursor, LeadUpdate, UPDATES, parameters)}
    return [_replace_update(row, updates.get(row.key)) for row in rows]


def _replace_update(row: ActionRow, update: LeadUpdate | None) -> ActionRow:
    text, day = (update.text, update.said_on) if update else (None, None)
    return replace(row, latest_update=text, latest_update_on=day, evidence=None)
