"""Text processing: escaping for terminals, normalization for comparing, personal names, Welsh mutations."""

__all__ = ["cleaning", "normalization", "personal_names", "terminal", "welsh_mutations"]
