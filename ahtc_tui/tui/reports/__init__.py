"""The mode Reports."""

__all__ = ["screen"]
