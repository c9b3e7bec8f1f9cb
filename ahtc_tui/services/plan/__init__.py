"""Use cases of the Delivery Plan: read it, write aims, objectives and milestones, and plan back from a day."""
