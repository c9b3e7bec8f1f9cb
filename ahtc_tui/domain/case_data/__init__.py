"""Detection of case data (victims, suspects, cases) in text: detector, patterns and vocabulary."""

__all__ = ["detector"]
