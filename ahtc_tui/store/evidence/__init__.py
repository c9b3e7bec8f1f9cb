"""Evidence out of the database: figures, practice, sessions, recommendations, web pages."""
