"""Conflicts between the edits of several laptops, and the sync with the office hub."""

__all__ = ["conflicts_screen", "sync_screen"]
