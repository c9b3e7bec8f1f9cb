"""Import of meetings from calendar files: match, compare, plan, write."""

__all__ = ["group_matching", "proposals", "service"]
