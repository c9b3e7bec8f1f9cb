"""Several laptops: conflicts of concurrent changes, and suffixes that keep references unique."""

__all__ = [
    "chains",
    "conflict_marks",
    "conflicts",
    "device_suffix",
    "hub",
    "overwrites",
    "reports",
    "text_merge",
]
