"""Reads the plan: objectives, versions, milestones and periods."""

__all__ = ["back_plan", "changes_since", "periods", "queries", "timeline", "versions_and_milestones"]
