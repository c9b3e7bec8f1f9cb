"""Ends facts with a period, in the transaction of the caller."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ahtc_tui.domain.dates.date_as_known import DateAsKnown, read_stored_date
from ahtc_tui.domain.dates.periods import Period
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.records.fields import read_field

if TYPE_CHECKING:
    from ahtc_tui.store.journal.ledger import Ledger
    from ahtc_tui.store.records.cursor import Table


def end_fact(ledger: Ledger, table: Table, key: RowKey, last: DateAsKnown) -> DateAsKnown | None:
    """End a fact with a day; remove one that would begin later and return its first day."""
    start = read_stored_date(read_field(ledger.cursor, table, key, "from_on"))
    if Period(start).first > last.latest:
        ledger.remove(table, key)
        return start
    ledger.update(table, key, {"to_on": last.stored_text})
    return None


def lasts_beyond(to_on: str | None, last: DateAsKnown) -> bool:
    """Return whether a fact with this stored end lasts longer than a day."""
    return Period(end=read_stored_date(to_on)).last > last.latest
