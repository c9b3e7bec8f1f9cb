"""Live minutes, attendance, the chair's view and the life cycle of minutes."""

__all__ = ["screen"]
