"""How the screen was left on this laptop: never in a pack, a merge or the hub.

What names no person is in a file beside the database; filters and selected records are in the database, behind its
passphrase.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.journal import screen_state

STATE_FILE = Path("data") / "screen.json"


def read_screen_state(workspace: Workspace) -> Mapping[str, str]:
    """Return what the screen remembers, by name; nothing where the file is absent or damaged."""
    try:
        values = json.loads((workspace.root / STATE_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(name): str(value) for name, value in values.items()} if isinstance(values, dict) else {}


def remember_screen_state(workspace: Workspace, name: str, value: str) -> None:
    """Remember one value for the next start, unless the workspace may only be read. Raises StoreError."""
    if workspace.database.read_only_reason:
        return
    from ahtc_tui.formats.files.atomic_write import make_bytes_writer, write_file_atomically

    state = {**read_screen_state(workspace), name: value}
    data = json.dumps(state, indent=2, sort_keys=True).encode() + b"\n"
    write_file_atomically(workspace.root / STATE_FILE, make_bytes_writer(data), force=True, leaves_office=False)


@dataclass(frozen=True, slots=True)
class ListPlaces:
    """Filter and reference of the selected record by list, and the erasures of which they may know."""

    by_list: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    erasures: int = 0
    """Number of erased records when the places were read."""


def read_list_places(workspace: Workspace) -> ListPlaces:
    """Return how the lists were left."""
    with workspace.database.read() as cursor:
        return ListPlaces(screen_state.read_places(cursor), screen_state.count_erasures(cursor))


def remember_list_places(workspace: Workspace, places: Mapping[str, tuple[str, str]], erasures: int) -> None:
    """Remember how the lists are left. It is not a step of the history.

    Does nothing where the workspace may only be read, or where a person was erased since `erasures` were counted: one
    of the filters may name that person. Raises StoreError.
    """
    if workspace.database.read_only_reason:
        return
    with workspace.database.write("screen") as ledger:
        if screen_state.count_erasures(ledger.cursor) == erasures:
            screen_state.store_places(ledger.cursor, places)


def read_unsaved_texts(workspace: Workspace) -> dict[str, dict[str, Any]]:
    """Return the values of fields, by form, that were typed when the last screen lost its terminal."""
    with workspace.database.read() as cursor:
        return screen_state.read_texts(cursor)


def remember_unsaved_texts(workspace: Workspace, texts: Mapping[str, Mapping[str, Any]]) -> None:
    """Keep typed values for the next start, unless the workspace may only be read. Raises StoreError."""
    if not workspace.database.read_only_reason:
        with workspace.database.write("screen") as ledger:
            screen_state.store_texts(ledger.cursor, texts)
