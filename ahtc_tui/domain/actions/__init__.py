"""Actions of the action log: rows, rating, urgency, recurrence, filters and saved views."""

__all__ = [
    "board",
    "changes",
    "dependencies",
    "fields",
    "filters",
    "model",
    "paper_marking",
    "rating",
    "recurrence",
    "saved_views",
    "serialization",
    "urgency",
]
