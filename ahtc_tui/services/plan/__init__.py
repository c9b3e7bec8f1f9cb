"""Use cases of the Delivery Plan: read it, write aims, objectives and milestones, and plan back from a day."""

__all__ = ["back_plan", "changes_since", "objectives", "service", "versions_and_milestones"]
