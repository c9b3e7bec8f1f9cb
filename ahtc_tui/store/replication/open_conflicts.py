"""All that is open: fields in conflict, and pairs of records that may be one thing, written down on two laptops."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.record_names import record_words
from ahtc_tui.domain.replication.conflicts import Conflict, Why
from ahtc_tui.store.journal.ledger import row_changes
from ahtc_tui.store.journal.queries import Words
from ahtc_tui.store.journal.replay import DELETED, HELD
from ahtc_tui.store.replication import merge_log
from ahtc_tui.store.replication.conflicts import Open, Reading, Side, name_of

if TYPE_CHECKING:
    from ahtc_tui.store.journal.projection import Row
    from ahtc_tui.store.records.cursor import Cursor
    from ahtc_tui.store.replication.merge_rules import Pair


def everything(reading: Reading) -> list[Open]:
    """Every conflict that is open, these pairs as well, by reference."""
    rows, pairs = merge_log.waiting(reading.cursor)
    found = [one for row in rows for one in reading.of_row(row)]
    found += [one for pair in pairs for one in of_pair(reading, pair)]
    return sorted(found, key=lambda one: (one.shown.ref, one.field, one.shown.id))


def of_pair(reading: Reading, pair: Pair) -> Iterator[Open]:
    """Two records that may be one, unless one is gone or somebody said that they are two."""
    table, *keys = pair
    rows = [(table, key) for key in keys]
    journals = [row_changes(reading.cursor, *row) for row in rows]
    if not all(journals) or any(reading.tables.state(row).folded.values[DELETED] for row in rows):
        return
    if _told_apart(reading.cursor, pair):
        return
    made = [journal[0].id for journal in journals]
    if (reading.came.get(made[0], 0), 0) > (reading.came.get(made[1], 0), 1):
        rows, made = rows[::-1], made[::-1]
    labels = [reading.label(row) for row in rows]
    titles = [title for _ref, title in labels] if table == "actions" else [_words(reading, row) for row in rows]
    kind = record_words(table, 1)
    shown = Conflict(
        name_of("pair", table, *(key.hex() for key in keys)),
        labels[0][0],
        kind,
        table,
        "same_record",
        titles[0],
        titles[1],
        None,
        _("both"),
        reading.said(made[0]),
        reading.said(made[1]),
        Why.TWICE,
        labels[0][1],
        labels[1][0],
    )
    yield Open(rows[0], "", Side(rows[0][1], made[0]), Side(rows[1][1], made[1]), shown)


def _words(reading: Reading, row: Row) -> str:
    words = Words(reading.cursor, row[0])
    values = reading.tables.state(row).folded.values
    shown = (words.of(name, value) for name, value in sorted(values.items()) if name not in (DELETED, HELD, "ref"))
    return ", ".join(value for value in shown if value)


def _told_apart(cursor: Cursor, pair: Pair) -> bool:
    """Whether a line of one, that stands, names a line of the other among what its writer saw."""
    table, one, other = pair
    of = {key: {entry.id for entry in row_changes(cursor, table, key)} for key in (one, other)}
    for key, beside in ((one, other), (other, one)):
        for entry in row_changes(cursor, table, key):
            if entry.parents & of[beside] and not _reversed(cursor, entry.id):
                return True
    return False


def _reversed(cursor: Cursor, line: bytes) -> bool:
    (step,) = cursor.execute('SELECT "transaction" FROM change WHERE id = ?', (line,)).fetchone()
    return len(merge_log.reversals(cursor, step)) % 2 == 1
