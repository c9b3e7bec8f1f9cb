"""Sizes of files for people."""

from __future__ import annotations

KILOBYTE, MEGABYTE = 1024, 1024 * 1024


def format_size(number: int) -> str:
    """Return a number of bytes as "12 kB" or "3.4 MB"; less than one kB is 1 kB, nothing is 0 kB."""
    if number >= MEGABYTE:
        return f"{number / MEGABYTE:,.1f} MB"
    return f"{-(-number // KILOBYTE)} kB"
