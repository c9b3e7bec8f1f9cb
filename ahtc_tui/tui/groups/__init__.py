"""Screens of the Groups mode."""
