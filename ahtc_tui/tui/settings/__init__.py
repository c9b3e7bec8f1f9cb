"""The form of the settings."""

__all__ = ["screen"]
