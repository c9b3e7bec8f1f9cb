"""Live minutes, attendance and the life cycle of minutes."""

__all__ = ["screen"]
