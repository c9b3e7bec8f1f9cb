"""The register of contacts: rows, post holders, circulation lists, engagement, duplicates and their merge."""

__all__ = [
    "addressing",
    "card",
    "contact_points",
    "departures",
    "duplicate_organisations",
    "duplicate_people",
    "duplicates",
    "engagement",
    "fields",
    "interests",
    "merge_records",
    "model",
    "post_holders",
    "transparency",
]
