"""Commissioned papers: questions, paragraphs and the claims that support them."""

__all__ = [
    "abbreviations",
    "action_statements",
    "claims",
    "event_statements",
    "evidence_statements",
    "fields",
    "model",
    "party_statements",
    "statements",
]
