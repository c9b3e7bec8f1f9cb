"""`ahtc actions`: the action log, its filters and its saved views."""
