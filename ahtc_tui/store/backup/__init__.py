"""Copies of the whole database: snapshots and full exports."""

__all__ = ["full_export", "snapshot"]
