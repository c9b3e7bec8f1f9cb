"""Documents as data: agenda and minutes, office papers, packs, briefs, handovers, chasers, the dashboard."""

__all__ = [
    "chasers",
    "dashboard",
    "draft_claims",
    "handover",
    "meeting_document",
    "meeting_pack",
    "office_paper",
    "page_space",
    "participants",
    "publication",
    "ready_sentences",
    "text_picture",
    "translation",
]
