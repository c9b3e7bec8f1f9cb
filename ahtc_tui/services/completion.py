"""References that complete a half-typed argument in a shell, read without opening the workspace."""

from __future__ import annotations

from ahtc_tui.domain.errors import AhtcError
from ahtc_tui.domain.text.terminal import escape_controls
from ahtc_tui.services.paths import DATABASE, find_root
from ahtc_tui.store.records import ref_list
from ahtc_tui.store.records.table_names import Table

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
    "recommendation": ("recommendations", ()),
    "seat": ("seats", ()),
    "session": ("sessions", ()),
    "view": ("views", ()),
    "web page": ("web_pages", ()),
}
"""Table of each kind of record, and the kinds of its rows where it holds several."""


def list_refs(folder: str | None, kind: str, prefix: str) -> dict[str, str]:
    """Return the references of a kind of record that begin with a prefix, with names; none without a workspace."""
    table, kinds = TABLES[kind]
    try:
        refs = ref_list.list_refs(find_root(folder) / DATABASE, table, prefix, kinds)
    except AhtcError:
        return {}
    return {ref: escape_controls(" ".join(name.split())) for ref, name in refs.items() if ref.isprintable()}
