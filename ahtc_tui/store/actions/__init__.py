"""Actions out of the database: pages, cards, filters and urgency as SQL."""
