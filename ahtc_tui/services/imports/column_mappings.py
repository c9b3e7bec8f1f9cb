"""Remembering what a heading means, once somebody said it. Within somebody else's transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ahtc_tui.store.imports.column_mappings import find_mapping

if TYPE_CHECKING:
    from ahtc_tui.store.journal.ledger import Ledger


def learn_mapping(ledger: Ledger, heading: str, field: str) -> None:
    """Keep what a heading means, also where that was said before, or said once and undone."""
    known_mapping = find_mapping(ledger.cursor, heading)
    if known_mapping is None:
        ledger.add("learnt_columns", {"heading": heading, "field": field})
        return
    if known_mapping.removed:
        ledger.restore("learnt_columns", known_mapping.key)
    ledger.update("learnt_columns", known_mapping.key, {"field": field})
