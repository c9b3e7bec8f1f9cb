"""Minutes out of the database: lines, life cycle, and the actions as they were agreed."""
