"""Imports of files: each is planned first, then written in one transaction that one undo reverts."""

__all__ = ["dispatch", "file_plan"]
