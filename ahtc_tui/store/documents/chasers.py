"""Whom to chase about what, and when that was done last. Reads only; every write goes through a Ledger."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from ahtc_tui.domain.actions.model import ActionRow
from ahtc_tui.domain.documents.chasers import Addressee, Channel, ChaseRow
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.today import SOON_DAYS
from ahtc_tui.store.actions.queries import COLUMNS, JOINS, build_row
from ahtc_tui.store.contacts import party_lookup
from ahtc_tui.store.sql_fragments import CURRENT_HOLDER, IN_FORCE, PARTY_ADDRESS
from ahtc_tui.store.today import LATE, REVIEW_DUE, SOON

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor

PRESSING = f"""(({LATE}) OR ({SOON}) OR (a.status = 'continuing' AND NOT a.deleted AND {REVIEW_DUE}))"""
"""Late, soon due, or a continuing duty whose review day has come."""

LED_BY = f"""(a.lead = :lead OR a.lead IN (SELECT h.post FROM holdings h WHERE h.person = :lead
 AND {IN_FORCE.format("h")}))"""

ADDRESSEE = f"""SELECT p.id, p.ref, p.name, CASE WHEN p.kind = 'person' THEN p.name ELSE
 {CURRENT_HOLDER.format(field="name", post="p.id")} END,
 {PARTY_ADDRESS.format(party="p")}
 FROM parties p WHERE p.id = :key"""


class LedAction(NamedTuple):
    """An action to ask about and the key of whoever leads it; None where nobody does."""

    lead: RowKey | None
    action: ActionRow


AFTER_MEETING = f"""((a.meeting = :meeting AND a.is_open AND NOT a.deleted AND a.status <> 'continuing')
 OR (a."group" = (SELECT "group" FROM meetings WHERE id = :meeting) AND {PRESSING}))"""
"""After a meeting: what it agreed, and what presses of its group."""


def read_pressing_actions(
    cursor: Cursor, today: date, lead: RowKey | None = None, meeting: RowKey | None = None
) -> list[LedAction]:
    """The actions to chase by due day and then review day; of one lead (or the posts it holds) if one is named.

    After a meeting those that it agreed, whenever they are due, and of the others those of its group.
    """
    parameters: dict[str, str | RowKey | None] = {"today": today.isoformat(), "lead": lead, "meeting": meeting}
    parameters["soon"] = (today + timedelta(SOON_DAYS)).isoformat()
    condition = AFTER_MEETING if meeting else PRESSING
    rows = cursor.execute(
        f"SELECT a.lead, {COLUMNS} FROM actions a {JOINS} WHERE {condition} AND {LED_BY if lead else '1'}"
        " ORDER BY a.due_day, a.review_on, a.ref_key, a.n",
        parameters,
    )
    return [LedAction(line[0], build_row(line[1:])) for line in rows]


def read_addressee(cursor: Cursor, key: RowKey, today: date) -> Addressee:
    """The lead as a letter addresses it on a day."""
    row = cursor.execute(ADDRESSEE, {"key": key, "today": today.isoformat()}).fetchone()
    return Addressee(*row)


def read_last_chase_days(cursor: Cursor, actions: Iterable[RowKey]) -> dict[RowKey, date]:
    """The day of the last chase of each action; those never chased are left out."""
    rows = cursor.execute(
        f"SELECT action, max(chased_on) FROM chases WHERE NOT deleted AND action IN {party_lookup.KEYS.format('?')}"
        " GROUP BY action",
        (party_lookup.encode_keys(actions),),
    )
    return {key: date.fromisoformat(day[:10]) for key, day in rows}


def read_last_chase(cursor: Cursor, action: RowKey) -> ChaseRow | None:
    """The last time that an action was chased; None if it never was."""
    row = cursor.execute(
        "SELECT c.chased_on, p.name, c.channel FROM chases c JOIN parties p ON p.id = c.party"
        " WHERE c.action = ? AND NOT c.deleted ORDER BY c.chased_on DESC, c.n DESC LIMIT 1",
        (action,),
    ).fetchone()
    return ChaseRow(date.fromisoformat(row[0][:10]), row[1], Channel(row[2])) if row else None


def read_name_and_address(cursor: Cursor, key: RowKey) -> tuple[str, str | None]:
    """Name and address of a party."""
    name, email = cursor.execute("SELECT name, email FROM parties WHERE id = ?", (key,)).fetchone()
    return name, email
