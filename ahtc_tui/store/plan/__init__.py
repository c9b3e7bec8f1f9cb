"""The plan out of the database: objectives, versions, milestones, periods."""
