"""Text processing: escaping for terminals, normalization for comparing, names after @, personal names, mutations,
and results of the full-text search.
"""

__all__ = [
    "cleaning",
    "collation",
    "links",
    "mentions",
    "normalization",
    "personal_names",
    "search_hit",
    "sizes",
    "terminal",
    "welsh_mutations",
]
