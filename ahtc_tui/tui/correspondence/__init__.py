"""Screens of agreement by correspondence and of date polls."""

__all__ = ["answers"]
