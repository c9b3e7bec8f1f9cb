"""`ahtc import`: files that other people send."""
