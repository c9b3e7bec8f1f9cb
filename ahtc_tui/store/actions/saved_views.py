"""Saved views out of the database. Reads only; every write goes through a Ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.actions.filters import ActionScope, Sort
from ahtc_tui.domain.actions.saved_views import SavedView, read_columns
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.contacts.party_lookup import fold_name

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor


def read_views(cursor: Cursor) -> list[tuple[RowKey, SavedView]]:
    """All views by name, each with its key."""
    rows = cursor.execute(
        "SELECT id, name, words, which, sort, columns, context FROM views WHERE NOT deleted ORDER BY name, n"
    )
    return [(key, _build_view(*columns)) for key, *columns in rows]


def find_view(cursor: Cursor, name: str) -> tuple[RowKey, SavedView] | None:
    """The view of a name, in whatever letters, with or without accents; exactly so written before others."""
    views = read_views(cursor)
    matches = [pair for pair in views if fold_name(pair[1].name) == fold_name(name)]
    return next((pair for pair in matches if pair[1].name == name.strip()), matches[0] if matches else None)


def _build_view(name: str, words: str, selection: str, sort: str, columns: str | None, context: Any) -> SavedView:
    return SavedView(name, words, ActionScope(selection), Sort(sort), read_columns(columns or ""), bool(context))
