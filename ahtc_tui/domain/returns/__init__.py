"""Returns of the action log: what was sent, and how each kind of cell is read when it comes back."""

__all__ = [
    "column_fields",
    "column_profiles",
    "dates",
    "heading_vocabulary",
    "headings",
    "model",
    "owners",
    "references",
    "register",
    "statuses",
    "table_evidence",
]
