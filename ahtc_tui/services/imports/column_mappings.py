"""Remembering what a heading means, once somebody said it. Within somebody else's transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ahtc_tui.store.imports.column_mappings import learnt_before

if TYPE_CHECKING:
    from ahtc_tui.store.journal.ledger import Ledger


def learn(ledger: Ledger, heading: str, field: str) -> None:
    """Keep what a heading means, also where that was said before, or said once and undone."""
    before = learnt_before(ledger.cursor, heading)
    if before is None:
        ledger.add("learnt_columns", {"heading": heading, "field": field})
        return
    if before.removed:
        ledger.restore("learnt_columns", before.key)
    ledger.change("learnt_columns", before.key, {"field": field})
