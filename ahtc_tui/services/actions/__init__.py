"""Use cases of actions: the log, recurrence and saved views."""

__all__ = ["dependencies", "saved_views", "service", "status_values", "writer"]
