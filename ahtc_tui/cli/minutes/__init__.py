"""The verbs of `ahtc meetings` for attendance, minutes and their life cycle."""

__all__ = ["lifecycle"]
