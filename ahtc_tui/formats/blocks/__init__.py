"""Documents as blocks, from which Markdown, plain text and HTML are written alike."""

__all__ = ["labels", "meeting", "model", "office_paper"]
