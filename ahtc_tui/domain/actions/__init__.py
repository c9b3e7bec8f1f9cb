"""Actions of the action log: rows, rating, urgency, recurrence, filters and saved views."""
