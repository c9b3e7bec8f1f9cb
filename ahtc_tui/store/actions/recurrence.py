"""How actions come again, out of the database. Reads only."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ahtc_tui.domain.actions.recurrence import Recurrence, read_recurrence
from ahtc_tui.domain.dates.date_as_known import DateAsKnown, read_stored_date
from ahtc_tui.domain.keys import RowKey

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor


class RecurrenceLink(NamedTuple):
    """An action as one of a row of instances."""

    key: RowKey
    """Of the record that says so."""
    recurrence: Recurrence
    head: RowKey
    """The first instance."""
    head_ref: str
    number: int
    """1 is the first."""
    anchor: DateAsKnown | None
    """When the first was due at first; None where nobody ever named a day."""


LINK = """SELECT r.id, r.rule, r.from_completion, h.id, h.ref, r.number, h.original_due, h.due
 FROM recurrences r JOIN actions h ON h.id = coalesce(r.template, r.action) WHERE r.action = ? AND NOT r.deleted"""


def find_recurrence(cursor: Cursor, action: RowKey) -> RecurrenceLink | None:
    """How an action comes again; None if it does not."""
    row = cursor.execute(LINK, (action,)).fetchone()
    if row is None:
        return None
    key, rule, from_completion, head, head_ref, number, *dues = row
    recurrence = read_recurrence(rule)
    anchor = next((due for due in map(read_stored_date, dues) if due and due.has_day), None)
    return RecurrenceLink(
        key, Recurrence(recurrence.every, recurrence.unit, bool(from_completion)), head, head_ref, number, anchor
    )
