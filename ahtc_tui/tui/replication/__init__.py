"""Conflicts between the edits of several laptops, and the sync with the office hub."""
