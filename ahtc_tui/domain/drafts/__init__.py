"""Drafts: input checked by pydantic before it is saved, one module per noun. Commands that only read do not import
them.
"""

__all__ = [
    "actions",
    "areas",
    "commissions",
    "contacts",
    "evidence",
    "groups",
    "meetings",
    "minutes",
    "plan",
    "promises",
    "text",
]
