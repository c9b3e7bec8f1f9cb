"""Fields of records: one list for each noun, from which forms, options, cards, columns and labels follow."""

__all__ = ["model"]
