"""Reads the plan: objectives, versions, milestones and periods."""

__all__ = ["changes_since", "periods", "queries", "versions_and_milestones"]
