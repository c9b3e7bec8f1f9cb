"""Reads areas and their names over time."""

__all__ = ["queries"]
