"""Reads how the rating and the confidence of actions changed over time, from updates and from the journal."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from ahtc_tui.domain.actions.model import Brag
from ahtc_tui.domain.actions.urgency import is_worse
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.journal.queries import read_step_day
from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.records.rows import select_mapping, select_rows

ReadingPlace = tuple[date, int, int]
"""Day of a reading; transaction sequence and change number order the readings of a day."""


class WrittenValue(NamedTuple):
    """Value of a field in the journal, with the other changes of its transaction."""

    key: RowKey
    value: str | None
    seq: int
    updates: int
    """Number of updates added in the transaction."""
    closed_on: str | None
    """Closing day written in the transaction, as JSON."""
    transaction: RowKey


WRITTEN_VALUES = """SELECT c.row_id AS key, c.value, c.seq, (SELECT count(*) FROM change o WHERE
 o."transaction" = c."transaction" AND o."table" = 'updates' AND o.field = '_row') AS updates,
 (SELECT k.value FROM change k WHERE k."transaction" = c."transaction" AND k."table" = 'actions'
  AND k.row_id = c.row_id AND k.field = 'closed_on') AS closed_on, c."transaction"
 FROM change c WHERE c."table" = 'actions' AND c.field = :field ORDER BY c.seq, c.wall_ms, c.id"""
UPDATES_OF_TRANSACTION = """SELECT u.said_on, u.brag, u.deleted FROM change o JOIN updates u ON u.id = o.row_id
 WHERE o."transaction" = ? AND o."table" = 'updates' AND o.field = '_row' AND u.action = ?"""


class TransactionUpdate(NamedTuple):
    """Update of an action in a transaction."""

    said_on: date
    brag: str | None
    deleted: bool


class RatedUpdate(NamedTuple):
    """Update with a rating, and its place in the journal."""

    action: RowKey
    said_on: date
    brag: str
    n: int
    seq: int


RATED_IN_UPDATES = """SELECT u.action, u.said_on, u.brag, u.n, coalesce((SELECT max(c.seq) FROM change c
 WHERE c."table" = 'updates' AND c.row_id = u.id AND c.field = '_row'), 0) AS seq
 FROM updates u WHERE u.brag IS NOT NULL AND NOT u.deleted"""
INITIAL_VALUES = """SELECT value FROM change WHERE "table" = 'actions' AND row_id = ? AND field = '_row' LIMIT 1"""
RATINGS = "SELECT id AS key, brag AS value FROM actions WHERE brag IS NOT NULL AND NOT deleted"


def find_worse(cursor: Cursor, day: date, today: date) -> list[RowKey]:
    """Return the keys of the actions whose rating is worse now than at the end of a day; both must be rated."""
    readings = read_readings(cursor, "brag", today)
    worse = []
    for key, rating in select_mapping(cursor, RATINGS).items():
        earlier = [place for place in readings.get(key, ()) if place[0] <= day]
        before = readings[key][max(earlier)] if earlier else read_initial_value(cursor, key, "brag")
        if before and is_worse(Brag(before), Brag(rating)):
            worse.append(key)
    return worse


def read_initial_value(cursor: Cursor, key: RowKey, field: str) -> str | None:
    """Return the value that a field of an action had when the action was added."""
    row = cursor.execute(INITIAL_VALUES, (key,)).fetchone()
    return json.loads(row[0]).get(field) if row else None


def read_readings(cursor: Cursor, field: str, today: date) -> dict[RowKey, dict[ReadingPlace, str | None]]:
    """Return every dated reading of a field: with an update, or by itself."""
    readings: dict[RowKey, dict[ReadingPlace, str | None]] = defaultdict(dict)
    if field == "brag":
        for update in select_rows(cursor, RatedUpdate, RATED_IN_UPDATES):
            readings[update.action][update.said_on, update.seq, update.n] = update.brag
    for number, written in enumerate(select_rows(cursor, WrittenValue, WRITTEN_VALUES, {"field": field})):
        day = _find_day(cursor, written, field, today)
        if day is not None:
            readings[written.key][day, written.seq, number] = json.loads(written.value) if written.value else None
    return readings


def _find_day(cursor: Cursor, written: WrittenValue, field: str, today: date) -> date | None:
    """Return the day of the update that was added with a value, else the day of writing; None for an undated value."""
    if written.updates:
        keys = (written.transaction, written.key)
        updates = select_rows(cursor, TransactionUpdate, UPDATES_OF_TRANSACTION, keys)
        if updates:
            return _find_update_day(updates, field)
    return _find_written_day(read_step_day(written.transaction), written.closed_on, today)


def _find_update_day(updates: Iterable[TransactionUpdate], field: str) -> date | None:
    """Return the day of the update in whose transaction a value was written; None where the update has the value.

    Also None where all those updates were removed.
    """
    current = [update for update in updates if not update.deleted]
    if not current or (field == "brag" and any(update.brag for update in current)):
        return None
    return max(update.said_on for update in current)


def _find_written_day(written_on: date, closed_on: str | None, today: date) -> date:
    """Return the closing day written in the same transaction, else the day of writing, but never a future day."""
    closed = json.loads(closed_on) if closed_on else None
    if closed:
        return min(date.fromisoformat(closed[:10]), today)
    return min(written_on, today)
