"""Documents built from records: agenda and minutes, office papers, briefs, handovers."""

__all__ = [
    "briefs",
    "desk_papers",
    "draft_check",
    "file_formats",
    "handover",
    "invitation_letters",
    "issued_copies",
    "letterhead",
    "meeting_documents",
    "meeting_file_names",
    "meeting_note",
    "meeting_pages",
    "office_papers",
    "ready_sentences",
    "rendering",
    "times",
    "transparency",
]
