"""The settings of a workspace."""

__all__ = ["parser"]
