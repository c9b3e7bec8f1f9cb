"""Reads the saved views of the action list."""

from __future__ import annotations

from typing import NamedTuple

from ahtc_tui.domain.actions.filters import ActionScope, Sort
from ahtc_tui.domain.actions.saved_views import SavedView, read_columns
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.contacts.party_lookup import fold_name
from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.records.rows import select_rows


class StoredView(NamedTuple):
    """A row of `views`, with its columns as one text."""

    key: RowKey
    name: str
    words: str
    which: ActionScope
    sort: Sort
    columns: str | None
    context: bool


def read_views(cursor: Cursor) -> list[tuple[RowKey, SavedView]]:
    """Return all views by name, each with its key."""
    rows = select_rows(
        cursor,
        StoredView,
        "SELECT id AS key, name, words, which, sort, columns, context FROM views WHERE NOT deleted"
        " ORDER BY sort_key(name), n",
    )
    return [(row.key, _build_view(row)) for row in rows]


def find_view(cursor: Cursor, name: str) -> tuple[RowKey, SavedView] | None:
    """Return the view of a name, ignoring case and accents; an exact match has priority."""
    views = read_views(cursor)
    matches = [pair for pair in views if fold_name(pair[1].name) == fold_name(name)]
    return next((pair for pair in matches if pair[1].name == name.strip()), matches[0] if matches else None)


def _build_view(row: StoredView) -> SavedView:
    return SavedView(row.name, row.words, row.which, row.sort, read_columns(row.columns or ""), row.context)
