"""Evidence: figures, good practice, sessions and recommendations. Aggregates only."""
