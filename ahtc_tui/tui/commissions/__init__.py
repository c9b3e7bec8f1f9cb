"""Screens of commissioned papers."""
