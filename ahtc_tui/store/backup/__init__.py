"""Copies of the whole database: snapshots and full exports."""
