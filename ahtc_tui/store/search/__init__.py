"""The full-text index: its documents, their invalidation, and searches."""
