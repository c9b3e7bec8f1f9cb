"""Import of meetings from calendar files: match, compare, plan, write."""

__all__ = ["proposals", "service"]
