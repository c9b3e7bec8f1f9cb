"""Reads the plan: objectives, versions, milestones and periods."""
