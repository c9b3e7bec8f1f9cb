"""Saved views of the action log."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ahtc_tui.domain.actions.filters import read_action_filter
from ahtc_tui.domain.actions.saved_views import SavedView
from ahtc_tui.domain.errors import BadInput, NotFound
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.text.cleaning import clean_line
from ahtc_tui.domain.text.suggestions import add_choices
from ahtc_tui.services.actions.service import check_filter
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.actions import saved_views as stored
from ahtc_tui.store.records.cursor import Cursor


def list_views(workspace: Workspace) -> list[SavedView]:
    """Return all saved views by name."""
    with workspace.database.read() as cursor:
        return [view for _key, view in stored.read_views(cursor)]


def find_view(workspace: Workspace, name: str) -> SavedView:
    """Return the saved view of a name. Raises NotFound with the saved names."""
    with workspace.database.read() as cursor:
        return _find_saved_view(cursor, name)[1]


def save_view(workspace: Workspace, view: SavedView) -> SavedView:
    """Store a view under its name, replacing one of that name. Only one view is the context of the list.

    Raises BadInput for an empty name and for a condition that is not understood.
    """
    view = replace(view, name=clean_line(view.name)[:60], words=clean_line(view.words)[:500])
    if not view.name:
        raise BadInput(_("A view needs a name."))
    check_filter(workspace, read_action_filter(view.words, today=workspace.today(), default=view.which))
    with workspace.database.write(f"save view {view.name}") as ledger:
        existing = stored.find_view(ledger.cursor, view.name)
        if view.context:
            for key, saved_view in stored.read_views(ledger.cursor):
                if saved_view.context:
                    ledger.update("views", key, {"context": False})
        if existing:
            ledger.update("views", existing[0], _build_values(view))
        else:
            ledger.add("views", _build_values(view))
    return view


def remove_view(workspace: Workspace, name: str) -> None:
    """Remove a view. Raises NotFound."""
    with workspace.database.write(f"remove view {name}") as ledger:
        key, view = _find_saved_view(ledger.cursor, name)
        ledger.label = f"remove view {view.name}"
        ledger.remove("views", key)


def _find_saved_view(cursor: Cursor, name: str) -> tuple[RowKey, SavedView]:
    match = stored.find_view(cursor, name)
    if match is None:
        names = (view.name for _key, view in stored.read_views(cursor))
        raise NotFound(add_choices(_('There is no view "{name}".').format(name=name), names))
    return match


def _build_values(view: SavedView) -> dict[str, Any]:
    return {
        "name": view.name,
        "words": view.words,
        "which": view.which.value,
        "sort": view.sort.value,
        "columns": " ".join(view.columns),
        "context": view.context,
    }
