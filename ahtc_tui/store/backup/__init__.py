"""Whole copies: snapshots and full exports."""
