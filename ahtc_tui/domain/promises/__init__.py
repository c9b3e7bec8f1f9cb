"""Promises: what was promised to or by whom, and what became of it."""

__all__ = ["model"]
