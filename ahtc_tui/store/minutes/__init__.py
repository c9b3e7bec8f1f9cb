"""Reads minutes: lines, lifecycle, and the actions as they were agreed."""

__all__ = [
    "agreed_snapshot",
    "lifecycle",
    "queries",
    "transcripts",
]
