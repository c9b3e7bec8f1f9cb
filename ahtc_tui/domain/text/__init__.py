"""Text processing: escaping for terminals, normalization for comparing, names after @, personal names, mutations."""

__all__ = ["cleaning", "links", "mentions", "normalization", "personal_names", "terminal", "welsh_mutations"]
