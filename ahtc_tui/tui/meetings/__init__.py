"""Meetings on the screen."""
