"""Meetings: kinds, rows, agenda, attendance and seating, invitations, series, the decision register."""

__all__ = [
    "agenda",
    "attendance",
    "decisions",
    "durations",
    "invitations",
    "kinds",
    "language_wishes",
    "model",
    "seating",
    "series",
    "series_description",
    "standard_titles",
    "wall_time",
]
