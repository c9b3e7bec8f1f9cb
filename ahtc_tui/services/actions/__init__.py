"""Use cases of actions: the log, recurrence and saved views."""

__all__ = ["saved_views", "service", "status_values", "writer"]
