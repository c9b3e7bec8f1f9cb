"""The columns of records with a text in Welsh, beside those with the English text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ahtc_tui.store.records.table_names import Table

WELSH_COLUMNS: Mapping[str, Mapping[str, str]] = {
    "actions": {"title": "title_cy", "detail": "detail_cy"},
    "agenda_items": {"title": "title_cy"},
    "aims": {"text": "text_cy"},
    "objectives": {"title": "title_cy"},
}
"""By table, the Welsh column of each English one that becomes stale when the English text changes.

Lines of minutes and decisions are not listed, because a line may be typed in Welsh first. A name keeps its Welsh name.
"""


def list_welsh_columns(table: Table, written: Iterable[str]) -> list[str]:
    """Return the Welsh columns of the English ones that are written."""
    columns = WELSH_COLUMNS.get(table, {})
    return [columns[name] for name in written if name in columns]


def find_stale_columns(
    table: Table, current: Mapping[str, Any], differing: Iterable[str], written: Iterable[str]
) -> list[str]:
    """Return the Welsh columns whose English text differs while no Welsh text is written.

    A Welsh text with the same words as the English one is kept: the English was missing.
    """
    columns = WELSH_COLUMNS.get(table, {})
    stale = [(english, columns[english]) for english in differing if english in columns]
    return [
        welsh for english, welsh in stale if welsh not in written and current[welsh] not in (None, current[english])
    ]
