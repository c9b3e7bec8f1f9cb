"""Reads actions from the database: pages, cards, filters and urgency as SQL."""
