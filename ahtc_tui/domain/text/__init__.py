"""Text processing: escaping for terminals, normalization for comparing, names after @, personal names, mutations."""

__all__ = ["cleaning", "links", "mentions", "normalization", "personal_names", "sizes", "terminal", "welsh_mutations"]
