"""The first screen, where the folder has no database."""

__all__ = ["app"]
