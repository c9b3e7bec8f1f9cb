"""Use cases of commissions: requested papers, their questions, paragraphs and claims."""
