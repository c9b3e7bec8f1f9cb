"""How the screen was left on this laptop, kept in a file beside the database: never in a pack, a merge or the hub."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from ahtc_tui.services.workspace import Workspace

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
