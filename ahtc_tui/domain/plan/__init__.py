"""The Delivery Plan: rows, BRAG meanings, periods, timeline, changes since a day, back-plans."""

__all__ = ["back_plan", "brag_meanings", "changes_since", "fields", "model", "periods", "timeline"]
