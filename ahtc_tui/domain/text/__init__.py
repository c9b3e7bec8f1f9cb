"""Text processing: escaping for terminals, normalization for comparing, Welsh mutations."""

__all__ = ["cleaning", "normalization", "terminal", "welsh_mutations"]
