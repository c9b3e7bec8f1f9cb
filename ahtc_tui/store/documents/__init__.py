"""Reads what documents need in addition to a card: people, papers, last minutes, figures and summaries."""
