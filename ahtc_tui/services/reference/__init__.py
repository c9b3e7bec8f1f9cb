"""Loads a shipped data set, each record with its source paragraph, into a new database."""

__all__ = ["loader", "rows", "tour"]
