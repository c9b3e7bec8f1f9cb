"""Reads what documents need in addition to a card: people, papers, last minutes, figures and summaries."""

__all__ = [
    "briefs",
    "chasers",
    "draft_facts",
    "expected_people",
    "external_meetings",
    "lead_updates",
    "meeting_documents",
    "published_names",
]
