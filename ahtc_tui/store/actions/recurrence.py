"""Reads the recurrence of actions."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from ahtc_tui.domain.actions.recurrence import Recurrence, read_recurrence
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.records.rows import select_row


class RecurrenceLink(NamedTuple):
    """Position of an action in a series of recurring actions."""

    key: RowKey
    """Key of the recurrence record."""
    recurrence: Recurrence
    head: RowKey
    """Key of the first action of the series."""
    head_ref: str
    number: int
    """Position in the series, from 1."""
    anchor: DateAsKnown | None
    """Original due date of the first action; None where it never had a date known to the day."""


class StoredRecurrence(NamedTuple):
    """Recurrence record of an action, with the first action of the series."""

    key: RowKey
    rule: str
    from_completion: bool
    head: RowKey
    head_ref: str
    number: int
    original_due: DateAsKnown | None
    due: DateAsKnown | None


LINK = """SELECT r.id AS key, r.rule, r.from_completion, h.id AS head, h.ref AS head_ref, r.number, h.original_due,
 h.due FROM recurrences r JOIN actions h ON h.id = coalesce(r.template, r.action)
 WHERE r.action = ? AND NOT r.deleted"""


def find_recurrence(cursor: Cursor, action: RowKey) -> RecurrenceLink | None:
    """Return the recurrence of an action; None if it does not recur."""
    row = select_row(cursor, StoredRecurrence, LINK, (action,))
    if row is None:
        return None
    recurrence = replace(read_recurrence(row.rule), from_completion=row.from_completion)
    anchor = next((due for due in (row.original_due, row.due) if due and due.has_day), None)
    return RecurrenceLink(row.key, recurrence, row.head, row.head_ref, row.number, anchor)
