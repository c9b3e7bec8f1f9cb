"""Meetings: rows, agenda, attendance and seating, invitations, series, the decision register."""

__all__ = ["agenda", "attendance", "decisions", "invitations", "model", "seating", "series", "series_description"]
