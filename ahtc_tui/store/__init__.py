"""The database: one file, one journal. Nothing here knows a screen or a document."""
