"""Boards, fora and groups: rows, seats, membership."""

__all__ = ["card", "fields", "membership", "model"]
