"""Reads evidence: figures, practice, sessions, recommendations and web pages."""
