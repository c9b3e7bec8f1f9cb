"""Several laptops: chains of changes, conflicts of concurrent changes, and the office hub."""

__all__ = [
    "chains",
    "conflict_marks",
    "conflicts",
    "overwrites",
    "reports",
    "text_merge",
]
