"""`ahtc import`: what other people send back."""
