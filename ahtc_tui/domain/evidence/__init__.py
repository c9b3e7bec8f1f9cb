"""Evidence: figures, good practice, sessions and recommendations. Aggregates only, never a case."""
