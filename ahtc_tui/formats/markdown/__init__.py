"""Markdown and plain text: agenda, minutes, papers, the covering note of a pack."""
