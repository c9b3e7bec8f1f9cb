"""The screen of the settings of the workspace."""

__all__ = ["screen"]
