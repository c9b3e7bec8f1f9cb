"""The retention schedule of the office: what is due, runs, holds and certificates."""

__all__ = ["service"]
