"""The settings of a workspace."""

__all__ = ["hub", "language", "parser", "vote_style"]
