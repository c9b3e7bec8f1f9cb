"""Keeps what was sent in calendar files, outside the journal, so that undo keeps it: the highest SEQUENCE of each
meeting, and which invitations were written.

Calendars ignore updates with a lower SEQUENCE than they have (RFC 5546 section 2.1.4).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.records.rows import select_column, select_mapping, select_one

PREFIX = "sequence "
"""Prefix of the meeting's key in the table of counters."""


SENT_INVITATION = "invited "
"""Prefix of the key of an invitation that a file held."""


def note_sent_invitations(cursor: Cursor, meeting: RowKey) -> None:
    """Note that those on the list of a meeting have its invitation, and those taken off it a cancellation."""
    pattern = f"'{SENT_INVITATION}' || lower(hex(id))"
    off = f"SELECT {pattern} FROM invitations WHERE meeting = ? AND deleted"
    cursor.execute(f"DELETE FROM counter WHERE pattern IN ({off})", (meeting,))
    cursor.execute(
        "INSERT OR IGNORE INTO counter (pattern, last)"
        f" SELECT {pattern}, 1 FROM invitations WHERE meeting = ? AND NOT deleted AND party IS NOT NULL",
        (meeting,),
    )


def read_sent_sequences(cursor: Cursor) -> dict[RowKey, int]:
    """Return the highest SEQUENCE sent by key of meeting."""
    query = "SELECT unhex(substr(pattern, ?)) AS key, last AS value FROM counter WHERE pattern GLOB ?"
    return select_mapping(cursor, query, (len(PREFIX) + 1, f"{PREFIX}*"))


def store_sent_sequences(cursor: Cursor, numbers: Mapping[RowKey, int]) -> None:
    """Record the SEQUENCEs that were sent; a lower number changes nothing."""
    cursor.executemany(
        "INSERT INTO counter (pattern, last) VALUES (?, ?)"
        " ON CONFLICT (pattern) DO UPDATE SET last = max(last, excluded.last)",
        [(f"{PREFIX}{key.hex()}", number) for key, number in numbers.items()],
    )


class SequencePair(NamedTuple):
    """SEQUENCE of a meeting and of its series."""

    own: int
    of_series: int


def choose_sequence_after_undo(cursor: Cursor, meeting: RowKey, before: int) -> int:
    """Return the SEQUENCE of a meeting after an undo to `before`: a new one if a later one was sent.

    A day of a series is sent with the SEQUENCE of the series where that is higher, and counts for it.
    """
    query = """SELECT m.sequence AS own, coalesce(s.sequence, 0) AS of_series FROM meetings m
 LEFT JOIN meetings s ON s.id = m.series WHERE m.id = ?"""
    sequences = select_one(cursor, SequencePair, query, (meeting,))
    days = select_column(cursor, "SELECT id FROM meetings WHERE id = ?1 OR series = ?1", (meeting,))
    sent_sequences = read_sent_sequences(cursor)
    highest = max((sent_sequences.get(key, -1) for key in days), default=-1)
    return before if highest <= max(before, sequences.of_series) else max(sequences.own, highest) + 1
