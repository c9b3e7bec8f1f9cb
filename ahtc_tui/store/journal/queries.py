"""Queries on the journal: its steps, and the changes of a record with the former values."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from operator import itemgetter
from typing import Any, NamedTuple

from ahtc_tui.domain.history import ChangeRow, StepRow
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.journal.chain import KEY_BYTES, TIME_BYTES
from ahtc_tui.store.journal.replay import DELETED, HELD, ROW, decode_value
from ahtc_tui.store.journal.value_formatter import ValueFormatter
from ahtc_tui.store.records import relations
from ahtc_tui.store.records.cursor import Cursor, RecordKey, Table
from ahtc_tui.store.records.rows import select_mapping, select_rows

SAME_DAY_MS = 12 * 60 * 60 * 1000
"""A step whose key differs more than this from its time has the day of --as-at."""


class LaterSteps(NamedTuple):
    """The steps after a day."""

    hidden: tuple[RowKey, ...]
    """Those that its state leaves out."""
    shown: int
    """The number of those that it cannot leave out, because the journal begins after the day."""
    begins_on: date
    """The first day of the journal."""


def find_later_steps(cursor: Cursor, day: date) -> LaterSteps:
    """Return the steps that were written after a day.

    A day before the journal has no state: what was written on days of the clock is shown as it is now, and
    only the steps that have a later day from --as-at are left out.
    """
    end = int(datetime.combine(day + timedelta(days=1), datetime.min.time()).timestamp() * 1000)
    first_key = max(end, 0).to_bytes(TIME_BYTES) + bytes(KEY_BYTES - TIME_BYTES)
    begin: int = cursor.execute("SELECT coalesce(min(wall_ms), 0) FROM step").fetchone()[0]
    query = "SELECT id AS key, wall_ms AS value FROM step WHERE kind <> 'load' AND id >= ?"
    later: dict[RowKey, int] = select_mapping(cursor, query, (first_key,))
    hidden = tuple(key for key, wall_ms in later.items() if begin < end or _has_own_day(key, wall_ms))
    return LaterSteps(hidden, len(later) - len(hidden), datetime.fromtimestamp(begin / 1000).astimezone().date())


def read_step_day(key: RowKey) -> date:
    """Return the day of a step from its key, which has the time of the clock, or of --as-at."""
    return datetime.fromtimestamp(int.from_bytes(key[:TIME_BYTES]) / 1000).astimezone().date()


def _has_own_day(key: RowKey, wall_ms: int) -> bool:
    return abs(int.from_bytes(key[:TIME_BYTES]) - wall_ms) > SAME_DAY_MS


class _Step(NamedTuple):
    """A step in the list of the history, with the number of its changes."""

    wall_ms: int
    user: str
    label: str
    kind: str
    changes: int


class _Change(NamedTuple):
    """A change with the label and the kind of its step."""

    id: RowKey
    seq: int
    wall_ms: int
    user: str
    device: str
    label: str
    kind: str
    field: str
    value: str


def list_steps(cursor: Cursor, limit: int) -> list[StepRow]:
    """Return the newest steps, the newest first."""
    rows = select_rows(
        cursor,
        _Step,
        'SELECT wall_ms, user, label, kind, (SELECT count(*) FROM change WHERE "transaction" = step.id) AS changes'
        " FROM step"
        " ORDER BY seq DESC, id DESC LIMIT ?",
        (limit,),
    )
    return [StepRow(_to_datetime(row.wall_ms), row.user, row.label, row.kind, row.changes) for row in rows]


def list_changes(cursor: Cursor, ref: str, *, iso_dates: bool = False) -> list[ChangeRow]:
    """Return every change of the record with a reference, removed or not, and of its parts, newest first.

    The history of an action includes the histories of the actions that were merged or split with it.
    """
    record = relations.find_record(cursor, ref)
    if record is None:
        return []
    entries = _list_entries(cursor, record, iso_dates=iso_dates)
    for joined in relations.list_joined_actions(cursor, *record):
        entries += [
            (order, replace(change, joined_ref=joined.ref))
            for order, change in _list_entries(cursor, ("actions", joined.key), iso_dates=iso_dates)
        ]
    return [change for _order, change in sorted(entries, key=itemgetter(0), reverse=True)]


def _list_entries(cursor: Cursor, record: RecordKey, *, iso_dates: bool) -> list[tuple[tuple[int, RowKey], ChangeRow]]:
    """Return every change of a record and of its parts, each with its sort key."""
    whole, *parts = relations.list_with_parts(cursor, *record)
    entries = list_record_changes(cursor, *whole, iso_dates=iso_dates)
    for table, key in parts:
        is_part = key != record[1]  # the details of a contact have the key of the contact
        changes = list_record_changes(cursor, table, key, iso_dates=iso_dates)
        entries += [(order, replace(change, is_part=is_part)) for order, change in changes]
    return entries


def count_changes(cursor: Cursor, table: Table, key: RowKey) -> int:
    """Return the number of changes in the history of a record and its parts."""
    records = relations.list_with_parts(cursor, table, key)
    pairs = ", ".join(["(?, ?)"] * len(records))
    statement = f'SELECT count(*) FROM change WHERE ("table", row_id) IN (VALUES {pairs})'
    total: int = cursor.execute(statement, [value for record in records for value in record]).fetchone()[0]
    return total


def list_record_changes(
    cursor: Cursor, table: Table, key: RowKey, *, iso_dates: bool = False
) -> list[tuple[tuple[int, RowKey], ChangeRow]]:
    """Return every change of a record, each with its sort key."""
    rows = select_rows(
        cursor,
        _Change,
        "SELECT c.id, c.seq, c.wall_ms, c.user, c.device, s.label, s.kind, c.field, c.value FROM change c"
        ' JOIN step s ON s.id = c."transaction" WHERE c."table" = ? AND c.row_id = ? ORDER BY c.seq, c.wall_ms, c.id',
        (table, key),
    )
    formatter = ValueFormatter(cursor, table, iso_dates=iso_dates)
    current: dict[str, Any] = {}
    entries = []
    for change in rows:
        field, decoded = change.field, decode_value(change.value)
        if field == ROW:
            current.update(decoded)
            old = None
            new: str | None = formatter.format_record(decoded)
        else:
            old, new = formatter.format_value(field, current.get(field)), formatter.format_value(field, decoded)
            current[field] = decoded
        shown = {
            ROW: "added",
            DELETED: "removed" if decoded else "restored",
            HELD: "held back" if decoded else "let in",
        }.get(field, field)
        written_at = _to_datetime(change.wall_ms)
        row = ChangeRow(written_at, change.user, change.device, change.label, table, shown, old, new, change.kind)
        entries.append(((change.seq, change.id), row))
    return entries


def _to_datetime(wall_ms: int) -> datetime:
    return datetime.fromtimestamp(wall_ms / 1000, UTC)
