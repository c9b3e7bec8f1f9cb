"""PDF files: those of several papers joined, with bookmarks and page numbers, and their text."""

__all__ = ["assembly", "page_texts"]
