"""Documents as data: agenda and minutes, office papers, packs, briefs, hand-overs, chasers, the dashboard."""

__all__ = [
    "briefs",
    "chasers",
    "dashboard",
    "handover",
    "meeting_document",
    "meeting_pack",
    "office_paper",
    "translation",
]
