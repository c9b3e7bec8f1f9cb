"""Reads evidence: figures, practice, sessions, recommendations and web pages."""

__all__ = [
    "practice",
    "queries",
    "recommendations",
]
