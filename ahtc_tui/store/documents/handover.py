"""Reads the actions and invitations of a post, for a hand-over."""

from __future__ import annotations

from datetime import date

from ahtc_tui.domain.actions.model import ActionRow
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.actions.queries import select_actions
from ahtc_tui.store.contacts.post_holders import HELPED
from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.records.rows import select_column


def read_led_actions(cursor: Cursor, party: RowKey, today: date) -> list[ActionRow]:
    """Return every action that a party leads or led, by reference."""
    return _read_actions(cursor, "a.lead = :key AND NOT a.deleted", party, today)


def read_helped_actions(cursor: Cursor, party: RowKey, today: date) -> list[ActionRow]:
    """Return the open actions of others that a party supports, by reference."""
    return _read_actions(cursor, f"a.is_open = 1 AND a.lead IS NOT :key AND a.id IN ({HELPED})", party, today)


def read_group_actions(cursor: Cursor, group: RowKey, today: date) -> list[ActionRow]:
    """Return the open actions for a group, led by it or agreed in its meetings, by reference."""
    from ahtc_tui.store.groups.queries import ACTIONS_OF_GROUPS

    condition = f"a.is_open = 1 AND a.id IN (SELECT d.id FROM ({ACTIONS_OF_GROUPS}) d WHERE d.of = :key)"
    return _read_actions(cursor, condition, group, today)


def _read_actions(cursor: Cursor, condition: str, key: RowKey, today: date) -> list[ActionRow]:
    return select_actions(cursor, f"{condition} ORDER BY a.ref_key", {"key": key, "today": today.isoformat()})


def read_invited_meetings(cursor: Cursor, party: RowKey) -> set[str]:
    """Return the references of the meetings that a party is invited to."""
    return set(
        select_column(
            cursor,
            "SELECT m.ref FROM invitations i JOIN meetings m ON m.id = i.meeting WHERE i.party = ? AND NOT i.deleted",
            (party,),
        )
    )
