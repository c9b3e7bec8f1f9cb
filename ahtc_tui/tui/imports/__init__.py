"""Screens of imports: files, columns, plan and questions."""

__all__ = ["files"]
