"""Text processing: cleaning, normalization for comparing, names after @, personal names, mutations,
results of the full-text search, and labels of the steps of the history.
"""

__all__ = [
    "answers",
    "cleaning",
    "collation",
    "command_match",
    "english_phrases",
    "links",
    "mentions",
    "normalization",
    "personal_names",
    "search_hit",
    "sizes",
    "sources",
    "step_labels",
    "suggestions",
    "welsh_mutations",
]
