"""Dates as known: the value type, its parser, its formatting, and working days. Never the clock."""
