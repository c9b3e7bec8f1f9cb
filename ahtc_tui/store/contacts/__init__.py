"""Reads the register: lists, cards, lookup by name, engagement and duplicates."""

__all__ = [
    "cards",
    "circulation_lists",
    "contact_points",
    "departures",
    "engagement",
    "exports",
    "filter_terms",
    "interests",
    "merge_records",
    "names",
    "own_post",
    "party_lookup",
    "post_holders",
    "queries",
]
