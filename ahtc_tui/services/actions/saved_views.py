"""Saved views of the action log: keep one, look one up, take one away, begin the list with one."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.actions.filters import FLAGS, ActionFilter, asks_nothing, read_filter
from ahtc_tui.domain.actions.saved_views import View
from ahtc_tui.domain.errors import BadInput, NotFound
from ahtc_tui.domain.i18n import _
from ahtc_tui.store.actions import saved_views as stored

if TYPE_CHECKING:
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.records.cursor import Cursor


def list_views(workspace: Workspace) -> list[View]:
    """All views by name."""
    with workspace.database.read() as cursor:
        return [view for _key, view in stored.every(cursor)]


def find_view(workspace: Workspace, name: str) -> View:
    """The view of a name. Raises NotFound with the names that there are."""
    with workspace.database.read() as cursor:
        return _found(cursor, name)[1]


def view_filter(workspace: Workspace, view: View) -> ActionFilter:
    """What a view asks of the list today."""
    from ahtc_tui.domain.dates.parser import read_date

    return read_filter(view.words, partial(read_date, today=workspace.today()), ActionFilter(view.which))


def save_view(workspace: Workspace, view: View) -> View:
    """Keep a view under its name; one of the same name is written over.

    Raises BadInput without a name, and on a part of the filter that would ask for nothing.
    """
    from ahtc_tui.domain.dates.parser import read_date
    from ahtc_tui.domain.drafts.text import one_line

    view = replace(view, name=one_line(view.name)[:60], words=one_line(view.words)[:500])
    if not view.name:
        raise BadInput(_("A view needs a name."))
    if part := asks_nothing(view.words, partial(read_date, today=workspace.today())):
        signs = ", ".join(f"!{name}" for name in FLAGS)
        raise BadInput(
            _('"{part}" asks for nothing: write due<30 nov, or one of {signs}.').format(part=part, signs=signs)
        )
    with workspace.database.write(f"save view {view.name}") as ledger:
        standing = stored.named(ledger.cursor, view.name)
        if view.context:
            for key, other in stored.every(ledger.cursor):
                if other.context:
                    ledger.change("views", key, {"context": False})
        if standing:
            ledger.change("views", standing[0], _values(view))
        else:
            ledger.add("views", _values(view))
    return view


def remove_view(workspace: Workspace, name: str) -> None:
    """Take a view away. Raises NotFound."""
    with workspace.database.write(f"remove view {name}") as ledger:
        key, view = _found(ledger.cursor, name)
        ledger.label = f"remove view {view.name}"
        ledger.remove("views", key)


def _found(cursor: Cursor, name: str) -> tuple[bytes, View]:
    found = stored.named(cursor, name)
    if found is None:
        names = ", ".join(view.name for _key, view in stored.every(cursor)) or _("none yet")
        raise NotFound(_('There is no view "{name}". Saved: {names}.').format(name=name, names=names))
    return found


def _values(view: View) -> dict[str, Any]:
    return {
        "name": view.name,
        "words": view.words,
        "which": view.which.value,
        "sort": view.sort.value,
        "columns": " ".join(view.columns),
        "context": view.context,
    }
