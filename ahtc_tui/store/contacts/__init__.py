"""Reads the register: lists, cards, lookup by name, engagement and duplicates."""
