"""All tables of a workspace, which tests compare with the migrations. Importing them takes half a second."""

from ahtc_tui.store.tables import (
    actions,
    commissions,
    contacts,
    correspondence,
    evidence,
    groups,
    journal,
    meetings,
    plan,
    publication,
)
from ahtc_tui.store.tables.base import complete_metadata

metadata = journal.metadata
complete_metadata(metadata)

__all__ = [
    "actions",
    "commissions",
    "contacts",
    "correspondence",
    "evidence",
    "groups",
    "journal",
    "meetings",
    "metadata",
    "plan",
    "publication",
]
