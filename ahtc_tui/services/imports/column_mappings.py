"""Remembers column mappings within a transaction of its caller."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ahtc_tui.domain.returns.headings import is_column_name
from ahtc_tui.store.imports.actions import find_mapping

if TYPE_CHECKING:
    from ahtc_tui.store.journal.ledger import Ledger


def learn_mapping(ledger: Ledger, heading: str, field: str) -> None:
    """Store the field of a heading: replace an earlier mapping, or restore one that was undone.

    A column named by its letter is not stored, because it means something else in the next file.
    """
    if is_column_name(heading.rpartition(":")[2]):
        return
    known_mapping = find_mapping(ledger.cursor, heading)
    if known_mapping is None:
        ledger.add("learnt_columns", {"heading": heading, "field": field})
        return
    if known_mapping.removed:
        ledger.restore("learnt_columns", known_mapping.key)
    ledger.update("learnt_columns", known_mapping.key, {"field": field})
