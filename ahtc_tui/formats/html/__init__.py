"""Self-contained HTML pages."""

__all__ = ["dashboard", "document"]
