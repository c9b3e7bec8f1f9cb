"""The register of contacts: rows, post holders, circulation lists, engagement, duplicates and their merge."""

__all__ = [
    "addressing",
    "circulation_lists",
    "duplicate_organisations",
    "duplicate_people",
    "duplicates",
    "engagement",
    "interests",
    "merge_records",
    "model",
    "post_holders",
    "transparency",
]
