"""`ahtc plan`: aims, objectives, milestones, periods, changes since a day, back-plans."""
