"""What people do with the Delivery Plan: read it, write aims, objectives and milestones, plan back from a day."""
