"""Reads minutes: lines, lifecycle, and the actions as they were agreed."""
