"""Why rows fall short of what they are to reach, or cost more than linear: one line each, printed below the table."""

from __future__ import annotations

REASONS: dict[str, str] = {}
"""Reasons by the kind of row: its name with N in the place of its size."""
