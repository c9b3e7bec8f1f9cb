"""Commissioned papers: questions, paragraphs and the claims that support them."""
