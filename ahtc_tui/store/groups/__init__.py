"""Reads groups: lists, cards, seats and membership."""

__all__ = ["chairs_and_terms", "membership", "queries", "seats"]
