"""Reads circulated texts with the answers of members, and date polls."""

__all__ = ["members", "queries"]
