"""The steps that were written after a day.

A step belongs to the day in its key (`Ledger`), which comes from the clock or from --as-at. The steps that load
reference data count as known from the beginning.

Every command with --as-at asks for them, so that this module imports nothing that writes.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import NamedTuple

from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.records.rows import select_mapping

TIME_BYTES = 6
"""The bytes of a UUIDv7 that hold its time in milliseconds (RFC 9562, section 5.7)."""
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
    first_key = max(end, 0).to_bytes(TIME_BYTES) + bytes(16 - TIME_BYTES)
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
