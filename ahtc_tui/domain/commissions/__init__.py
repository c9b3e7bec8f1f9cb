"""Commissioned papers: questions, paragraphs and the claims that support them."""

__all__ = ["action_statements", "claims", "fields", "model", "record_statements", "statements"]
