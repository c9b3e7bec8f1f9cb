"""Actions of the action log: rows, rating, urgency, recurrence, filters and saved views."""

__all__ = [
    "card",
    "changes",
    "dependencies",
    "fields",
    "filters",
    "list_columns",
    "model",
    "paper_marking",
    "recurrence",
    "saved_views",
    "serialization",
    "urgency",
]
