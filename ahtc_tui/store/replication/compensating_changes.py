"""Lines of the journal that say again what stood at another time: how a merge is taken back, and done once more.

A line names what it replaces, as every write does; where several values stood beside each other they stand so again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.store.journal.ledger import row_changes
from ahtc_tui.store.journal.record_state import RISING
from ahtc_tui.store.journal.replay import DELETED, HELD, Entry, field_names, fold, heads_of
from ahtc_tui.store.meetings.ics_sequences import after_undo
from ahtc_tui.store.privacy.erasure_register import erased_keys
from ahtc_tui.store.replication import merge_log

if TYPE_CHECKING:
    from ahtc_tui.store.journal.ledger import Ledger
    from ahtc_tui.store.journal.projection import Row
    from ahtc_tui.store.records.cursor import Cursor

MARKS = (DELETED, HELD)

Heads = list[tuple[bytes | None, Any]]
"""Lines, or none, each with what it says."""


def say(ledger: Ledger, row: Row, field: str, heads: Heads, parents: Iterable[bytes]) -> None:
    """Let these values stand beside each other in the place of `parents`, the last one shown.

    Each names the line that it repeats, so that who said it first can be told.
    """
    seen = set(parents)
    for line, value in heads:
        ledger.log(*row, field, value, tuple(sorted(seen | ({line} if line else set()))))
        seen = set()


def told(heads: list[tuple[Entry, Any]]) -> Heads:
    """What heads say, each value once, the one that is shown last."""
    by_value = {json.dumps(value): (one.id, value) for one, value in reversed(heads)}
    return list(by_value.values())[::-1]


def values_of(heads: list[tuple[Entry, Any]]) -> list[Any]:
    """What heads say, each value once, the one that is shown last."""
    return [value for _line, value in told(heads)]


def ids(heads: list[tuple[Entry, Any]]) -> tuple[bytes, ...]:
    """The lines that the heads are."""
    return tuple(one.id for one, _value in heads)


def remove(ledger: Ledger, row: Row, entries: list[Entry]) -> None:
    """A removal that saw all that stands."""
    seen = {head.id for name in field_names(entries) | {DELETED} for head, _value in heads_of(entries, name)}
    ledger.log(*row, DELETED, True, tuple(sorted(seen)))


class Reversal:
    """One step taken back: each record as it stood before, or removed where it was made then or came with a merge."""

    def __init__(self, ledger: Ledger, step: bytes, brought: set[bytes], label: str) -> None:
        self._ledger, self._label = ledger, label
        cursor = ledger.cursor
        (self._seq,) = cursor.execute("SELECT seq FROM step WHERE id = ?", (step,)).fetchone()
        own = cursor.execute('SELECT id FROM change WHERE "transaction" = ?', (step,)).fetchall()
        self._of_merge = brought | {line[0] for line in own}
        self._later = {one for _s, seq, lines in merge_log.all_of(cursor) if seq > self._seq for one in lines}
        self.rows = rows_of(cursor, self._of_merge)
        self.new: set[Row] = set()
        """The records that the step made or brought."""

    def run(self) -> None:
        """Write the lines. Raises Refused where something was written since."""
        order = orders(self._ledger.cursor, self.rows)
        for row in self.rows:
            self._row(row, order)

    def _row(self, row: Row, order: dict[bytes, int]) -> None:
        entries = row_changes(self._ledger.cursor, *row)
        until = [one for one in entries if order[one.id] <= self._seq and one.id not in self._later]
        before = [one for one in until if one.id not in self._of_merge]
        if not before:
            self.new.add(row)
            if not fold(entries).values[DELETED]:
                remove(self._ledger, row, entries)
            return
        written = {one.field for one in until if one.id in self._of_merge}
        removed = {one.field for one in until} & {DELETED}
        for field in sorted(written | removed, key=lambda name: name in MARKS):
            self._field(row, field, entries, until, before)

    def _field(self, row: Row, field: str, entries: list[Entry], until: list[Entry], before: list[Entry]) -> None:
        now, left, old = heads_of(entries, field), heads_of(until, field), heads_of(before, field)
        if set(ids(left)) == set(ids(old)) and field != DELETED:
            return
        gone = field == DELETED and fold(before).values[DELETED]
        if field == DELETED and (fold(until).values[DELETED], set(ids(left))) == (gone, set(ids(old))):
            return
        if ids(now) != ids(left) and values_of(now) != values_of(left):
            sentence = _('"{label}" cannot be reversed: {field} was changed since.')
            raise Refused(sentence.format(label=self._label, field=field))
        if field == DELETED and gone:
            remove(self._ledger, row, row_changes(self._ledger.cursor, *row))
            return
        values = told(old) or [(None, None)]
        if RISING.get(row[0]) == field:
            before_it = max(value or 0 for _line, value in values)
            values = [(None, after_undo(self._ledger.cursor, row[1], before_it))]
        say(self._ledger, row, field, values, ids(now))


def again(ledger: Ledger, reversals: list[bytes], brought: set[bytes]) -> set[Row]:
    """Do a merge once more that these steps took back; returns the records. What was written since is not replaced."""
    cursor = ledger.cursor
    (seq,) = cursor.execute("SELECT seq FROM step WHERE id = ?", (reversals[0],)).fetchone()
    took_back = {
        line
        for step in reversals
        for (line,) in cursor.execute('SELECT id FROM change WHERE "transaction" = ?', (step,))
    }
    rows = rows_of(cursor, brought | took_back)
    order = orders(cursor, rows)
    for row in rows:
        entries = row_changes(cursor, *row)
        merged = [one for one in entries if order[one.id] < seq]
        for field in sorted(field_names(entries) | {DELETED}, key=lambda name: name in MARKS):
            _field_again(ledger, row, field, (entries, merged), took_back, brought)
    return rows


def _field_again(
    ledger: Ledger,
    row: Row,
    field: str,
    journals: tuple[list[Entry], list[Entry]],
    took_back: set[bytes],
    brought: set[bytes],
) -> None:
    entries, merged = journals
    now, wanted = heads_of(entries, field), heads_of(merged, field)
    if not wanted or not any(one.id in took_back and one.field == field for one in entries):
        return
    values = told(wanted)
    if set(ids(now)) <= took_back:
        if field == DELETED and fold(merged).values[DELETED]:
            remove(ledger, row, row_changes(ledger.cursor, *row))
        elif field == DELETED and any(value for _line, value in values):
            say(ledger, row, field, [(None, True), (None, False)], ids(now))
        else:
            say(ledger, row, field, values, ids(now))
        return
    standing = values_of(now)
    for one, value in wanted:
        if one.id in brought and value not in standing:
            ledger.log(*row, field, value, (one.id,))


def rows_of(cursor: Cursor, lines: Iterable[bytes]) -> set[Row]:
    """The records that lines of the journal speak of, but for those that were erased."""
    found: set[Row] = set()
    for line in lines:
        row = cursor.execute('SELECT "table", row_id FROM change WHERE id = ?', (line,)).fetchone()
        if row:
            found.add((row[0], row[1]))
    erased = erased_keys(cursor)
    return {row for row in found if row[1] not in erased}


def orders(cursor: Cursor, rows: Iterable[Row]) -> dict[bytes, int]:
    """The place in the journal of every line of some records."""
    found: dict[bytes, int] = {}
    for row in rows:
        found |= cursor.execute('SELECT id, seq FROM change WHERE "table" = ? AND row_id = ?', row).fetchall()
    return found
