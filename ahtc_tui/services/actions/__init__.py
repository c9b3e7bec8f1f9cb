"""Use cases of actions: the log, recurrence and saved views."""
