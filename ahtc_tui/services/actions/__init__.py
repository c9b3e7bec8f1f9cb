"""Use cases of actions: the log, recurrence and saved views."""

__all__ = ["dependencies", "joining", "saved_views", "service", "writer"]
