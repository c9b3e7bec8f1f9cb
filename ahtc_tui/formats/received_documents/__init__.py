"""Documents that somebody else wrote or edited, read as blocks: Word with its tracked changes and comments,
OpenDocument, HTML, Markdown, plain text and PDF.
"""

__all__ = ["reader"]
