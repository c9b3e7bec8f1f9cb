"""What documents need beside a card: people, papers, last minutes, figures, summaries."""
