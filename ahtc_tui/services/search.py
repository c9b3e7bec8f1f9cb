"""Finding words in every record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ahtc_tui.store.search import index

if TYPE_CHECKING:
    from ahtc_tui.domain.history import SearchHit
    from ahtc_tui.services.workspace import Workspace


def search_records(workspace: Workspace, words: str, limit: int = 100) -> list[SearchHit]:
    """Records that hold every word (the last as the beginning of one), best first."""
    with workspace.database.read() as cursor:
        return index.find_hits(cursor, words, limit)
