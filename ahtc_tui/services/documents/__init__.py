"""Documents built from records: agenda and minutes, office papers, briefs, hand-overs."""

__all__ = ["briefs", "handover", "meeting_documents", "office_papers", "publication", "rendering", "times"]
