"""Full-text search over all records, and references that begin with what was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ahtc_tui.domain.errors import AhtcError
from ahtc_tui.domain.text.cleaning import escape_controls
from ahtc_tui.services.paths import DATABASE, find_root
from ahtc_tui.store.records.cursor import Table
from ahtc_tui.store.search import index

if TYPE_CHECKING:
    from ahtc_tui.domain.text.search_hit import SearchHit
    from ahtc_tui.services.workspace import Workspace

TABLES: dict[str, tuple[Table, tuple[str, ...]]] = {
    "action": ("actions", ()),
    "aim": ("aims", ()),
    "commission": ("commissions", ()),
    "contact": ("parties", ()),
    "data set": ("data_sets", ()),
    "decision": ("decisions", ()),
    "document": ("documents", ()),
    "figure": ("figures", ()),
    "group": ("parties", ("group",)),
    "list": ("circulation_lists", ()),
    "meeting": ("meetings", ()),
    "milestone": ("milestones", ()),
    "objective": ("objectives", ()),
    "practice": ("practices", ()),
    "promise": ("promises", ()),
    "recommendation": ("recommendations", ()),
    "seat": ("seats", ()),
    "session": ("sessions", ()),
    "view": ("views", ()),
    "web page": ("web_pages", ()),
}
"""Table of each kind of record, and the kinds of its rows where it holds several."""


def search_records(workspace: Workspace, words: str, limit: int = 100) -> list[SearchHit]:
    """Return records that contain every word, best match first; the last word matches as a prefix."""
    with workspace.database.read() as cursor:
        return index.find_hits(cursor, words, limit)


def propose_words(workspace: Workspace, words: str) -> str | None:
    """Return the nearest words that records have, for a search without hits; None where none is near."""
    with workspace.database.read() as cursor:
        return index.propose_words(cursor, words)


def list_refs(folder: str | None, kind: str, prefix: str) -> dict[str, str]:
    """Return the references of a kind of record that begin with a prefix, with names, for completion in a shell.

    The workspace is not opened; one that is missing, encrypted or damaged has none.
    """
    from ahtc_tui.store.records import ref_list

    table, kinds = TABLES[kind]
    try:
        refs = ref_list.list_refs(find_root(folder) / DATABASE, table, prefix, kinds)
    except AhtcError:
        return {}
    return {ref: escape_controls(" ".join(name.split())) for ref, name in refs.items() if ref.isprintable()}
