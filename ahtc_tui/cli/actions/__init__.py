"""`ahtc actions`: the action log, its filters and its saved views."""

__all__ = ["filter_flags"]
