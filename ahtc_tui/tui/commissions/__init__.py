"""Screens of commissioned papers."""

__all__ = ["paragraphs", "screen"]
