"""Where the lists of the screen were left: filter and selected record, kept in the database with its passphrase."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.journal import list_places


@dataclass(frozen=True, slots=True)
class ListPlaces:
    """Filter and reference of the selected record by list, and the erasures of which they may know."""

    by_list: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    erasures: int = 0
    """Number of erased records when the places were read."""


def read_list_places(workspace: Workspace) -> ListPlaces:
    """Return how the lists were left."""
    with workspace.database.read() as cursor:
        return ListPlaces(list_places.read_places(cursor), list_places.count_erasures(cursor))


def remember_list_places(workspace: Workspace, places: Mapping[str, tuple[str, str]], erasures: int) -> None:
    """Remember how the lists are left. It is not a step of the history.

    Does nothing where the workspace may only be read, or where a person was erased since `erasures` were counted: one
    of the filters may name that person. Raises StoreError.
    """
    if workspace.database.read_only_reason:
        return
    with workspace.database.write("screen") as ledger:
        if list_places.count_erasures(ledger.cursor) == erasures:
            list_places.store_places(ledger.cursor, places)
