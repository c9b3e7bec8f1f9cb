"""Reads meetings: lists, cards, agenda, attendance, series, invitations and decisions."""

__all__ = [
    "agenda",
    "attendance",
    "cards",
    "clashes",
    "decisions",
    "ics_sequences",
    "invitations",
    "language_wishes",
    "paper_files",
    "queries",
    "series",
]
