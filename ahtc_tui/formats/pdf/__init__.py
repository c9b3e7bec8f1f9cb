"""PDF files of several papers: joined, with bookmarks and page numbers."""

__all__ = ["assembly"]
