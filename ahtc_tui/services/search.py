"""Finding words in every record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ahtc_tui.store.search import index

if TYPE_CHECKING:
    from ahtc_tui.domain.history import Hit
    from ahtc_tui.services.workspace import Workspace


def find(workspace: Workspace, words: str, limit: int = 100) -> list[Hit]:
    """Records that hold every word (the last as the beginning of one), best first."""
    with workspace.database.read() as cursor:
        return index.find(cursor, words, limit)
