"""Screens of the Contacts mode."""
