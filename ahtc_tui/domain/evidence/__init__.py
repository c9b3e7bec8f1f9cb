"""Evidence: figures, good practice, sessions and recommendations. Aggregates only."""

__all__ = ["fields", "model", "practice", "recommendations", "sessions", "small_counts"]
