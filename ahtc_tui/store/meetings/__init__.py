"""Reads meetings: lists, cards, agenda, attendance, series, invitations and decisions."""

__all__ = [
    "agenda",
    "attendance",
    "cards",
    "clashes",
    "decisions",
    "invitations",
    "paper_files",
    "queries",
    "series",
]
