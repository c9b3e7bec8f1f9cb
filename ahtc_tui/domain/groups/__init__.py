"""Boards, fora and groups: rows, seats, membership."""

__all__ = [
    "membership",
    "model",
]
