"""Reads the texts of all records that have Welsh beside their English."""

__all__ = ["queries"]
