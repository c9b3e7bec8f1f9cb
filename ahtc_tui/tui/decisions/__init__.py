"""The decision register."""

__all__ = ["screen"]
