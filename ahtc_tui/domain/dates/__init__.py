"""Dates as known: the value type, its parser, its formatting, and working days. The clock is never read."""
