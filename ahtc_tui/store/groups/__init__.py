"""Reads groups: lists, cards, seats and membership."""
