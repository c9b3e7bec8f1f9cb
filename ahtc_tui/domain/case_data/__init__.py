"""Detection of case data (victims, suspects, cases) in text: detector, reporter, patterns and vocabulary."""

__all__ = ["detector", "reporter"]
