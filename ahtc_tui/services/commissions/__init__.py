"""Use cases of commissions: requested papers, their questions, paragraphs and claims."""

__all__ = ["paragraphs", "service"]
