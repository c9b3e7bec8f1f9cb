"""Use cases of figures, data sets, web pages, good practice, sessions and recommendations."""

__all__ = [
    "practice",
    "recommendations",
    "service",
]
