"""The list of backups."""

__all__ = ["screen"]
