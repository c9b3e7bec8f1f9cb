"""Reads what the minutes need: agenda items, next line numbers, owners and the unfinished line."""

from __future__ import annotations

import json
from typing import NamedTuple

from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.minutes.model import ItemStatus, UnfinishedLine
from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.records.fields import read_setting, remove_setting, store_setting
from ahtc_tui.store.records.rows import select_column, select_row, select_rows, select_value
from ahtc_tui.store.sql_fragments import CURRENT_HOLDER, HOLDS, IS_GATHERING, SITS


class StoredItem(NamedTuple):
    """Agenda item with its state."""

    key: RowKey
    position: int
    title: str
    standing: bool
    discussed: bool
    open_actions: tuple[str, ...]
    deferred: bool
    not_reached: bool
    title_cy: str | None
    carries: int


class LooseAction(NamedTuple):
    """Open action of a meeting that belongs to no agenda item."""

    ref: str
    title: str
    title_cy: str | None


class MeetingKey(NamedTuple):
    """Key and reference of a meeting that was looked up."""

    key: RowKey
    ref: str


class PossibleOwner(NamedTuple):
    """Party that can own an action."""

    ref: str
    name: str
    short: str | None
    holder: str | None


OPEN_ACTIONS = (
    "SELECT group_concat(ref, char(10)) FROM (SELECT DISTINCT a.ref FROM minute_lines l JOIN actions a"
    " ON a.id = l.action"
    " WHERE l.item IN (WITH RECURSIVE earlier(id) AS (VALUES(i.id) UNION SELECT c.carried_from FROM agenda_items c"
    " JOIN earlier e ON c.id = e.id WHERE c.carried_from IS NOT NULL) SELECT id FROM earlier)"
    " AND NOT l.deleted AND a.is_open ORDER BY a.ref_key)"
)
"""References of the open actions under an item and under the items that it was carried from."""


def find_item(cursor: Cursor, meeting: RowKey, position: int) -> RowKey | None:
    """Return the key of the item at a position; None if the agenda has none."""
    return select_value(
        cursor, "SELECT id FROM agenda_items WHERE meeting = ? AND position = ? AND NOT deleted", (meeting, position)
    )


def find_last_item(cursor: Cursor, meeting: RowKey) -> RowKey | None:
    """Return the key of the item of the last line; None before the first line."""
    return select_value(
        cursor, "SELECT item FROM minute_lines WHERE meeting = ? AND NOT deleted ORDER BY n DESC LIMIT 1", (meeting,)
    )


def find_next_line(cursor: Cursor, meeting: RowKey, item: RowKey | None) -> int:
    """Return the number of the next line of an item."""
    return int(
        cursor.execute(
            "SELECT coalesce(max(position), 0) + 1 FROM minute_lines WHERE meeting = ? AND item IS ? AND NOT deleted",
            (meeting, item),
        ).fetchone()[0]
    )


def list_line_keys(cursor: Cursor, meeting: RowKey, item: RowKey | None) -> list[RowKey]:
    """Return the keys of the lines of an item in order; without an item those of the meeting that have none."""
    query = "SELECT id FROM minute_lines WHERE meeting = ? AND item IS ? AND NOT deleted ORDER BY position, n"
    return select_column(cursor, query, (meeting, item))


def read_item_standings(cursor: Cursor, meeting: RowKey) -> list[tuple[RowKey, ItemStatus]]:
    """Return each agenda item with its state (discussed, open actions), in order."""
    query = f"""SELECT i.id AS key, i.position, i.title, i.standing, i.discussed OR i.outcome IS NOT NULL OR EXISTS
 (SELECT 1 FROM minute_lines l WHERE l.item = i.id AND NOT l.deleted) AS discussed, ({OPEN_ACTIONS}) AS open_actions,
 i.outcome IS 'deferred' AS deferred, i.outcome IS 'not_reached' AS not_reached, i.title_cy,
 (WITH RECURSIVE earlier(id) AS (VALUES(i.carried_from) UNION ALL SELECT c.carried_from FROM agenda_items c
 JOIN earlier e ON c.id = e.id) SELECT count(id) FROM earlier) AS carries
 FROM agenda_items i WHERE i.meeting = ? AND NOT i.deleted ORDER BY i.position, i.n"""
    items = select_rows(cursor, StoredItem, query, (meeting,))
    return [(item.key, ItemStatus(*item[1:])) for item in items]


