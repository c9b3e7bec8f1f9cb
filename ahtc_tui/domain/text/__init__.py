"""Text of people made fit: for a terminal, for comparing. No word that the office says itself."""
