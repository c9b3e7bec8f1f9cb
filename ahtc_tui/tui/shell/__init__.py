"""The app: modes, navigation, command palette, help, themes, crash log and garbage collection."""

__all__ = ["app", "opening", "themes"]
