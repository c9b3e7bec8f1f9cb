"""Publication: free texts of a page, decisions about them, releases, and marks."""

__all__ = ["answers", "comparison", "marks", "model", "page_texts", "personal_details", "record_texts", "withholding"]
