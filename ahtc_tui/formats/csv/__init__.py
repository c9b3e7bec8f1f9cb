"""Comma-separated text written by us: UTF-8 with a byte order mark, never a cell that runs."""
