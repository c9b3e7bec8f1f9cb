"""The settings of a workspace."""

__all__ = [
    "language",
    "parser",
]
