"""The database: one file with one journal."""
