"""The full-text index: its documents, their invalidation, and searches."""

__all__ = ["entries", "filters", "index"]
