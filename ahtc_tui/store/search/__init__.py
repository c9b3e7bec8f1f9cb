"""The full-text index: its entries, what makes them stale, and asking it."""
