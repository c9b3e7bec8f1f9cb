"""Drafts: input checked by pydantic before it is written, one module per noun. Reading imports none of it."""

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
