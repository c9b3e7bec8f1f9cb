"""Reads actions from the database: pages, cards, filters and urgency as SQL."""

__all__ = ["filter_sql", "queries", "rating_history", "recurrence", "saved_views", "state_sql"]
