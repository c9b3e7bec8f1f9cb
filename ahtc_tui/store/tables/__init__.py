"""The tables as SQLModel classes, which tests compare with the migrations and of which the hub is created.

They are private to `store` and not imported before the first screen.
"""

from sqlmodel import SQLModel

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

metadata = SQLModel.metadata
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
