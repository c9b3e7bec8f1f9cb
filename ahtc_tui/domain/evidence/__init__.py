"""Evidence: figures, good practice, sessions and recommendations. Aggregates only."""

__all__ = ["model", "practice", "recommendations", "sessions", "small_counts"]
