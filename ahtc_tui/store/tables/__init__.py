"""The tables, as SQLModel classes: what the schema gate compares migrations with, and what the hub is made of.

Nothing outside `store` imports them, and nothing imports them before the first screen.
"""

from sqlmodel import SQLModel

from ahtc_tui.store.tables import (
    actions,
    commissions,
    contacts,
    evidence,
    groups,
    journal,
    meetings,
    plan,
    practice,
    recommendations,
    returns,
)
from ahtc_tui.store.tables.base import complete_metadata

__all__ = [
    "actions",
    "commissions",
    "contacts",
    "evidence",
    "groups",
    "journal",
    "meetings",
    "metadata",
    "plan",
    "practice",
    "recommendations",
    "returns",
]

metadata = SQLModel.metadata
complete_metadata(metadata)
