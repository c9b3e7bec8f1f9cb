"""Saved views out of the database. Reads only; every write goes through a Ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.actions.filters import Sort, Which
from ahtc_tui.domain.actions.saved_views import View, read_columns
from ahtc_tui.store.contacts.party_lookup import folded

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor


def every(cursor: Cursor) -> list[tuple[bytes, View]]:
    """All views by name, each with its key."""
    lines = cursor.execute(
        "SELECT id, name, words, which, sort, columns, context FROM views WHERE NOT deleted ORDER BY name, n"
    )
    return [(key, _view(*rest)) for key, *rest in lines]


def named(cursor: Cursor, name: str) -> tuple[bytes, View] | None:
    """The view of a name, in whatever letters, with or without accents; exactly so written before others."""
    found = every(cursor)
    alike = [one for one in found if folded(one[1].name) == folded(name)]
    return next((one for one in alike if one[1].name == name.strip()), alike[0] if alike else None)


def _view(name: str, words: str, which: str, sort: str, columns: str | None, context: Any) -> View:
    return View(name, words, Which(which), Sort(sort), read_columns(columns or ""), bool(context))
