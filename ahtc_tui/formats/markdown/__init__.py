"""Writers of Markdown and plain text: agenda, minutes, office papers, and the covering note of a meeting pack."""

__all__ = ["covering_note", "rendering"]
