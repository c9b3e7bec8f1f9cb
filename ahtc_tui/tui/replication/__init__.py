"""Conflicts between the edits of several laptops."""
