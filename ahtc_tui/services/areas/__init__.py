"""The areas of the office."""

__all__ = ["service"]
