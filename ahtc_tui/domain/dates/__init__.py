"""Dates as known: the value type, its parser, its formatting, and working days. The clock is never read."""

__all__ = [
    "calendar_names",
    "components",
    "date_as_known",
    "formal_dates",
    "formatting",
    "names",
    "parser",
    "periods",
    "quarters",
    "relative",
    "working_days",
]
