"""What a record has: one list of fields for each noun, from which forms, options, cards, columns and labels follow."""

__all__ = ["card", "headings", "model"]
