"""Meetings: kinds, rows, agenda, attendance and seating, invitations, series, the decision register."""

__all__ = [
    "agenda",
    "attendance",
    "attended_items",
    "calendar",
    "card",
    "decisions",
    "durations",
    "fields",
    "invitations",
    "kinds",
    "language_wishes",
    "model",
    "roll_call",
    "seating",
    "series",
    "series_words",
    "standard_titles",
    "wall_time",
]
