"""Documents as data: agenda and minutes, office papers, packs, briefs, hand-overs, chasers, the dashboard."""

__all__ = [
    "author",
    "chasers",
    "dashboard",
    "handover",
    "meeting_document",
    "meeting_pack",
    "office_paper",
    "page_space",
    "participants",
    "publication",
    "text_picture",
    "translation",
]
