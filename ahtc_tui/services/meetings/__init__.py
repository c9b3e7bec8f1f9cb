"""Use cases of meetings: series, agenda, papers, invitations, attendance and the decision register."""

__all__ = [
    "agenda",
    "agenda_template",
    "answers",
    "attendance",
    "calendar_days",
    "calendar_files",
    "deadlines",
    "decisions",
    "interpretation",
    "invitations",
    "paper_files",
    "papers",
    "series",
    "series_dates",
    "service",
    "writer",
]
