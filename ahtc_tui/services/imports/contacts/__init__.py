"""Import of contacts from vCards, CSV and workbooks: match, plan, write."""

__all__ = ["service"]