def read_loose_actions(cursor: Cursor, meeting: RowKey) -> list[LooseAction]:
    """Return reference and title of the meeting's open actions that belong to no agenda item."""
    query = """SELECT a.ref, a.title, a.title_cy FROM actions a
 LEFT JOIN minute_lines l ON l.id = a.line AND NOT l.deleted
 WHERE a.meeting = ? AND a.is_open AND NOT a.deleted AND l.item IS NULL ORDER BY a.ref_key, a.n"""
    return select_rows(cursor, LooseAction, query, (meeting,))


def read_carried_items(cursor: Cursor, meeting: RowKey) -> set[RowKey]:
    """Return the keys of the items that an agenda has carried forward from earlier ones."""
    return set(
        select_column(
            cursor,
            "SELECT carried_from FROM agenda_items WHERE meeting = ? AND carried_from IS NOT NULL AND NOT deleted",
            (meeting,),
        )
    )


def find_next_meeting(cursor: Cursor, meeting: RowKey) -> MeetingKey | None:
    """Return key and reference of the group's next meeting that is not cancelled or held; None where there is none.

    Of a recurring meeting only the days with their own record count.
    """
    query = f"""SELECT n.id AS key, n.ref FROM meetings m JOIN meetings n ON n."group" = m."group" AND n.id <> m.id
 WHERE m.id = ? AND {IS_GATHERING.format("n")} AND NOT n.deleted AND n.state NOT IN ('cancelled', 'held')
 AND n.day > m.day AND n.recurrence IS NULL ORDER BY n.day LIMIT 1"""
    return select_row(cursor, MeetingKey, query, (meeting,))


def read_quorum(cursor: Cursor, meeting: RowKey) -> int | None:
    """Return the quorum of the group; None where it is not recorded."""
    query = 'SELECT g.quorum FROM meetings m JOIN groups g ON g.id = m."group" WHERE m.id = ?'
    return select_value(cursor, query, (meeting,))


def read_owners(cursor: Cursor, meeting: RowKey, today: str) -> list[PossibleOwner]:
    """Return reference, name, short name and holder of every possible owner of an action, invited ones first.

    Holders of posts are left out, because their post is listed instead, unless they have a seat or an invitation of
    their own.
    """
    holder = CURRENT_HOLDER.format(field="name", post="p.id")
    query = f"""SELECT p.ref, p.name, p.short, {holder} AS holder FROM named_parties p WHERE NOT p.deleted
 AND p.kind <> 'group' AND (NOT EXISTS (SELECT 1 FROM holdings h WHERE h.person = p.id AND {HOLDS})
 OR EXISTS (SELECT 1 FROM seats s WHERE s.party = p.id AND {SITS})
 OR EXISTS (SELECT 1 FROM invitations i WHERE i.meeting = :meeting AND i.party = p.id AND NOT i.deleted))
 ORDER BY NOT EXISTS (SELECT 1 FROM invitations i WHERE i.meeting = :meeting AND i.party = p.id
 AND NOT i.deleted), p.kind = 'organisation', p.name"""
    return select_rows(cursor, PossibleOwner, query, {"meeting": meeting, "today": today})


def store_unfinished_line(cursor: Cursor, ref: str, line: UnfinishedLine) -> None:
    """Store an unfinished line outside the journal: it is local to this database file. Without text delete it."""
    name = f"unfinished {ref}"
    if line.text:
        values = {"text": line.text, "welsh": line.welsh, "seen_text": line.seen_text}
        keys = {"item": line.item and line.item.hex(), "edited_line": line.edited_line and line.edited_line.hex()}
        stored_text = json.dumps(values | keys)
        store_setting(cursor, name, stored_text)
    else:
        remove_setting(cursor, name)


def read_unfinished_line(cursor: Cursor, ref: str) -> UnfinishedLine:
    """Return the unfinished line of a meeting; without text where there is none.

    Earlier versions stored the text alone.
    """
    stored_text = read_setting(cursor, f"unfinished {ref}")
    try:
        values = json.loads(stored_text or "{}")
        item, edited_line = (
            RowKey(bytes.fromhex(values[name])) if values.get(name) else None for name in ("item", "edited_line")
        )
        text, seen_text = values.get("text", ""), values.get("seen_text")
        return UnfinishedLine(text, item, edited_line, bool(values.get("welsh")), seen_text)
    except (ValueError, TypeError, AttributeError):
        return UnfinishedLine(stored_text or "")
