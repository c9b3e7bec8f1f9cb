"""Welsh texts of records: what waits for translation."""

__all__ = ["model"]
