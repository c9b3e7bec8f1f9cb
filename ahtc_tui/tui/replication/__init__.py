"""Conflicts between the edits of several laptops."""

__all__ = ["conflicts_screen"]
