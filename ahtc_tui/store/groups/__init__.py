"""Reads groups: lists, cards, seats and membership."""

__all__ = ["membership", "queries", "seats"]
