"""Commissioned papers: questions, paragraphs and the claims that support them."""

__all__ = ["claims", "model"]
