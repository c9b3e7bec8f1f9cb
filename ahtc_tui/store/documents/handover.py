"""The actions and invitations of a post, whole rows. Reads only."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.actions.queries import COLUMNS, JOINS
from ahtc_tui.store.actions.queries import build_row as action_row

if TYPE_CHECKING:
    from ahtc_tui.domain.actions.model import ActionRow
    from ahtc_tui.store.records.cursor import Cursor

HELPED = "SELECT action FROM action_parties WHERE party = :key AND role <> 'lead' AND NOT deleted"


def read_led_actions(cursor: Cursor, party: RowKey, today: date) -> list[ActionRow]:
    """Every action that somebody leads or led, by reference."""
    return _read_actions(cursor, "a.lead = :key AND NOT a.deleted", party, today)


def read_helped_actions(cursor: Cursor, party: RowKey, today: date) -> list[ActionRow]:
    """The open actions of others that somebody helps with, by reference."""
    return _read_actions(cursor, f"a.is_open = 1 AND a.lead IS NOT :key AND a.id IN ({HELPED})", party, today)


def read_group_actions(cursor: Cursor, group: RowKey, today: date, *, only_open: bool = True) -> list[ActionRow]:
    """The actions of a group: for it, led by it, or agreed in one of its meetings; by reference."""
    from ahtc_tui.store.groups.queries import ACTIONS_OF_GROUPS

    test = f"a.id IN (SELECT d.id FROM ({ACTIONS_OF_GROUPS}) d WHERE d.of = :key)"
    return _read_actions(cursor, f"{test} AND a.is_open = 1" if only_open else test, group, today)


def _read_actions(cursor: Cursor, test: str, key: RowKey, today: date) -> list[ActionRow]:
    rows = cursor.execute(
        f"SELECT {COLUMNS} FROM actions a {JOINS} WHERE {test} ORDER BY a.ref_key",
        {"key": key, "today": today.isoformat()},
    )
    return [action_row(row) for row in rows]


def read_invited_meetings(cursor: Cursor, party: RowKey) -> set[str]:
    """References of the meetings that somebody is invited to."""
    rows = cursor.execute(
        "SELECT m.ref FROM invitations i JOIN meetings m ON m.id = i.meeting WHERE i.party = ? AND NOT i.deleted",
        (party,),
    )
    return {ref for (ref,) in rows}
