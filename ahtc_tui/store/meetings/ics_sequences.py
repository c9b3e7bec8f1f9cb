"""The highest SEQUENCE of each meeting that left this desk in a calendar file, beside the journal: no undo forgets it.

Calendars ignore what comes with a lower SEQUENCE than they have (RFC 5546 section 2.1.4).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ahtc_tui.domain.keys import RowKey

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor

PREFIX = "sequence "
"""Before the key of the meeting, in the table of counters."""


def read_sent_sequences(cursor: Cursor) -> dict[RowKey, int]:
    """Key of a meeting to the highest SEQUENCE sent of it."""
    rows = cursor.execute(
        "SELECT unhex(substr(pattern, ?)), last FROM counter WHERE pattern GLOB ?", (len(PREFIX) + 1, f"{PREFIX}*")
    )
    return dict(rows.fetchall())


def store_sent_sequences(cursor: Cursor, numbers: Mapping[RowKey, int]) -> None:
    """Keep what was sent; a lower number than is known changes nothing."""
    cursor.executemany(
        "INSERT INTO counter (pattern, last) VALUES (?, ?)"
        " ON CONFLICT (pattern) DO UPDATE SET last = max(last, excluded.last)",
        [(f"{PREFIX}{key.hex()}", number) for key, number in numbers.items()],
    )


def choose_sequence_after_undo(cursor: Cursor, meeting: RowKey, before: int) -> int:
    """The SEQUENCE of a meeting when an undo puts back what stood at `before`: a new one if a later one was sent.

    A day of a series goes out with the SEQUENCE of the series where that is higher, and counts for it.
    """
    current, of_series = cursor.execute(
        "SELECT m.sequence, coalesce(s.sequence, 0) FROM meetings m LEFT JOIN meetings s ON s.id = m.series"
        " WHERE m.id = ?",
        (meeting,),
    ).fetchone()
    days = cursor.execute("SELECT id FROM meetings WHERE id = ?1 OR series = ?1", (meeting,)).fetchall()
    sent_sequences = read_sent_sequences(cursor)
    highest = max((sent_sequences.get(key, -1) for (key,) in days), default=-1)
    return before if highest <= max(before, of_series) else max(current, highest) + 1
