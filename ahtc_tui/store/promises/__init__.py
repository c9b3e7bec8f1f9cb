"""Reads the register of promises."""

__all__ = ["queries"]
