"""Import of action logs: read, match, claims, compare, write."""

__all__ = ["service"]
