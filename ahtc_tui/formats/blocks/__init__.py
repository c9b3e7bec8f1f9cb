"""Documents as blocks, from which Markdown, plain text and HTML are written alike."""

__all__ = ["meeting", "model", "office_paper"]
