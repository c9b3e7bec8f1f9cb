"""Use cases of records of any kind: what depends on a record, and its removal."""

__all__ = ["removal"]
