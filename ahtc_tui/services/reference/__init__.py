"""Shipped data sets: every record with its source paragraph, loaded into a new database."""
