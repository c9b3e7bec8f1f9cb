"""Documents built from records: agenda and minutes, office papers, briefs, hand-overs."""

__all__ = [
    "briefs",
    "desk_papers",
    "file_formats",
    "handover",
    "invitation_letters",
    "meeting_documents",
    "meeting_file_names",
    "meeting_note",
    "office_papers",
    "publication",
    "publication_check",
    "rendering",
    "times",
    "transparency",
]
