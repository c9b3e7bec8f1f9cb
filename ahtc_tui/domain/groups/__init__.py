"""Boards, fora and groups: rows, seats, membership."""

__all__ = ["fields", "membership", "model"]
