"""Full-text search over all records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ahtc_tui.store.search import index

if TYPE_CHECKING:
    from ahtc_tui.domain.text.search_hit import SearchHit
    from ahtc_tui.services.workspace import Workspace


def search_records(workspace: Workspace, words: str, limit: int = 100) -> list[SearchHit]:
    """Return records that contain every word, best match first; the last word matches as a prefix."""
    with workspace.database.read() as cursor:
        return index.find_hits(cursor, words, limit)
