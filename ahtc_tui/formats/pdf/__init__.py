"""PDF files: joins several papers, with bookmarks and page numbers, and reads their text."""

__all__ = ["assembly", "page_texts"]
