"""Widgets shared by all screens."""
