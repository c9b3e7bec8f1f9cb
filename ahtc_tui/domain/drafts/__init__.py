"""Drafts: input checked by pydantic before it is saved, one module per noun. Commands that only read do not import
them.
"""

__all__ = [
    "actions",
    "agenda",
    "areas",
    "commissions",
    "contacts",
    "decisions",
    "engagement",
    "evidence",
    "groups",
    "meetings",
    "minutes",
    "plan",
    "practice",
    "promises",
    "recommendations",
    "text",
]
